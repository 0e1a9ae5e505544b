import numpy as np
import pytest

from moderation.detection.features import (
    LENGTH_POWER,
    LONG,
    Features,
    length_factor,
    pairs_of,
    words_of,
)
from moderation.detection.lexicon import Lexicon
from moderation.detection.normalise import Normaliser

NORMALISER = Normaliser(Lexicon(["hora"], ["du", "är", "en"]))
COMMENTS = [
    ["du", "är", "fin"],
    ["du", "är", "sen"],
    ["du", "är", "fin", "du"],
    ["en", "fin", "dag"],
]


@pytest.fixture(scope="module")
def features() -> Features:
    return Features().fit(COMMENTS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Du är h0ra!", ["du", "är", "hora"]),
        ("du är en h o r a", ["du", "är", "en", "hora"]),
        ("Varför 😀?", ["varför", "😀", "?"]),
        ("", []),
    ],
)
def test_words_are_in_plain_spelling_and_in_order(text: str, words: list[str]) -> None:
    assert words_of(text, NORMALISER) == words


def test_pairs_are_neighbours() -> None:
    assert pairs_of(["du", "är", "fin"]) == ["du är", "är fin"]
    assert pairs_of(["du"]) == []


def test_a_sum_is_divided_by_a_power_of_the_number_of_words() -> None:
    assert 0.0 < LENGTH_POWER < 1.0
    assert length_factor(np.array([0, 1, 4, 9])).tolist() == pytest.approx(
        [1, 1, 4**-LENGTH_POWER, 9**-LENGTH_POWER]
    )


def test_a_text_twice_over_weighs_no_more_once_it_is_long() -> None:
    once, twice = length_factor(np.array([LONG, 2 * LONG])).tolist()

    assert once == pytest.approx(LONG**-LENGTH_POWER)
    assert 2 * twice == pytest.approx(once)


def test_words_and_pairs_of_at_least_three_comments_are_known(
    features: Features,
) -> None:
    assert features.whole == {"du": 0, "fin": 1, "är": 2}
    assert features.pairs == {"du är": 0}


def test_a_comment_is_the_sum_of_its_words_and_pairs_times_its_length_factor(
    features: Features,
) -> None:
    comment = ["du", "är", "fin", "okänd"]
    factor = 4**-LENGTH_POWER

    row, pair_twice = features.of_comments(
        [comment, ["du", "är", "du", "är"]]
    ).toarray()

    of_words = features.of_words(comment).toarray().sum(axis=0)
    assert row.shape == (features.width,)
    assert row[:-1] == pytest.approx(of_words * factor)
    assert row[-1] > 0
    assert pair_twice[-1] == pytest.approx(2 * row[-1])


def test_the_order_of_words_matters_for_pairs_only(features: Features) -> None:
    one, other = features.of_comments([["du", "är"], ["är", "du"]]).toarray()

    assert one[:-1] == pytest.approx(other[:-1])
    assert (one[-1] > 0, other[-1]) == (True, 0)


def test_an_empty_comment_has_no_features(features: Features) -> None:
    table = features.of_comments([[], ["du"], []])

    assert table.shape == (3, features.width)
    assert table[0].nnz == table[2].nnz == 0
    assert features.of_comments([]).shape == (0, features.width)


def test_the_same_comments_give_the_same_features() -> None:
    again = Features().fit(COMMENTS)

    assert again.groups == Features().fit(COMMENTS).groups
    assert list(again.whole) == sorted(again.whole)
