from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import pytest

from moderation import log
from moderation.domain.decision import Action
from moderation.domain.delivery import Visibility
from moderation.domain.errors import Problem
from moderation.domain.ports_deciding import HideDeadline
from moderation.domain.triage import Outcome, QueueStatus
from moderation.overdue import escalate_overdue
from moderation.storage import SqlStore
from moderation.undoing import may_undo, undo
from tests.factories import NOON, an_assessed_comment
from tests.moderation.made_decisions import (
    DAY,
    EVA,
    LENA,
    desired,
    made,
    record,
    refused,
    state,
)


def test_the_comment_is_escalated_when_its_time_has_passed(
    sqlite_store: SqlStore,
) -> None:
    record(sqlite_store, an_assessed_comment())
    entry = made(sqlite_store, ground="tillfallig_dolj", hide_until=NOON + DAY)

    assert escalate_overdue(sqlite_store, at=NOON + DAY / 2) == 0
    assert escalate_overdue(sqlite_store, at=NOON + DAY) == 1
    assert escalate_overdue(sqlite_store, at=NOON + DAY) == 0

    assert state(sqlite_store) == (QueueStatus.ESCALATED, Outcome.HIDDEN)
    automatic = sqlite_store.log_entry(2)
    assert automatic.payload["is_automatic"] is True
    assert automatic.payload["parent"] == entry.number
    assert automatic.texts["escalate_to"].text == "ansvarig"
    assert not may_undo(automatic, LENA, NOON + DAY)
    assert log.verify(sqlite_store).is_sound


def test_what_is_kept_afterwards_is_shown_again(sqlite_store: SqlStore) -> None:
    record(sqlite_store, an_assessed_comment())
    made(sqlite_store, hide_until=NOON + DAY)
    escalate_overdue(sqlite_store, at=NOON + DAY)

    kept = made(
        sqlite_store,
        Action.KEEP,
        expected=QueueStatus.ESCALATED,
        decided_at=NOON + DAY,
    )

    shown = [Visibility.HIDDEN, Visibility.VISIBLE]
    assert desired(sqlite_store) == shown
    undo(kept.number, user=EVA, store=sqlite_store, at=NOON + DAY)
    assert desired(sqlite_store) == [*shown, Visibility.HIDDEN]
    assert state(sqlite_store) == (QueueStatus.ESCALATED, Outcome.HIDDEN)


@pytest.mark.parametrize("action", [Action.RESTORE, Action.UNDO])
def test_what_is_restored_in_time_is_not_escalated(
    action: Action, sqlite_store: SqlStore
) -> None:
    record(sqlite_store, an_assessed_comment())
    entry = made(sqlite_store, hide_until=NOON + DAY)
    if action is Action.UNDO:
        undo(entry.number, user=EVA, store=sqlite_store, at=NOON)
    else:
        made(sqlite_store, Action.RESTORE, moderator="lena")

    assert escalate_overdue(sqlite_store, at=NOON + DAY) == 0
    assert sqlite_store.hide_deadline(1) is None


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"ground": "tillfallig_dolj"}, Problem.NO_DEADLINE),
        ({"hide_until": NOON}, Problem.DEADLINE_OUT_OF_RANGE),
        ({"hide_until": NOON + 31 * DAY}, Problem.DEADLINE_OUT_OF_RANGE),
    ],
)
def test_a_time_limit_lies_ahead_and_near(
    more: dict[str, object], problem: Problem, sqlite_store: SqlStore
) -> None:
    record(sqlite_store, an_assessed_comment())

    assert refused(sqlite_store, **more) is problem


@dataclass(frozen=True)
class Overtaken:
    """The store, where Lena restores the comment after the deadlines were read."""

    store: SqlStore

    def overdue_hides(self, *, at: datetime, limit: int) -> Sequence[HideDeadline]:
        found = self.store.overdue_hides(at=at, limit=limit)
        made(self.store, Action.RESTORE, moderator="lena")
        return found

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)


def test_what_is_restored_in_the_last_moment_stays_restored(
    sqlite_store: SqlStore,
) -> None:
    record(sqlite_store, an_assessed_comment())
    made(sqlite_store, hide_until=NOON + DAY)

    overtaken = cast("SqlStore", Overtaken(sqlite_store))
    assert escalate_overdue(overtaken, at=NOON + DAY) == 0

    assert state(sqlite_store) == (QueueStatus.DECIDED, Outcome.RESTORED)
