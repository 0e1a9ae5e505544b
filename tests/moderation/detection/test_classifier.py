import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit

from moderation.detection.classifier import Classifier
from moderation.detection.corpus import read_labelled
from moderation.detection.features import words_of
from moderation.detection.model_file import ModelFile
from moderation.detection.ruleset import Ruleset
from moderation.detection.word_table import WordTable
from moderation.domain.category import CATEGORIES, POSITION, Category
from moderation.paths import samples_folder
from tests.moderation.detection.small_corpus import WORDS

ODD = [
    "",
    "det",
    "det var knivhot i går och det var snusk i går",
    "😀 !!! ???",
    "d e t  v a r  k n i v h o t",
    "det var kniv\u200bhot i g\u0061\u030ar 070-1740605",
    "مرحبا",
    "ord " * 500,
    "alltså alltså alltså igen igen",
]


@pytest.fixture
def table(few_rules: Ruleset) -> WordTable:
    return WordTable(few_rules.normaliser)


@pytest.fixture
def classifier(small_model: ModelFile, table: WordTable) -> Classifier:
    return Classifier(small_model.model, table)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    rows = read_labelled(samples_folder() / "corpus" / "dev.csv")
    return [*ODD, *rows.texts, *(f"se på {word} där" for word in WORDS.values())]


def plainly(
    texts: list[str], model: ModelFile, ruleset: Ruleset
) -> NDArray[np.float64]:
    """Return probabilities by one matrix product over scikit-learn's features."""
    comments = [words_of(text, ruleset.normaliser) for text in texts]
    scores = model.model.scores(comments)
    return expit(scores * model.model.slopes + model.model.offsets)


def test_the_sum_over_words_is_the_plain_computation(
    classifier: Classifier,
    table: WordTable,
    texts: list[str],
    small_model: ModelFile,
    few_rules: Ruleset,
) -> None:
    summed = classifier.score(table.chunk(texts)).probabilities

    assert summed.shape == (len(texts), len(CATEGORIES))
    assert np.abs(summed - plainly(texts, small_model, few_rules)).max() < 1e-4


def test_a_chunk_of_many_gives_what_one_by_one_gives(
    classifier: Classifier, table: WordTable, texts: list[str]
) -> None:
    together = classifier.score(table.chunk(texts)).probabilities

    one_by_one = [classifier.score(table.chunk([t])).probabilities[0] for t in texts]
    assert np.abs(together - np.array(one_by_one)).max() < 1e-5


def test_a_pair_is_not_seen_across_two_texts(
    classifier: Classifier, table: WordTable
) -> None:
    apart = classifier.score(table.chunk(["det", "var", "", "knivhot"]))
    alone = classifier.score(table.chunk(["var"]))

    assert apart.probabilities[1] == pytest.approx(alone.probabilities[0], abs=1e-6)


def test_the_word_that_tells_a_category_raises_its_probability(
    classifier: Classifier, table: WordTable
) -> None:
    for category, word in WORDS.items():
        scored = classifier.score(table.chunk([f"se på {word} där"]))

        assert scored.probabilities[0].argmax() == POSITION[category]


def test_shares_sum_to_one_and_are_greatest_for_the_word_that_tells(
    classifier: Classifier, table: WordTable
) -> None:
    for category, word in WORDS.items():
        scored = classifier.score(table.chunk(["", f"se på {word} där"]))
        shares = scored.shares(1, POSITION[category])

        assert shares.sum() == pytest.approx(1.0)
        assert shares.min() >= 0.0
        assert shares.argmax() == 2


def test_shares_are_all_zero_where_nothing_speaks_for_a_category(
    classifier: Classifier, table: WordTable
) -> None:
    scored = classifier.score(table.chunk(["", "مرحبا"]))

    nothing = scored.shares(0, POSITION[Category.THREAT])
    unknown = scored.shares(1, POSITION[Category.THREAT])

    assert nothing.tolist() == []
    assert unknown.tolist() in ([0.0], [1.0])


def test_no_texts_give_no_probabilities(
    classifier: Classifier, table: WordTable
) -> None:
    assert classifier.score(table.chunk([])).probabilities.shape == (0, len(CATEGORIES))
