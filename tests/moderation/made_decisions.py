"""Decisions made on a store, and what they left behind."""

from datetime import timedelta
from typing import Any

import pytest

from moderation import intake
from moderation.decisions import decide
from moderation.domain.comment import CommentRef
from moderation.domain.decision import Action, Decision, KeepReason
from moderation.domain.delivery import Visibility
from moderation.domain.errors import InvalidDecisionError, Problem
from moderation.domain.log_entry import LogEntry
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.user import Role
from moderation.domain.verdict import Assessed
from moderation.grounds import load_grounds
from moderation.storage import SqlStore
from tests.factories import NOON, a_user

GROUNDS = load_grounds()
EVA = a_user("eva")
BO = a_user("bo")
LENA = a_user("lena", role=Role.OFFICER)
KIM = a_user("kim", role=Role.READER)
DAY = timedelta(days=1)
COMPLETE: dict[Action, dict[str, Any]] = {
    Action.HIDE: {"ground": "gdpr_personuppgift", "reasons": "En adress."},
    Action.KEEP: {"keep_reason": KeepReason.OPINION},
    Action.ESCALATE: {"escalate_to": "jurist", "reasons": "Gränsfall."},
    Action.RESTORE: {"reasons": "Det var kritik."},
    Action.REMOVE: {"ground": "gdpr_personuppgift", "reasons": "Spritt vidare."},
}


def record(store: SqlStore, *assessed: Assessed) -> None:
    intake.record(assessed, store=store, now=lambda: NOON)


def a_decision(action: Action = Action.HIDE, **more: object) -> Decision:
    fields: dict[str, Any] = {
        "comment_id": 1,
        "moderator": "eva",
        "decided_at": NOON,
        **COMPLETE[action],
        **more,
    }
    return Decision(action=action, **fields)


def made(store: SqlStore, action: Action = Action.HIDE, **more: object) -> LogEntry:
    return decide(a_decision(action, **more), store=store, grounds=GROUNDS)


def state(store: SqlStore, comment_id: int = 1) -> tuple[QueueStatus, Outcome]:
    item = store.queue_item(comment_id)
    assert item is not None
    return item.status, item.outcome


def desired(store: SqlStore, external_id: str = "1") -> list[Visibility]:
    ref = CommentRef("hemsidan", external_id)
    return [delivery.desired for delivery in store.deliveries(ref)]


def refused(store: SqlStore, action: Action = Action.HIDE, **more: object) -> Problem:
    with pytest.raises(InvalidDecisionError) as caught:
        made(store, action, **more)
    assert list(store.log_entries()) == []
    return caught.value.problem
