"""One change in SQLite or PostgreSQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from moderation.domain.comment import CommentRef
from moderation.domain.delivery import Visibility
from moderation.domain.log_entry import LogEntry, LogText
from moderation.domain.ports import RecordTally
from moderation.domain.run import Run, RunTally
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.user import User
from moderation.domain.verdict import Assessed, Verdict
from moderation.storage import (
    deliveries,
    log_entries,
    queue_items,
    reassessing,
    recording,
    runs,
    users,
)
from moderation.storage.accounts import AccountChanging
from moderation.storage.collaboration_mixins import CollaborationChanges
from moderation.storage.deciding import DecidingChanges
from moderation.storage.invitations import InvitationChanges
from moderation.storage.item_mixins import ItemChanges
from moderation.storage.sql_queue import QueueChanges
from moderation.storage.tasks import SqlTaskChanges


class SqlTransaction(
    AccountChanging,
    SqlTaskChanges,
    CollaborationChanges,
    DecidingChanges,
    QueueChanges,
    ItemChanges,
    InvitationChanges,
):
    """What the port Transaction promises, on one open connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record_many(
        self, assessed: Sequence[Assessed], *, received_at: datetime
    ) -> RecordTally:
        """Store comments in bulk and queue what is flagged."""
        return recording.record_many(
            self._connection, assessed, received_at=received_at
        )

    def reassess_many(
        self, verdicts: Mapping[int, Verdict], *, at: datetime
    ) -> RunTally:
        """Replace the advice on stored comments, by comment id."""
        return reassessing.reassess_many(self._connection, verdicts, at=at)

    def close_queue_item(
        self,
        comment_id: int,
        *,
        expected: QueueStatus,
        status: QueueStatus,
        outcome: Outcome,
        at: datetime,
    ) -> bool:
        """Change an item's status if it still is the expected one. False if not."""
        return queue_items.close_queue_item(
            self._connection,
            comment_id,
            expected=expected,
            status=status,
            outcome=outcome,
            at=at,
        )

    def restore_queue_item(self, comment_id: int, *, at: datetime) -> bool:
        """Mark a hidden comment's item as restored. False if it is not hidden."""
        return queue_items.leave_hidden(
            self._connection, comment_id, Outcome.RESTORED, at=at
        )

    def append_to_log(
        self, payload: Mapping[str, object], texts: Mapping[str, LogText]
    ) -> LogEntry:
        """Seal an entry onto the chain and return it."""
        return log_entries.append_to_log(self._connection, payload, texts)

    def enqueue_delivery(
        self, entry: LogEntry, ref: CommentRef, desired: Visibility, *, at: datetime
    ) -> None:
        """Put a wish in the outbox."""
        deliveries.enqueue_delivery(self._connection, entry, ref, desired, at=at)

    def start_run(
        self, *, since: datetime | None, ruleset: str, model: str, at: datetime
    ) -> Run:
        """Begin a rescan."""
        return runs.start_run(
            self._connection, since=since, ruleset=ruleset, model=model, at=at
        )

    def advance_run(self, run: Run) -> None:
        """Save a run's checkpoint, tally and finishing time."""
        runs.advance_run(self._connection, run)

    def add_user(self, user: User) -> None:
        """Add a user, or raise UppsiktError if the name is taken."""
        users.add_user(self._connection, user)
