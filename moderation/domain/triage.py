"""What waits for a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from moderation.domain.category import Category
from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.comment import StoredComment
from moderation.domain.urgency import Place, Source
from moderation.domain.verdict import Verdict


class QueueStatus(StrEnum):
    """Where an item stands."""

    OPEN = "open"
    ESCALATED = "escalated"
    PARKED = "parked"
    DECIDED = "decided"
    SUPERSEDED = "superseded"
    """A newer version of the comment waits instead."""


WAITING: Final = frozenset(
    {QueueStatus.OPEN, QueueStatus.ESCALATED, QueueStatus.PARKED}
)
"""Where a decision can be made."""


class Outcome(StrEnum):
    """What the last decision left the comment as."""

    NONE = ""
    HIDDEN = "hidden"
    KEPT = "kept"
    RESTORED = "restored"
    REMOVED = "removed"
    ERASED = "erased"
    """Child abuse material: nothing of the text is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """One version of a comment that a person has been asked to look at."""

    comment_id: int
    status: QueueStatus
    outcome: Outcome
    urgency: float
    category: Category | None
    """The most urgent category, or None where it was queued because not assessed."""
    opened_at: datetime
    decided_at: datetime | None
    due_at: datetime
    """When somebody should have looked at it at the latest."""
    place: Place
    """Where it stands in the list of its status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEntry:
    """An item with all that is needed to show it."""

    item: QueueItem
    stored: StoredComment
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """Which items to list. Empty means all. There is no filter on persons."""

    status: QueueStatus = QueueStatus.OPEN
    channel: str = ""
    channels: ChannelLimit = None
    """Within which the channel is chosen."""
    category: Category | None = None
    unassessed_only: bool = False
    source: Source | None = None
    opened_by: datetime | None = None
    """Only what had been opened then: the list as it was, or what has waited long."""
    opened_after: datetime | None = None
