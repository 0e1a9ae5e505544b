"""Comments hidden for a time, whose time has passed: somebody must decide again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from moderation.domain.comment import StoredComment
from moderation.domain.decision import Action
from moderation.domain.log_entry import salted
from moderation.domain.ports import Store
from moderation.domain.ports_deciding import HideDeadline
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.user import SYSTEM

RECEIVER: Final = "ansvarig"
MOST: Final = 100
"""Deadlines handled in one go, so that opening the queue never takes long."""


def escalate_overdue(store: Store, *, at: datetime) -> int:
    """Escalate what was hidden for a time that has passed; return how many.

    The comment stays hidden until somebody has decided. Each is a transaction of
    its own, and two who do it at once escalate each comment once.
    """
    overdue = store.overdue_hides(at=at, limit=MOST)
    return sum(_escalate(deadline, store, at) for deadline in overdue)


def _escalate(deadline: HideDeadline, store: Store, at: datetime) -> bool:
    stored = store.comment(deadline.comment_id)
    with store.transaction() as tx:
        tx.clear_hide_deadline(stored.id)
        is_hidden = tx.close_queue_item(
            stored.id,
            expected=QueueStatus.DECIDED,
            status=QueueStatus.ESCALATED,
            outcome=Outcome.HIDDEN,
            at=at,
        )
        if is_hidden:
            tx.append_to_log(_payload(deadline, stored, at), salted(_texts(stored)))
    return is_hidden


def _payload(
    deadline: HideDeadline, stored: StoredComment, at: datetime
) -> Mapping[str, object]:
    ref = stored.comment.ref
    return {
        "action": Action.ESCALATE.value,
        "at": at.isoformat(),
        "moderator": SYSTEM,
        "channel": ref.channel,
        "external_id": ref.external_id,
        "version": stored.version,
        "comment_id": stored.id,
        "ground": None,
        "from": QueueStatus.DECIDED.value,
        "is_automatic": True,
        "parent": deadline.entry_number,
        "due_at": deadline.due_at.isoformat(),
    }


def _texts(stored: StoredComment) -> Mapping[str, str]:
    return {
        "text": stored.comment.text,
        "author": stored.comment.author,
        "escalate_to": RECEIVER,
        "reasons": "Tidsgränsen för det tillfälliga döljandet har passerat.",
    }
