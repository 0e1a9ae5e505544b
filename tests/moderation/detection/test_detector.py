import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from moderation.detection import word_table
from moderation.detection.chunk import Chunk
from moderation.detection.classifier import Classifier, Scored
from moderation.detection.detector import (
    RuleAndModelDetector,
    _strongest,
    load_detector,
)
from moderation.detection.model_file import ModelFile
from moderation.detection.normalise import Normaliser
from moderation.detection.rule import Rule
from moderation.detection.rule_matcher import RuleFindings, RuleMatcher
from moderation.detection.ruleset import Ruleset
from moderation.domain.category import CATEGORIES, FLAGGING, POSITION, Category
from moderation.domain.errors import DetectionError
from moderation.domain.finding import Detection
from tests.moderation.detection.test_normalise import HOSTILE
from tests.moderation.detection.test_rule import RULE

FOREIGN = "Texten är skriven med ett alfabet som Uppsikt inte kan läsa."
TEXTS = [
    "Jag ska döda dig, din 1d10t!",
    "",
    "Tack för badhuset.",
    "😀 se på knivhot  där, och d ö d a er",
    "Ring mig på 070-1740605",
    "مرحبا بكم",
    "h o r a",
    "det var snusk i går\n\nalltså svordom igen",
    " \n ",
    "123 456 !!!",
]
GUILTY = "fel"


def close(one: Detection, other: Detection) -> bool:
    """Say whether two detections are alike but for the last digits of a sum."""
    places = [(f.source, f.category, f.span, f.variant) for f in one.findings]
    return (
        places == [(f.source, f.category, f.span, f.variant) for f in other.findings]
        and one.not_assessed == other.not_assessed
        and np.allclose(one.scores, other.scores, atol=1e-3)
    )


def test_rules_form_and_model_each_tell_what_they_found(
    detector: RuleAndModelDetector,
) -> None:
    found = detector.detect_many(TEXTS)

    assert [{f.source.split(":")[0] for f in d.findings} for d in found[:5]] == [
        {"rule"},
        set(),
        set(),
        {"classifier"},
        {"personal_data"},
    ]
    assert {f.source for f in found[0].findings} == {"rule:kill-you", "rule:abuse"}
    assert all(len(d.scores) == len(CATEGORIES) for d in found)


def test_every_finding_lies_at_its_place_in_the_text_as_written(
    detector: RuleAndModelDetector,
) -> None:
    found = detector.detect_many(TEXTS)

    places = {
        f.span.of(t) for t, d in zip(TEXTS, found, strict=True) for f in d.findings
    }
    assert places >= {
        "ska döda dig",
        "1d10t",
        "knivhot",
        "070-1740605",
        "h o r a",
        "snusk",
        "svordom",
    }


def test_a_chunk_of_many_gives_what_one_by_one_gives(
    detector: RuleAndModelDetector,
) -> None:
    together = detector.detect_many(TEXTS)

    one_by_one = [detector.detect_many([text])[0] for text in TEXTS]
    assert all(map(close, together, one_by_one))


def test_the_same_texts_later_give_the_same(detector: RuleAndModelDetector) -> None:
    first = detector.detect_many(TEXTS)
    detector.detect_many(["helt andra ord emellan", *TEXTS[::-1]])

    assert all(map(close, first, detector.detect_many(TEXTS)))


def test_nothing_gives_nothing(detector: RuleAndModelDetector) -> None:
    assert detector.detect_many([]) == []


def test_an_empty_text_is_assessed_and_clean(detector: RuleAndModelDetector) -> None:
    for detection in detector.detect_many(["", " \n ", "123 !!!", "😀"]):
        assert detection.findings == ()
        assert detection.not_assessed == ()


@pytest.mark.parametrize("text", ["مرحبا بكم", "你好", "مرحبا 123 😀", "שלום"])
def test_a_text_wholly_in_another_alphabet_is_not_assessed(
    detector: RuleAndModelDetector, text: str
) -> None:
    unreadable, clean = detector.detect_many([text, "Tack för badhuset."])

    assert unreadable.not_assessed == (FOREIGN,)
    assert clean.not_assessed == ()


def test_a_text_with_some_swedish_is_assessed(detector: RuleAndModelDetector) -> None:
    [detection] = detector.detect_many(["مرحبا, tack för badhuset"])

    assert detection.not_assessed == ()


def test_the_classifier_names_the_words_that_carry_its_suspicion(
    detector: RuleAndModelDetector, small_model: ModelFile
) -> None:
    text = "se på knivhot där"

    [detection] = detector.detect_many([text])

    [strongest, *_] = [f for f in detection.findings if f.source == "classifier"]
    assert strongest.category is Category.THREAT
    assert strongest.span.of(text) == "knivhot"
    assert strongest.confidence == detection.scores[POSITION[Category.THREAT]]
    assert strongest.confidence >= small_model.thresholds[Category.THREAT]
    assert strongest.explanation.startswith("Ordet bär ")
    assert "av klassificerarens misstanke om hot" in strongest.explanation


def test_a_common_word_is_named_only_where_no_other_carries_any_suspicion() -> None:
    shares = np.array([0.5, 0.2, 0.3])

    assert _strongest(shares, np.array([True, False, False])) == [2]
    assert _strongest(shares, np.array([True, True, True])) == [0, 2]
    assert _strongest(np.zeros(3), np.array([False, False, True])) == []


def test_at_most_three_words_are_named_for_a_category(
    detector: RuleAndModelDetector,
) -> None:
    text = "knivhot och knivhotet och knivhotad och knivhoten och knivhotande"

    [detection] = detector.detect_many([text])

    for category in FLAGGING:
        named = [f for f in detection.findings if f.category is category]
        assert len([f for f in named if f.source == "classifier"]) <= 3


