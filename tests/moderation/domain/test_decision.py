from dataclasses import replace
from typing import Any

import pytest

from moderation.domain.decision import MAX_TEXT, Action, Decision, KeepReason, check
from moderation.domain.errors import InvalidDecisionError, Problem
from moderation.domain.ground import Ground
from moderation.grounds import load_grounds
from tests.factories import NOON

IN_FORCE = load_grounds().in_force(NOON.date())
OBVIOUS: dict[str, Any] = {
    "obvious": True,
    "obvious_because": "Hotet är rakt på sak och riktat mot en namngiven person.",
}


def a_decision(action: Action, **more: object) -> Decision:
    """Return a complete decision; more sets any of its fields."""
    complete: dict[Action, dict[str, Any]] = {
        Action.HIDE: {"ground": "bbs_olaga_hot", "reasons": "Hot.", **OBVIOUS},
        Action.KEEP: {"keep_reason": KeepReason.CRITICISM},
        Action.ESCALATE: {"escalate_to": "kommunjuristen", "reasons": "Gränsfall."},
        Action.RESTORE: {"reasons": "Kommentaren var kritik."},
    }
    fields = {**complete[action], **more}
    return Decision(
        comment_id=1, action=action, moderator="eva", decided_at=NOON, **fields
    )


def problem_of(decision: Decision) -> Problem:
    with pytest.raises(InvalidDecisionError) as caught:
        check(decision, IN_FORCE)
    return caught.value.problem


def without_bbs_5() -> Ground:
    return next(g for g in IN_FORCE.values() if not (g.in_bbs_5 or g.needs_reference))


def test_a_complete_hiding_gives_its_ground() -> None:
    ground = check(a_decision(Action.HIDE), IN_FORCE)

    assert ground is IN_FORCE["bbs_olaga_hot"]


@pytest.mark.parametrize("action", [Action.KEEP, Action.ESCALATE, Action.RESTORE])
def test_only_hiding_has_a_ground(action: Action) -> None:
    assert check(a_decision(action), IN_FORCE) is None
    assert (
        problem_of(a_decision(action, ground="bbs_olaga_hot"))
        is Problem.GROUND_NOT_ALLOWED
    )


@pytest.mark.parametrize(
    ("action", "lacking", "problem"),
    [
        (Action.HIDE, {"ground": ""}, Problem.NO_GROUND),
        (Action.HIDE, {"ground": "olämpligt"}, Problem.GROUND_NOT_IN_FORCE),
        (Action.HIDE, {"reasons": " \n"}, Problem.NO_REASONS),
        (Action.HIDE, {"obvious": None}, Problem.NOT_ANSWERED_OBVIOUS),
        (Action.HIDE, {"obvious_because": " "}, Problem.NO_OBVIOUS_SENTENCE),
        (Action.HIDE, {"obvious": False}, Problem.NOT_OBVIOUS),
        (Action.HIDE, {"ground": "regel_annan"}, Problem.NO_REFERENCE),
        (Action.KEEP, {"keep_reason": None}, Problem.NO_KEEP_REASON),
        (Action.ESCALATE, {"escalate_to": " "}, Problem.NO_RECEIVER),
        (Action.ESCALATE, {"reasons": ""}, Problem.NO_REASONS),
        (Action.RESTORE, {"reasons": ""}, Problem.NO_REASONS),
    ],
)
def test_a_decision_that_lacks_something_is_refused_with_the_problem(
    action: Action, lacking: dict[str, object], problem: Problem
) -> None:
    assert problem_of(a_decision(action, **lacking)) is problem


def test_a_ground_with_a_reference_is_enough_without_the_obvious() -> None:
    decision = a_decision(
        Action.HIDE,
        ground="regel_annan",
        reference="Regel 4",
        obvious=None,
        obvious_because="",
    )

    assert check(decision, IN_FORCE) is IN_FORCE["regel_annan"]


def test_the_obvious_is_asked_for_the_grounds_of_the_bulletin_board_act_only() -> None:
    ground = without_bbs_5()
    decision = a_decision(
        Action.HIDE, ground=ground.id, obvious=None, obvious_because=""
    )

    assert check(decision, IN_FORCE) is ground


def test_keeping_needs_no_free_text() -> None:
    assert check(a_decision(Action.KEEP, reasons=""), IN_FORCE) is None


@pytest.mark.parametrize(
    "field", ["reasons", "obvious_because", "escalate_to", "reference"]
)
def test_a_text_may_be_long_but_not_endless(field: str) -> None:
    longest = replace(a_decision(Action.HIDE), **{field: "a" * MAX_TEXT})
    too_long = replace(longest, **{field: "a" * (MAX_TEXT + 1)})

    assert check(longest, IN_FORCE) is IN_FORCE["bbs_olaga_hot"]
    assert problem_of(too_long) is Problem.TOO_LONG
