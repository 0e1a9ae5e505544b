from datetime import date, timedelta

import pytest

from moderation import log
from moderation.collaboration import hold
from moderation.decisions import decide
from moderation.domain.collaboration import Function
from moderation.domain.decision import Action
from moderation.domain.delivery import Visibility
from moderation.domain.errors import AlreadyDecidedError, HeldByOtherError
from moderation.domain.triage import Outcome, QueueStatus
from moderation.overdue import escalate_overdue
from moderation.storage import SqlStore
from moderation.undoing import UndoRefusedError, may_undo, undo
from tests.factories import NOON, an_assessed_comment
from tests.moderation.made_decisions import (
    BO,
    DAY,
    EVA,
    GROUNDS,
    KIM,
    LENA,
    a_decision,
    desired,
    made,
    record,
    state,
)


@pytest.mark.parametrize("action", [Action.HIDE, Action.KEEP, Action.ESCALATE])
def test_an_undone_decision_lets_the_item_wait_again(
    action: Action, sqlite_store: SqlStore
) -> None:
    record(sqlite_store, an_assessed_comment())
    entry = made(sqlite_store, action)

    reversal = undo(entry.number, user=EVA, store=sqlite_store, at=NOON)

    assert state(sqlite_store) == (QueueStatus.OPEN, Outcome.NONE)
    assert reversal.payload["action"] == "undo"
    assert reversal.payload["undoes"] == entry.number
    assert reversal.payload["undone_action"] == action
    hidden = [Visibility.HIDDEN, Visibility.VISIBLE]
    assert desired(sqlite_store) == (hidden if action is Action.HIDE else [])
    assert log.verify(sqlite_store).is_sound


def test_what_was_escalated_before_waits_as_escalated_again(
    sqlite_store: SqlStore,
) -> None:
    record(sqlite_store, an_assessed_comment())
    made(sqlite_store, Action.ESCALATE)
    kept = made(sqlite_store, Action.KEEP, expected=QueueStatus.ESCALATED)

    undo(kept.number, user=EVA, store=sqlite_store, at=NOON)

    assert state(sqlite_store) == (QueueStatus.ESCALATED, Outcome.NONE)


def test_only_the_latest_decision_can_be_undone_and_only_once(
    sqlite_store: SqlStore,
) -> None:
    record(sqlite_store, an_assessed_comment())
    escalated = made(sqlite_store, Action.ESCALATE)
    kept = made(sqlite_store, Action.KEEP, expected=QueueStatus.ESCALATED)

    with pytest.raises(AlreadyDecidedError):
        undo(escalated.number, user=EVA, store=sqlite_store, at=NOON)
    undo(kept.number, user=EVA, store=sqlite_store, at=NOON)
    with pytest.raises(AlreadyDecidedError):
        undo(kept.number, user=EVA, store=sqlite_store, at=NOON)
    assert len(list(sqlite_store.log_entries())) == 3


def test_an_edited_comment_is_not_reopened(sqlite_store: SqlStore) -> None:
    record(sqlite_store, an_assessed_comment())
    entry = made(sqlite_store)
    record(sqlite_store, an_assessed_comment("Jag ska slå dig gul nu."))

    with pytest.raises(AlreadyDecidedError):
        undo(entry.number, user=EVA, store=sqlite_store, at=NOON)
    assert state(sqlite_store) == (QueueStatus.DECIDED, Outcome.HIDDEN)


def test_who_may_undo_what_and_until_when(sqlite_store: SqlStore) -> None:
    record(sqlite_store, an_assessed_comment())
    entry = made(sqlite_store)
    in_time = NOON + timedelta(minutes=10)
    too_late = in_time + timedelta(microseconds=1)

    assert may_undo(entry, EVA, in_time)
    assert not may_undo(entry, EVA, too_late)
    assert not may_undo(entry, BO, in_time)
    assert not may_undo(entry, KIM, in_time)
    assert may_undo(entry, LENA, too_late)
    with pytest.raises(UndoRefusedError, match="tio minuter"):
        undo(entry.number, user=EVA, store=sqlite_store, at=too_late)


def test_a_reversal_cannot_itself_be_undone(sqlite_store: SqlStore) -> None:
    record(sqlite_store, an_assessed_comment())
    reversal = undo(made(sqlite_store).number, user=EVA, store=sqlite_store, at=NOON)

    assert not may_undo(reversal, LENA, NOON)


def test_an_escalation_waits_for_the_same_receiver_with_the_same_last_day_again(
    sqlite_store: SqlStore,
) -> None:
    record(sqlite_store, an_assessed_comment())
    last_day = date(2026, 3, 9)
    decide(
        a_decision(Action.ESCALATE),
        store=sqlite_store,
        grounds=GROUNDS,
        answer_due=last_day,
    )
    before = sqlite_store.assignments([1])[1]
    kept = made(sqlite_store, Action.KEEP, expected=QueueStatus.ESCALATED)
    assert sqlite_store.assignments([1]) == {}

    undo(kept.number, user=EVA, store=sqlite_store, at=NOON)

    assert before.function is Function.LAWYER
    assert before.due == last_day
    assert sqlite_store.assignments([1]) == {1: before}


def test_the_first_receiver_is_back_when_a_second_escalation_is_undone(
    sqlite_store: SqlStore,
) -> None:
    record(sqlite_store, an_assessed_comment())
    made(sqlite_store, Action.ESCALATE)
    again = made(
        sqlite_store,
        Action.ESCALATE,
        escalate_to="chef",
        expected=QueueStatus.ESCALATED,
        decided_at=NOON + timedelta(minutes=1),
    )

    undo(again.number, user=EVA, store=sqlite_store, at=NOON + timedelta(minutes=2))

    assert sqlite_store.assignments([1])[1].function is Function.LAWYER


def test_an_escalation_that_the_receiver_works_on_is_not_undone(
    sqlite_store: SqlStore,
) -> None:
    record(sqlite_store, an_assessed_comment())
    entry = made(sqlite_store, Action.ESCALATE)
    hold(1, user="lena", at=NOON, store=sqlite_store)

    with pytest.raises(HeldByOtherError):
        undo(entry.number, user=EVA, store=sqlite_store, at=NOON)

    assert state(sqlite_store) == (QueueStatus.ESCALATED, Outcome.NONE)
    assert len(list(sqlite_store.log_entries())) == 1


def test_what_was_hidden_before_the_undone_hiding_still_waits_to_be_hidden(
    sqlite_store: SqlStore,
) -> None:
    record(sqlite_store, an_assessed_comment())
    made(sqlite_store, hide_until=NOON + DAY)
    escalate_overdue(sqlite_store, at=NOON + DAY)
    hidden = made(sqlite_store, expected=QueueStatus.ESCALATED, decided_at=NOON + DAY)

    undo(hidden.number, user=EVA, store=sqlite_store, at=NOON + DAY)

    assert state(sqlite_store) == (QueueStatus.ESCALATED, Outcome.HIDDEN)
    [task] = sqlite_store.tasks(limit=10)
    assert task.hides
