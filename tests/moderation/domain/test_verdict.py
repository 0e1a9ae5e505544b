import pytest

from moderation.domain.category import CATEGORIES, FLAGGING, POSITION, Category
from moderation.domain.finding import Detection, Finding
from moderation.domain.verdict import Policy, Recommendation, Verdict, assess
from tests.factories import a_finding

POLICY = Policy()


def advice(
    *findings: Finding,
    scores: tuple[float, ...] = (),
    not_assessed: tuple[str, ...] = (),
    policy: Policy = POLICY,
) -> Verdict:
    detection = Detection(findings=findings, scores=scores, not_assessed=not_assessed)
    return assess(detection, policy, ruleset="regler-1", model="modell-1")


def scores_with(category: Category, score: float) -> tuple[float, ...]:
    return tuple(score if c is category else 0.0 for c in CATEGORIES)


def test_nothing_found_is_advice_to_keep() -> None:
    verdict = advice()

    assert verdict.recommendation is Recommendation.KEEP
    assert not verdict.is_flagged
    assert verdict.score == 0.0
    assert verdict.scores == (0.0,) * len(CATEGORIES)
    assert verdict.category is None


@pytest.mark.parametrize("category", FLAGGING)
def test_a_finding_at_the_threshold_asks_a_person(category: Category) -> None:
    verdict = advice(a_finding(category, confidence=0.5))

    assert verdict.is_flagged
    assert verdict.category is category
    assert 0.0 < verdict.score <= 0.5


def test_a_finding_below_the_threshold_is_kept_as_evidence_only() -> None:
    weak = a_finding(confidence=0.49)

    verdict = advice(weak)

    assert not verdict.is_flagged
    assert verdict.findings == (weak,)
    assert verdict.scores[POSITION[Category.THREAT]] == 0.49
    assert verdict.score == 0.0


@pytest.mark.parametrize("confidence", [0.5, 1.0])
def test_a_question_never_asks_a_person_to_moderate(confidence: float) -> None:
    verdict = advice(a_finding(Category.QUESTION, confidence=confidence))

    assert not verdict.is_flagged
    assert verdict.category is None
    assert verdict.scores[POSITION[Category.QUESTION]] == confidence


def test_the_stronger_of_rule_and_classifier_counts() -> None:
    likeness = scores_with(Category.HATE, 0.7)

    stronger = advice(a_finding(Category.HATE, confidence=0.9), scores=likeness)
    weaker = advice(a_finding(Category.HATE, confidence=0.2), scores=likeness)

    assert stronger.scores[POSITION[Category.HATE]] == 0.9
    assert weaker.scores[POSITION[Category.HATE]] == 0.7


def test_the_classifier_alone_can_ask_a_person() -> None:
    assert advice(scores=scores_with(Category.INSULT, 0.6)).is_flagged


def test_what_was_not_assessed_is_never_clean() -> None:
    verdict = advice(not_assessed=("Klassificeraren svarade inte.",))

    assert verdict.is_flagged
    assert verdict.score == POLICY.unassessed_urgency
    assert verdict.category is None
    assert verdict.not_assessed == ("Klassificeraren svarade inte.",)


def test_what_was_not_assessed_never_hides_what_was_found() -> None:
    found = advice(a_finding())

    both = advice(a_finding(), not_assessed=("Klassificeraren svarade inte.",))

    assert both.score == found.score


def test_everything_found_comes_before_what_was_not_assessed() -> None:
    unread = advice(not_assessed=("Oläsbar.",))

    for category in FLAGGING:
        assert advice(a_finding(category, confidence=0.5)).score > unread.score


def test_a_threat_is_more_urgent_than_a_swear_word_of_the_same_strength() -> None:
    threat = advice(a_finding(Category.THREAT, confidence=0.8))
    oath = advice(a_finding(Category.PROFANITY, confidence=0.8))

    assert threat.score > oath.score


def test_the_most_urgent_of_several_categories_is_named() -> None:
    verdict = advice(
        a_finding(Category.PROFANITY, confidence=0.95),
        a_finding(Category.THREAT, confidence=0.6),
        a_finding(Category.QUESTION, confidence=1.0),
    )

    assert verdict.category is Category.THREAT
    assert verdict.score == pytest.approx(0.6)


def test_an_installation_may_choose_its_own_threshold() -> None:
    strict = Policy(thresholds=dict.fromkeys(FLAGGING, 0.9))

    assert not advice(a_finding(confidence=0.8), policy=strict).is_flagged
    assert advice(a_finding(confidence=0.9), policy=strict).is_flagged


def test_the_advice_names_the_rules_and_the_model_it_came_from() -> None:
    verdict = advice()

    assert (verdict.ruleset, verdict.model) == ("regler-1", "modell-1")
