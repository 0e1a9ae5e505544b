from dataclasses import replace

import pytest

from moderation.detection.list_marks import ListMarks
from moderation.detection.rule import (
    SHORT,
    Expression,
    Rule,
    RuleState,
    expression,
    unless_expressions,
    word_pattern,
)
from moderation.domain.category import Category

RULE = Rule(
    name="kill-you",
    category=Category.THREAT,
    confidence=0.9,
    explanation="Kan vara ett hot.",
    words=("döda", "slå ihjäl", "kniv*"),
    catches=("Jag ska döda dig",),
    spares=("Hej",),
)
LISTS = {"will": ["ska", "kommer att"], "whom": ["dig", "er"]}


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("", "jag vill döda", True),
        ("", "jag vill slå  ihjäl", True),
        ("", "knivarna", True),
        ("", "dödar", False),
        ("", "avdöda", False),
        (r"\b{will} WORDS {whom}\b", "jag ska döda dig", True),
        (r"\b{will} WORDS {whom}\b", "jag kommer att slå ihjäl er", True),
        (r"\b{will} WORDS {whom}\b", "jag ska döda tiden", False),
        (r"\bska WORDS\b", "ska, liksom, döda", False),
        (r"\bska WORDS\b", 'ska "döda', True),
        (r"\bska WORDS", "ska dödarna", False),
        (r"ska\w*WORDS\b", "skadöda", False),
        (r"\bska WORDS\b", "ska. döda", False),
        (r"\bska WORDS\b", "ska? döda", False),
        (r"\bska WORDS\b", "skadöda", False),
    ],
)
def test_a_pattern_fits_its_words_in_one_sentence(
    pattern: str,
    text: str,
    fits: bool,  # noqa: FBT001 - a row of the table above
) -> None:
    rule = replace(RULE, pattern=pattern)
    fitting = expression(rule, LISTS, ListMarks(LISTS))

    assert bool(fitting.spans(text)) is fits


def test_the_longest_word_is_tried_first() -> None:
    rule = replace(RULE, words=("slå", "slå ihjäl"))
    fitting = expression(rule, {}, ListMarks({}))

    assert fitting.spans("att slå ihjäl") == [(4, 13)]


LONG = " och".join(["x"] * SHORT)


@pytest.mark.parametrize(
    "pattern",
    [r"\bska WORDS\b", r"(?<=\bska\b ?)WORDS", r"\bska (?:\w+ )*WORDS"],
)
@pytest.mark.parametrize("before", ["", LONG])
def test_a_match_is_found_in_short_and_long_texts_by_either_engine(
    pattern: str, before: str
) -> None:
    fitting = expression(replace(RULE, pattern=pattern), {}, ListMarks({}))
    text = f"{before} ska döda"

    assert [end for _, end in fitting.spans(text)] == [len(text)]
    assert fitting.is_in(text, 0, len(text))


def test_a_match_of_nothing_is_no_match() -> None:
    assert Expression(r"\b").spans("ska döda") == []


@pytest.mark.parametrize("pattern", [r"(?:\w|\w)*\s", r"(?:\w|\w){3,}\s"])
def test_a_search_that_would_never_end_is_stopped(pattern: str) -> None:
    endless = Expression(pattern)

    with pytest.raises(TimeoutError):
        endless.spans("ab" * 30)
    with pytest.raises(TimeoutError):
        endless.is_in("ab" * 30, 0, 60)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bdu (WORDS)?",
        r"\bdu|WORDS",
        r"\bdu (är WORDS|dum)",
        r"\bdu WORDS?",
        r"\bdu WORDS*",
        r"\bdu WORDS{0,2}",
        r"\bdu är dum",
    ],
)
def test_a_pattern_that_can_do_without_the_words_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="WORDS måste stå utanför valfria delar"):
        expression(replace(RULE, pattern=pattern), {}, ListMarks({}))


@pytest.mark.parametrize("pattern", ["WORDS(", "[WORDS", "*WORDS", "WORDS(?<x)"])
def test_a_pattern_that_is_no_expression_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="mönstret kan inte läsas"):
        expression(replace(RULE, pattern=pattern), {}, ListMarks({})).compile()


def test_a_silencing_pattern_that_is_no_expression_is_refused() -> None:
    rule = replace(RULE, unless=("(i spelet",))

    with pytest.raises(ValueError, match="mönstret kan inte läsas"):
        unless_expressions(rule, {})[0].compile()


def test_silencing_patterns_know_the_lists_too() -> None:
    rule = replace(RULE, unless=(r"\binte {whom}\b",))
    [silencing] = unless_expressions(rule, LISTS)

    assert silencing.is_in("det gäller inte dig", 0, 19)
    assert not silencing.is_in("det gäller inte dig", 0, 15)


def test_a_star_stands_for_further_letters_and_nothing_else_is_special() -> None:
    assert word_pattern("kniv*") == r"kniv\w*"
    assert word_pattern("a.b c") == r"a\.b c"


def test_the_same_rule_has_the_same_version_and_another_has_not() -> None:
    assert RULE.version == replace(RULE).version
    assert RULE.version != replace(RULE, confidence=0.91).version
    assert RULE.version != replace(RULE, state=RuleState.TRIAL).version
    assert RULE.version != replace(RULE, spares=("Hejsan",)).version


@pytest.mark.parametrize(
    ("text", "may_match"),
    [
        ("ska, liksom, döda", True),
        ("ska spöa", True),
        ("ska", False),
        ("döda spöa", False),
    ],
)
def test_what_silences_is_tried_where_its_letters_are(
    text: str,
    may_match: bool,  # noqa: FBT001 - a row of the table above
) -> None:
    rule = replace(RULE, unless=(r"\bska\w* (döda\w*|mer att spöa)\b",))
    [silencing] = unless_expressions(rule, {})

    assert silencing.may_match(text) is may_match
