"""What the core asks of the store for people who work side by side."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.collaboration import (
    AssignedEntry,
    Assignment,
    Draft,
    Function,
    ItemEvent,
    Lease,
    Mention,
    Note,
)
from moderation.domain.comment import CommentRef
from moderation.domain.triage import QueueStatus


class CollaborationReading(Protocol):
    """What can be asked for."""

    def leases(
        self, comment_ids: Collection[int], *, at: datetime
    ) -> Mapping[int, Lease]:
        """Return who holds which of the items; what has run out is left out."""
        ...

    def draft(self, user: str, comment_id: int) -> Draft | None:
        """Return what the user has typed about the item, or None."""
        ...

    def assignments(self, comment_ids: Collection[int]) -> Mapping[int, Assignment]:
        """Return who is to see to which of the items, as they stand now."""
        ...

    def parked(
        self,
        *,
        first: str,
        limit: int,
        offset: int = 0,
        channels: ChannelLimit = None,
    ) -> Sequence[AssignedEntry]:
        """Return parked items: the user's own first, then by last day."""
        ...

    def assigned_to(
        self,
        user: str,
        functions: Collection[Function],
        *,
        status: QueueStatus,
        limit: int,
        channels: ChannelLimit = None,
    ) -> Sequence[AssignedEntry]:
        """Return what waits for the user or one of the functions, by last day."""
        ...

    def item_events(self, ref: CommentRef) -> Sequence[ItemEvent]:
        """Return what happened to a comment's items, oldest first."""
        ...

    def notes(self, ref: CommentRef) -> Sequence[Note]:
        """Return the notes on a comment, oldest first."""
        ...

    def unread_mentions(
        self, user: str, *, limit: int, channels: ChannelLimit = None
    ) -> Sequence[Mention]:
        """Return notes that name the user and are not marked as read, newest first."""
        ...

    def user_functions(self) -> Mapping[str, frozenset[Function]]:
        """Return the functions of every user who has any."""
        ...


class CollaborationChanging(Protocol):
    """What can be changed."""

    def hold(self, comment_id: int, user: str, *, at: datetime) -> Lease:
        """Give the item to the user, or renew it, unless another holds it.

        Returns the lease that counts now. No other change can take the item
        before this transaction ends.
        """
        ...

    def take_over(self, comment_id: int, user: str, *, at: datetime) -> str:
        """Give the item to the user whoever holds it, and return who did, or «»."""
        ...

    def release(self, comment_id: int, user: str) -> None:
        """End the user's lease, if there is one."""
        ...

    def settle(self, comment_id: int, *, by: str) -> None:
        """End what only a waiting item has: lease, assignments, the decider's draft."""
        ...

    def save_draft(self, draft: Draft) -> None:
        """Keep a draft in place of the user's last one about the item."""
        ...

    def drop_draft(self, user: str, comment_id: int) -> None:
        """Throw a draft away, if there is one."""
        ...

    def assign(self, assignment: Assignment) -> None:
        """Let somebody see to the item, in place of whoever did in that status."""
        ...

    def unassign(self, comment_id: int, status: QueueStatus) -> Assignment | None:
        """End an assignment and return it, or None if there is none."""
        ...

    def record_event(self, event: ItemEvent) -> None:
        """Remember what happened to an item."""
        ...

    def add_note(
        self,
        comment_id: int,
        text: str,
        *,
        author: str,
        mentions: Collection[str],
        at: datetime,
    ) -> None:
        """Add a note that names these users."""
        ...

    def mark_read(self, note_id: int, user: str, *, at: datetime) -> None:
        """Mark a note as read by the user whom it names."""
        ...

    def set_functions(self, user: str, functions: Collection[Function]) -> None:
        """Let the user have these functions and no others."""
        ...
