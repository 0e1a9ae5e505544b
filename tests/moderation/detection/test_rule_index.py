import csv
from dataclasses import replace

import pytest

from moderation.detection.normalise import TOKEN
from moderation.detection.rule_index import RuleIndex
from moderation.detection.ruleset import Ruleset
from moderation.paths import samples_folder
from tests.moderation.detection.test_rule import LISTS, RULE


def corpus_texts() -> list[str]:
    texts: list[str] = []
    for path in sorted((samples_folder() / "corpus").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    return texts


def candidates(index: RuleIndex, text: str) -> set[int]:
    return index.candidates_of(TOKEN.findall(text))


@pytest.mark.parametrize(
    ("text", "can_match"),
    [
        ("jag ska döda dig", True),
        ("jag ska slå ihjäl dig", True),
        ("jag ska slå _ ihjäl dig", True),
        ("jag ska slå!!ihjäl dig", True),
        ("jag ska slå dig ihjäl", False),
        ("jag ska slå dig", False),
        ("knivarna ligger i lådan", True),
        ("en lång dag", False),
        ("", False),
    ],
)
def test_a_rule_is_tried_where_all_the_words_of_one_way_are(
    text: str,
    can_match: bool,  # noqa: FBT001 - a row of the table above
) -> None:
    assert candidates(RuleIndex([RULE], {}), text) == ({0} if can_match else set())


@pytest.mark.parametrize(
    ("pattern", "needs", "text", "can_match"),
    [
        (r"{will} WORDS", (), "döda dig", False),
        (r"{will} WORDS", (), "ska döda", True),
        (r"{will}? WORDS", (), "döda dig", True),
        (r"WORDS", ("?",), "döda dig", False),
        (r"WORDS", ("?",), "döda dig?", True),
        (r"\bWORDS (dig|er)\b", (), "döda er", True),
        (r"\bWORDS (dig|er)\b", (), "döda tiden", False),
        (r"\bWORDS( dig| er)?\b", (), "döda tiden", True),
    ],
)
def test_a_rule_is_not_tried_without_what_it_needs(
    pattern: str,
    needs: tuple[str, ...],
    text: str,
    can_match: bool,  # noqa: FBT001 - a row of the table above
) -> None:
    rule = replace(RULE, pattern=pattern, needs=needs)

    found = candidates(RuleIndex([rule], LISTS), text)

    assert found == ({0} if can_match else set())


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("kniv*", "knivarna"),
        ("*kniv", "brödkniv"),
        ("*kniv*", "brödkniven"),
        ("vandrar*utställning", "vandrarhemsutställning"),
    ],
)
def test_a_star_in_a_word_or_a_list_hides_no_match(entry: str, word: str) -> None:
    index = RuleIndex([replace(RULE, words=(entry,))], {})

    assert candidates(index, word) == {0}


@pytest.mark.parametrize("text", ["skriver på knivar", "knivar, dig", "på slå"])
def test_a_phrase_with_a_star_needs_each_of_its_words(text: str) -> None:
    rule = replace(RULE, words=("kniv* dig", "slå* på"))

    found = candidates(RuleIndex([rule], {}), text)

    assert found == (set() if text == "skriver på knivar" else {0})


def test_the_index_never_hides_a_match(shipped: Ruleset) -> None:
    examples = [t for rule in shipped.rules for t in (*rule.catches, *rule.spares)]
    everything = range(len(shipped.rules))

    for text in (*examples, *corpus_texts())[::10]:
        tried = shipped.matcher.find_among(everything, text).findings

        assert shipped.matcher.find(text) == tried, text
