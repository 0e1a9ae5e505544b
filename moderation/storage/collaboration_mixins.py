"""The store's and the transaction's parts for people who work side by side."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

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
from moderation.storage import assignments, leases, notes
from moderation.storage.reading import Reading


class CollaborationReads(Reading):
    """What the port CollaborationReading promises."""

    def leases(self, comment_ids: Collection[int], *, at: datetime) -> dict[int, Lease]:
        """Return who holds which of the items; what has run out is left out."""
        with self._reading() as connection:
            return leases.held(connection, comment_ids, at=at)

    def draft(self, user: str, comment_id: int) -> Draft | None:
        """Return what the user has typed about the item, or None."""
        with self._reading() as connection:
            return leases.draft(connection, user, comment_id)

    def assignments(self, comment_ids: Collection[int]) -> dict[int, Assignment]:
        """Return who is to see to which of the items, as they stand now."""
        with self._reading() as connection:
            return assignments.assignments(connection, comment_ids)

    def parked(
        self,
        *,
        first: str,
        limit: int,
        offset: int = 0,
        channels: ChannelLimit = None,
    ) -> list[AssignedEntry]:
        """Return parked items: the user's own first, then by last day."""
        with self._reading() as connection:
            return assignments.parked(
                connection,
                first=first,
                limit=limit,
                offset=offset,
                channels=channels,
            )

    def assigned_to(
        self,
        user: str,
        functions: Collection[Function],
        *,
        status: QueueStatus,
        limit: int,
        channels: ChannelLimit = None,
    ) -> list[AssignedEntry]:
        """Return what waits for the user or one of the functions, by last day."""
        with self._reading() as connection:
            return assignments.assigned_to(
                connection,
                user,
                functions,
                status=status,
                limit=limit,
                channels=channels,
            )

    def item_events(self, ref: CommentRef) -> list[ItemEvent]:
        """Return what happened to a comment's items, oldest first."""
        with self._reading() as connection:
            return notes.item_events_of(connection, ref)

    def notes(self, ref: CommentRef) -> list[Note]:
        """Return the notes on a comment, oldest first."""
        with self._reading() as connection:
            return notes.notes(connection, ref)

    def unread_mentions(
        self, user: str, *, limit: int, channels: ChannelLimit = None
    ) -> list[Mention]:
        """Return notes that name the user and are not marked as read, newest first."""
        with self._reading() as connection:
            return notes.unread_mentions(
                connection, user, limit=limit, channels=channels
            )

    def user_functions(self) -> dict[str, frozenset[Function]]:
        """Return the functions of every user who has any."""
        with self._reading() as connection:
            return assignments.user_functions(connection)


class CollaborationChanges:
    """What the port CollaborationChanging promises."""

    _connection: Connection

    def hold(self, comment_id: int, user: str, *, at: datetime) -> Lease:
        """Give the item to the user, or renew it, unless another holds it."""
        return leases.hold(self._connection, comment_id, user, at=at)

    def take_over(self, comment_id: int, user: str, *, at: datetime) -> str:
        """Give the item to the user whoever holds it, and return who did, or «»."""
        return leases.take_over(self._connection, comment_id, user, at=at)

    def release(self, comment_id: int, user: str) -> None:
        """End the user's lease, if there is one."""
        leases.release(self._connection, comment_id, user)

    def settle(self, comment_id: int, *, by: str) -> None:
        """End what only a waiting item has: lease, assignments, the decider's draft."""
        leases.settle(self._connection, comment_id, by=by)

    def save_draft(self, draft: Draft) -> None:
        """Keep a draft in place of the user's last one about the item."""
        leases.save_draft(self._connection, draft)

    def drop_draft(self, user: str, comment_id: int) -> None:
        """Throw a draft away, if there is one."""
        leases.drop_draft(self._connection, user, comment_id)

    def assign(self, assignment: Assignment) -> None:
        """Let somebody see to the item, in place of whoever did in that status."""
        assignments.assign(self._connection, assignment)

    def unassign(self, comment_id: int, status: QueueStatus) -> Assignment | None:
        """End an assignment and return it, or None if there is none."""
        return assignments.unassign(self._connection, comment_id, status)

    def record_event(self, event: ItemEvent) -> None:
        """Remember what happened to an item."""
        notes.record_event(self._connection, event)

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
        notes.add_note(
            self._connection,
            comment_id,
            text,
            author=author,
            mentions=mentions,
            at=at,
        )

    def mark_read(self, note_id: int, user: str, *, at: datetime) -> None:
        """Mark a note as read by the user whom it names."""
        notes.mark_read(self._connection, note_id, user, at=at)

    def set_functions(self, user: str, functions: Collection[Function]) -> None:
        """Let the user have these functions and no others."""
        assignments.set_functions(self._connection, user, functions)
