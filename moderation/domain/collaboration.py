"""How people work side by side: who holds an item, who is to see to it, notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from moderation.domain.comment import StoredComment
from moderation.domain.triage import QueueEntry, QueueStatus

LEASE: Final = timedelta(minutes=10)
"""How long an item is held after the holder's last sign of life."""


class Function(StrEnum):
    """What somebody is to the municipality, whoever it is this year."""

    LAWYER = "lawyer"
    REGISTRAR = "registrar"
    MANAGER = "manager"
    SECURITY = "security"
    DATA_PROTECTION = "data_protection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who is deciding on an item now, so that nobody else does the same work."""

    comment_id: int
    holder: str
    since: datetime
    until: datetime

    def is_held(self, *, at: datetime) -> bool:
        """Say whether it has not run out."""
        return self.until > at

    def hinders(self, user: str, *, at: datetime) -> bool:
        """Say whether somebody other than this user holds the item."""
        return self.holder != user and self.is_held(at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one person has typed about one item and not sent."""

    user: str
    comment_id: int
    fields: Mapping[str, list[str]]
    """The form's values by field name."""
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who is to see to an item while it is parked or escalated, and by when."""

    comment_id: int
    status: QueueStatus
    """PARKED or ESCALATED: in which status it counts."""
    user: str = ""
    function: Function | None = None
    """Empty and None where it went to somebody who is no user."""
    due: date | None = None
    """The last Swedish day."""
    reason: str = ""
    given_by: str
    given_at: datetime
    was: QueueStatus = QueueStatus.OPEN
    """The status to go back to."""

    def is_overdue(self, on: date) -> bool:
        """Say whether the last day has passed."""
        return self.due is not None and self.due < on


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedEntry:
    """An item of the queue with who is to see to it."""

    entry: QueueEntry
    assignment: Assignment


class ItemEventKind(StrEnum):
    """What has happened to an item beside the decisions on it."""

    TAKEN_OVER = "taken_over"
    PARKED = "parked"
    RESUMED = "resumed"
    ANSWER_DUE = "answer_due"
    """An escalation got a last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEvent:
    """One thing that happened to an item."""

    comment_id: int
    kind: ItemEventKind
    by: str
    at: datetime
    other: str = ""
    """The user it was taken from, or parked with."""
    due: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody wrote about an item. Nobody changes or removes it."""

    id: int
    comment_id: int
    author: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A note that names a user who has not read it."""

    note: Note
    stored: StoredComment
