"""What deciding asks of the store, beside what all slices ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.comment import CommentRef
from moderation.domain.shortcuts import Shortcuts
from moderation.domain.triage import QueueEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class HideDeadline:
    """When a comment that is hidden for a time must have been decided on again."""

    comment_id: int
    entry_number: int
    """The log entry of the hiding."""
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedText:
    """What is compared of a log entry: its text, and what it stands for."""

    number: int
    action: str
    ref: CommentRef
    text: str
    undoes: int | None


class DecidingStore(Protocol):
    """What is read."""

    def shortcuts(self, user_name: str) -> Shortcuts:
        """Return a user's keys; the usual ones where none are chosen."""
        ...

    def recent_decisions(self, *, limit: int, after: int = 0) -> list[DecidedText]:
        """Return the latest that hid, kept, took back or restored, newest first.

        Only those with a number above after.
        """
        ...

    def count_waiting_with_same_text(
        self, comment_id: int, *, at_most: int, channels: ChannelLimit = None
    ) -> int:
        """Return how many open items have the comment's text, itself included."""
        ...

    def waiting_with_same_text(
        self, comment_id: int, *, limit: int, channels: ChannelLimit = None
    ) -> list[QueueEntry]:
        """Return open items whose text equals the comment's, itself included.

        By rising id.
        """
        ...

    def hide_deadline(self, comment_id: int) -> HideDeadline | None:
        """Return until when a comment is hidden, or None."""
        ...

    def overdue_hides(self, *, at: datetime, limit: int) -> Sequence[HideDeadline]:
        """Return the deadlines that have passed, the oldest first."""
        ...

    def hidden_past_time(self, *, limit: int) -> Sequence[QueueEntry]:
        """Return what waits for a new decision because its time is up, by rank.

        Without what somebody has escalated to another since.
        """
        ...


class DecidingTransaction(Protocol):
    """What is changed."""

    def save_shortcuts(self, user_name: str, shortcuts: Shortcuts) -> None:
        """Replace a user's keys."""
        ...

    def set_hide_deadline(self, deadline: HideDeadline) -> None:
        """Note until when a comment is hidden."""
        ...

    def clear_hide_deadline(self, comment_id: int) -> bool:
        """Forget a deadline. False if there is none."""
        ...
