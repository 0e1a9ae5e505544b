"""What is to be carried out at the source."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moderation.domain.comment import CommentRef


class Visibility(StrEnum):
    """How the comment should stand at the source. Sending it twice does no harm."""

    HIDDEN = "hidden"
    VISIBLE = "visible"


class DeliveryStatus(StrEnum):
    """How far it has come."""

    PENDING = "pending"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"


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
    """What the source answered, or why it was given up; in Swedish."""
