from dataclasses import replace
from typing import Any

import pytest

from moderation.detection.lexicon import Lexicon
from moderation.detection.normalise import Normaliser
from moderation.detection.rule_matcher import RuleMatcher
from tests.moderation.detection.test_rule import RULE

LISTS = {"names": ["lisa", "ann-marie", "lisas"], "illness": ["diagnos*", "*fobi"]}
TITLE: dict[str, object] = {"IS_TITLE": True}
GAP: dict[str, object] = {"OP": "{0,3}"}
RULES: dict[str, tuple[Any, ...]] = {
    "near": ("names", GAP, "words", "illness"),
    "title": (TITLE, "words"),
    "any-gap": ("words", {"OP": "*"}, "illness"),
}


def places(rule: str, text: str) -> list[str]:
    made = replace(RULE, words=("har", "fått"), tokens=(RULES[rule],))
    matcher = RuleMatcher([made], LISTS, Normaliser(Lexicon(["har"])))
    return [finding.span.of(text) for finding in matcher.find(text)]


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("near", "Lisa har diagnosen adhd", ["Lisa har diagnosen"]),
        ("near", "LISA HAR DIAGNOS", ["LISA HAR DIAGNOS"]),
        ("near", "Lisa i klass fem b har torgfobi", []),
        ("near", "Lisa i fem har torgfobi", ["Lisa i fem har torgfobi"]),
        ("near", "Ann-Marie har diagnos", ["Ann-Marie har diagnos"]),
        ("near", "har Lisa diagnos", []),
        ("near", "Lisa har en diagnos", []),
        ("near", "Diagnos har Lisa", []),
        ("near", "😀 Lisa  har\ndiagnos!", []),
        ("near", "Hej. Lisa har diagnos.", ["Lisa har diagnos"]),
        ("title", "Kalle har rest", ["Kalle har"]),
        ("title", "kalle har rest", []),
        ("any-gap", "har ju sedan länge en diagnos", ["har ju sedan länge en diagnos"]),
        ("any-gap", "en diagnos har hon", []),
        ("near", "", []),
    ],
)
def test_a_sequence_of_tokens_is_found_in_order_and_near_enough(
    rule: str, text: str, found: list[str]
) -> None:
    assert places(rule, text) == found


def test_of_places_inside_one_another_the_outermost_is_kept() -> None:
    text = "har en diagnos och en diagnos"

    assert places("any-gap", text) == [text]


def test_a_token_rule_is_silenced_as_any_other() -> None:
    made = replace(
        RULE, words=("har",), tokens=((TITLE, "words"),), unless=(r"\bi boken\b",)
    )
    matcher = RuleMatcher([made], LISTS, Normaliser(Lexicon(["har"])))

    assert len(matcher.find("Kalle har rest.")) == 1
    assert matcher.find("Kalle har rest i boken.") == ()


def test_what_is_found_in_one_block_is_found_in_the_next() -> None:
    """SpaCy forgets words at a block's end; a matcher made inside it would break."""
    rule = replace(RULE, tokens=(("words", {"IS_TITLE": True}),), catches=(), spares=())
    for _ in range(2):
        rules = RuleMatcher([rule], {}, Normaliser(Lexicon([], [])))
        for _ in range(3):
            with rules.forgetting():
                [found] = rules.find("de ville döda Kerstin i går")

            assert found.span.of("de ville döda Kerstin i går") == "döda Kerstin"
