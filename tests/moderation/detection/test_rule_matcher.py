from dataclasses import replace

import pytest

from moderation.detection.lexicon import Lexicon
from moderation.detection.normalise import Normaliser
from moderation.detection.rule import Expression, Rule, RuleState
from moderation.detection.rule_matcher import (
    NOTHING,
    BrokenRuleError,
    RuleFindings,
    RuleMatcher,
)
from tests.moderation.detection.test_rule import RULE

THREAT = replace(
    RULE,
    pattern=r"\b(ska|vill) WORDS (dig|er)\b",
    unless=(r"\bi spelet\b",),
)
ENDLESS = replace(RULE, name="endless", pattern=r"WORDS (?:\w|\w)*\s")
HOSTILE = "döda " + "ab" * 30


def matcher(*rules: Rule) -> RuleMatcher:
    return RuleMatcher(rules, {}, Normaliser(Lexicon(["döda", "slå"], ["ihjäl"])))


def names(findings: RuleFindings) -> list[str]:
    return [finding.source for finding in findings.findings]


def test_a_match_becomes_a_finding_at_its_place_as_written() -> None:
    text = "😀 Jag ska  d0da dig!"

    [finding] = matcher(THREAT).find(text)

    assert finding.source == "rule:kill-you"
    assert finding.explanation == RULE.explanation
    assert finding.confidence == RULE.confidence
    assert finding.span.of(text) == "ska  d0da dig"


def test_every_match_of_a_rule_is_found() -> None:
    found = matcher(THREAT).find("Jag ska döda dig. Jag vill slå ihjäl er!")

    assert [finding.span.start for finding in found] == [4, 22]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I spelet ska jag inte vila. Jag ska döda dig.", 0),
        ("Jag ska döda dig i spelet.", 0),
        ("Jag ska döda dig. Alltså i spelet.", 0),
        ("Jag ska döda dig. Hej. Alltså i spelet.", 1),
        ("Vi ses i spelet. Hej. Jag ska döda dig.", 1),
        ("Jag ska döda dig.", 1),
    ],
)
def test_a_rule_is_silenced_from_its_own_and_neighbouring_sentences_only(
    text: str, found: int
) -> None:
    assert len(matcher(THREAT).find(text)) == found


def test_what_silences_is_tried_once_for_many_matches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[tuple[int, int]] = []
    is_in = Expression.is_in

    def counted(self: Expression, text: str, start: int, end: int) -> bool:
        tried.append((start, end))
        return is_in(self, text, start, end)

    monkeypatch.setattr(Expression, "is_in", counted)
    text = "I spelen. " + "Nej. " * 3 + "Jag ska döda dig " * 500

    found = matcher(replace(THREAT, unless=(r"\bi spelet?\b",))).find(text)

    assert len(found) == 500
    assert len(tried) == 1


def test_one_silenced_match_does_not_silence_another() -> None:
    text = "Jag ska döda dig i spelet. Hej. Hopp. Jag ska döda dig."

    [finding] = matcher(THREAT).find(text)

    assert finding.span.start == text.rindex("ska")


def test_a_pattern_that_runs_out_of_time_is_reported_by_name() -> None:
    found = matcher(ENDLESS).find_among([0], HOSTILE)

    assert found == RuleFindings((), ("endless",))


def test_a_rule_that_runs_out_of_time_does_not_stop_the_others() -> None:
    found = matcher(ENDLESS, THREAT).find_among([0, 1], f"ska döda dig. {HOSTILE}")

    assert names(found) == ["rule:kill-you"]
    assert found.timed_out == ("endless",)


def test_a_silencing_pattern_that_runs_out_of_time_is_reported_too() -> None:
    rule = replace(THREAT, unless=(r"döda dig döda (?:\w|\w)*\s",))

    found = matcher(rule).find_among([0], f"ska döda dig {HOSTILE}")

    assert found == RuleFindings((), ("kill-you",))


def test_only_active_rules_are_sought_unless_one_is_asked_for() -> None:
    on_trial = matcher(replace(THREAT, state=RuleState.TRIAL))

    assert on_trial.find("ska döda dig") == ()
    assert on_trial.find_among([0], "ska döda dig") == NOTHING
    assert len(on_trial.find("ska döda dig", only=0)) == 1


def test_the_plain_spelling_may_be_given_and_changes_nothing() -> None:
    text = "Jag ska döda dig"

    assert matcher(THREAT).find_among([0], text, text.lower()) == matcher(
        THREAT
    ).find_among([0], text)


def test_nothing_is_found_in_nothing() -> None:
    assert matcher(THREAT).find("") == ()
    assert matcher(THREAT).find_among([0], "") == NOTHING
    assert matcher().find("döda") == ()


@pytest.mark.parametrize(
    "broken",
    [
        replace(RULE, pattern="WORDS("),
        replace(RULE, unless=("(",)),
        replace(RULE, tokens=(("words", "whom"),)),
        replace(RULE, tokens=(("words", {"NONSENSE": 1}),)),
    ],
)
def test_a_rule_that_cannot_be_compiled_is_named(broken: Rule) -> None:
    with pytest.raises(BrokenRuleError) as caught:
        matcher(broken).compile()

    assert caught.value.rule is broken
