from datetime import timedelta

import pytest

from moderation import log
from moderation.domain.decision import Action
from moderation.domain.delivery import Visibility
from moderation.domain.errors import AlreadyDecidedError
from moderation.domain.triage import Outcome, QueueStatus
from moderation.storage import SqlStore
from moderation.undoing import UndoRefusedError, may_undo, undo
from tests.factories import NOON, an_assessed_comment
from tests.moderation.made_decisions import (
    BO,
    EVA,
    KIM,
    LENA,
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
