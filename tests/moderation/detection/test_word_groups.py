from collections.abc import Sequence
from dataclasses import replace

import pytest

from moderation.detection.lexicon import Lexicon
from moderation.detection.normalise import TOKEN, Normaliser
from moderation.detection.rule_index import RuleIndex
from moderation.detection.ruleset import Ruleset
from moderation.detection.word_groups import WordGroups
from moderation.detection.word_table import WordTable
from tests.moderation.detection.test_rule import LISTS, RULE
from tests.moderation.detection.test_rule_index import corpus_texts


def candidates(pattern: str, text: str, words: Sequence[str] = RULE.words) -> set[int]:
    rule = replace(RULE, pattern=pattern, words=tuple(words))
    table = WordTable(Normaliser(Lexicon([])))
    groups = WordGroups(RuleIndex([rule], LISTS), table)
    [found] = groups.candidates(table.chunk([text]))
    return found


@pytest.mark.parametrize(
    ("pattern", "text", "can_match"),
    [
        (r"\b{will} WORDS\b", "jag ska döda dig", True),
        (r"\b{will} WORDS\b", "jag döda ska dig", False),
        (r"\b{will} WORDS\b", "döda ska döda", True),
        (r"\b{will} WORDS\b", "jag kommer att slå ihjäl dig", True),
        (r"\b{will} WORDS\b", "slå ihjäl det kommer att", False),
        (r"\bdu .* WORDS på .* du\b", "du döda på du", True),
        (r"\bdu .* WORDS på .* du\b", "du döda på", False),
        # One word may be both
        (r"\bd\w*da WORDS\b(?<=\bdöda)", "du-då-da döda", True),
        # What stands around may come before or after
        (r"\bWORDS (?<=nu döda )", "nu döda ", True),
        (r"(?=.* nu)WORDS", "döda nu", True),
        (r"(?=.* nu)WORDS", "nu döda", True),
        # A choice with the words in some of its ways only
        (r"(?:du WORDS|WORDS du)", "du döda", True),
        (r"(?:du WORDS|WORDS du)", "döda du", True),
    ],
)
def test_a_rule_is_tried_where_its_words_stand_in_its_order(
    pattern: str,
    text: str,
    can_match: bool,  # noqa: FBT001 - a row of the table above
) -> None:
    assert candidates(pattern, text) == ({0} if can_match else set())


def test_the_words_of_a_phrase_with_a_star_stand_in_its_order() -> None:
    assert candidates(r"\bWORDS\b", "kniven är din", ["kniv* är din*"]) == {0}
    assert candidates(r"\bWORDS\b", "din är kniven", ["kniv* är din*"]) == set()


def test_no_match_is_hidden_among_many_texts(shipped: Ruleset) -> None:
    table = WordTable(shipped.normaliser)
    groups = WordGroups(shipped.matcher.index, table)
    examples = [t for rule in shipped.rules for t in (*rule.catches, *rule.spares)]
    texts = [*examples, *corpus_texts()][::7]
    together = [
        *groups.candidates(table.chunk(texts[:50])),
        *groups.candidates(table.chunk(texts[50:])),
    ]
    everything = range(len(shipped.rules))

    for text, found in zip(texts, together, strict=True):
        tried = shipped.matcher.find_among(everything, text)

        assert shipped.matcher.find_among(found, text) == tried, text


def test_what_can_match_among_many_texts_can_match_alone(shipped: Ruleset) -> None:
    table = WordTable(shipped.normaliser)
    groups = WordGroups(shipped.matcher.index, table)
    texts = corpus_texts()[::40]

    for text, found in zip(texts, groups.candidates(table.chunk(texts)), strict=True):
        plain = shipped.normaliser.normalise(text).text
        alone = shipped.matcher.index.candidates_of(TOKEN.findall(plain))
        assert found <= alone, text
