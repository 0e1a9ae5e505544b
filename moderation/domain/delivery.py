"""What is to be carried out at the source."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moderation.domain.comment import CommentRef


class Visibility(StrEnum):
    """How the comment should stand at the source. Sending it twice does no harm."""

    HIDDEN = "hidden"
    VISIBLE = "visible"
    REMOVED = "removed"
    """Gone from the source for good."""


class DeliveryStatus(StrEnum):
    """How far it has come."""

    PENDING = "pending"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"
    SUPERSEDED = "superseded"
    """A newer decision on the same comment came before anybody carried it out."""


class Handling(StrEnum):
    """What a person did with a wish; the name of its entry in the log."""

    CONFIRMED = "delivery_confirmed"
    FAILED = "delivery_failed"
    """It could not be done, and still waits."""
    ABANDONED = "delivery_abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A wish in the outbox, written in the same transaction as its log entry."""

    id: int
    entry_number: int
    ref: CommentRef
    desired: Visibility
    status: DeliveryStatus
    attempts: int
    due_at: datetime
    note: str = ""
    """What the source answered, what was seen, or why it failed; in Swedish."""
    handled_by: str = ""
    """Who last did something about it by hand: a user name."""
    handled_at: datetime | None = None

    @property
    def has_failed(self) -> bool:
        """Whether it waits although somebody has tried."""
        return self.status is DeliveryStatus.PENDING and self.handled_at is not None