class FailingClassifier(Classifier):
    """Fails on any chunk with a guilty text, and quotes it."""

    def score(self, chunk: Chunk) -> Scored:
        if any(GUILTY in text for text in chunk.texts):
            raise FloatingPointError(*chunk.texts)
        return super().score(chunk)


class FailingMatcher(RuleMatcher):
    """Fails on a guilty text."""

    def find_among(
        self, candidates: Iterable[int], text: str, plain: str | None = None
    ) -> RuleFindings:
        if GUILTY in text:
            raise RecursionError(text)
        return super().find_among(candidates, text, plain)


class FailingNormaliser(Normaliser):
    """Fails on a word of the guilty text."""

    def word(self, token: str) -> str:
        if token.startswith(GUILTY):
            raise MemoryError(token)
        return super().word(token)


def test_a_failing_classifier_marks_only_the_guilty_text(
    detector: RuleAndModelDetector, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = detector.detect_many(TEXTS)
    monkeypatch.setattr(detector._classifier, "__class__", FailingClassifier)  # noqa: SLF001 - nothing real fails

    *found, guilty = detector.detect_many([*TEXTS, "fel: ska döda dig, 070-1740605"])

    assert all(map(close, found, whole))
    assert guilty.not_assessed == ("Ej bedömt: klassificeraren gick fel på texten.",)
    assert {f.source.split(":")[0] for f in guilty.findings} == {
        "rule",
        "personal_data",
    }
    assert guilty.scores == ()


def test_failing_rules_mark_only_the_guilty_text(
    detector: RuleAndModelDetector, monkeypatch: pytest.MonkeyPatch, few_rules: Ruleset
) -> None:
    whole = detector.detect_many(TEXTS)
    failing = FailingMatcher(few_rules.rules, few_rules.lists, few_rules.normaliser)
    monkeypatch.setattr(detector, "_rules", failing)

    *found, guilty = detector.detect_many([*TEXTS, "fel: ska döda dig, knivhot"])

    assert all(map(close, found, whole))
    assert guilty.not_assessed == ("Ej bedömt: reglerna gick fel på texten.",)
    assert {f.source for f in guilty.findings} == {"classifier"}


def test_a_text_that_cannot_be_divided_into_words_is_marked_alone(
    few_rules: Ruleset, small_model: ModelFile
) -> None:
    detector = RuleAndModelDetector(few_rules, small_model)
    whole = detector.detect_many(TEXTS)
    detector._table._normaliser.__class__ = FailingNormaliser  # noqa: SLF001 - nothing real fails
    try:
        guilty, *found = detector.detect_many([f"{GUILTY}!!a", *TEXTS])
    finally:
        few_rules.normaliser.__class__ = Normaliser

    assert all(map(close, found, whole))
    assert guilty == Detection(not_assessed=("Texten kunde inte delas i ord.",))


def test_a_failure_is_logged_by_its_kind_and_never_with_the_text(
    detector: RuleAndModelDetector,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(detector._classifier, "__class__", FailingClassifier)  # noqa: SLF001 - nothing real fails

    with caplog.at_level(logging.DEBUG):
        detector.detect_many(["fel med ett hemligt namn"])

    assert "klassificeraren: FloatingPointError" in caplog.text
    assert "hemligt" not in caplog.text


def test_a_rule_that_runs_out_of_time_is_named_and_the_rest_still_runs(
    small_model: ModelFile,
) -> None:
    endless = replace(RULE, name="endless", pattern=r"WORDS (?:\w|\w)*\s")
    detector = RuleAndModelDetector(ruleset_of(endless), small_model)

    slow, quick = detector.detect_many(["döda " + "ab" * 30, "se på knivhot där"])

    assert slow.not_assessed == ("Regeln endless hann inte prövas på den här texten.",)
    assert quick.not_assessed == ()
    assert quick.findings


def ruleset_of(*rules: Rule) -> Ruleset:
    return Ruleset(rules, {})


def test_the_table_begins_anew_when_it_is_full(
    detector: RuleAndModelDetector, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = detector.detect_many(TEXTS)
    monkeypatch.setattr(word_table, "MOST_WORDS", 5)
    full = detector._table  # noqa: SLF001 - its size is what this is about
    assert full.is_full

    after = detector.detect_many(TEXTS)

    assert detector._table is not full  # noqa: SLF001 - as above
    assert all(map(close, before, after))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(HOSTILE)
def test_no_text_makes_the_detector_fail_or_point_outside_the_text(
    detector: RuleAndModelDetector, text: str
) -> None:
    first, second = detector.detect_many([text, "se på knivhot där"])

    assert not [mark for mark in first.not_assessed if "gick fel" in mark]
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in first.findings)
    assert second.findings


def test_detector_and_verdicts_name_the_versions(
    detector: RuleAndModelDetector, few_rules: Ruleset, small_model: ModelFile
) -> None:
    assert detector.ruleset == few_rules.version
    assert detector.model == small_model.version
    assert detector.thresholds == small_model.thresholds


def test_rules_and_model_are_read_from_their_folders(
    few_rules_folder: Path, models_folder: Path, tmp_path: Path
) -> None:
    loaded = load_detector(rules=few_rules_folder, models=models_folder)

    assert len(loaded.detect_many(["Jag ska döda dig"])[0].findings) >= 1
    with pytest.raises(DetectionError):
        load_detector(rules=few_rules_folder, models=tmp_path)
