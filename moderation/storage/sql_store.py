"""The store in SQLite or PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Engine

from moderation.domain.comment import CommentRef, StoredComment
from moderation.domain.delivery import Delivery
from moderation.domain.log_entry import Head, LogEntry, LogFilter
from moderation.domain.run import Run
from moderation.domain.triage import QueueEntry, QueueFilter, QueueItem
from moderation.domain.urgency import Place
from moderation.domain.user import User
from moderation.domain.verdict import Verdict
from moderation.storage import (
    comments,
    deliveries,
    log_entries,
    queue_items,
    runs,
    users,
)
from moderation.storage.accounts import AccountReading
from moderation.storage.collaboration_mixins import CollaborationReads
from moderation.storage.deciding import DecidingReads
from moderation.storage.engine import (
    BUSY_SECONDS,
    for_reading,
    for_writing,
    open_engine,
    open_reading_engine,
)
from moderation.storage.errors import translated
from moderation.storage.invitations import InvitationReads
from moderation.storage.item_mixins import ItemReads
from moderation.storage.key_figures import SqlFigureReads
from moderation.storage.migrate import check_version, migrate
from moderation.storage.sql_queue import QueueReads
from moderation.storage.sql_transaction import SqlTransaction
from moderation.storage.tasks import SqlTaskReads

_LOG_CHUNK: Final = 500
"""Entries read at a time, so that a long log does not fill the memory."""


def open_store(url: str, *, busy_seconds: float = BUSY_SECONDS) -> "SqlStore":
    """Open a database and bring it to this version's form.

    The address is sqlite:///PATH, a plain path, or postgresql://…; a file that does
    not exist is made. Raises StorageError, with one Swedish sentence, if it cannot.
    """
    engine = open_engine(url, busy_seconds=busy_seconds)
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        migrate(engine)
        on_failure.pop_all()
    return SqlStore(engine)


def open_store_to_read(url: str, *, busy_seconds: float = BUSY_SECONDS) -> "SqlStore":
    """Open a database that may be write-protected, and change nothing in it.

    For the log: other tables may be of an older form. Raises StorageError if there
    is no such database, or if it is from a newer version.
    """
    engine = open_reading_engine(url, busy_seconds=busy_seconds)
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        check_version(engine)
        on_failure.pop_all()
    return SqlStore(engine)


class SqlStore(
    AccountReading,
    SqlTaskReads,
    SqlFigureReads,
    CollaborationReads,
    DecidingReads,
    QueueReads,
    ItemReads,
    InvitationReads,
):
    """What the port Store promises. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asking = for_reading(engine)
        self._writing = for_writing(engine)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Open a change. Rolled back unless the block ends well."""
        with translated(self._engine.url), self._writing.begin() as connection:
            yield SqlTransaction(connection)

    def comment(self, comment_id: int) -> StoredComment:
        """Return one version of a comment, or raise NotFoundError."""
        with self._reading() as connection:
            return comments.comment(connection, comment_id)

    def verdict(self, comment_id: int) -> Verdict:
        """Return the latest advice on it, or raise NotFoundError."""
        with self._reading() as connection:
            return comments.verdict(connection, comment_id)

    def versions(self, ref: CommentRef) -> list[StoredComment]:
        """Return every version of a comment, oldest first."""
        with self._reading() as connection:
            return comments.versions(connection, ref)

    def thread(self, stored: StoredComment, *, limit: int = 20) -> list[StoredComment]:
        """Return current comments of the same thread, oldest first, itself included.

        At most limit, those nearest to it in time.
        """
        with self._reading() as connection:
            return comments.thread(connection, stored, limit=limit)

    def comments_after(
        self, comment_id: int, *, limit: int, since: datetime | None = None
    ) -> list[tuple[StoredComment, Verdict]]:
        """Return a chunk of the archive by rising id, with the advice so far."""
        with self._reading() as connection:
            return comments.comments_after(
                connection, comment_id, limit=limit, since=since
            )

    def count_comments(self, *, since: datetime | None = None) -> int:
        """Return how many current comments there are."""
        with self._reading() as connection:
            return comments.count_comments(connection, since=since)

    def queue_item(self, comment_id: int) -> QueueItem | None:
        """Return a comment's item, or None if it never was queued."""
        with self._reading() as connection:
            return queue_items.queue_item(connection, comment_id)

    def queue(
        self, chosen: QueueFilter, *, limit: int, after: Place | None = None
    ) -> list[QueueEntry]:
        """Return the next of the queue: by severity, then deadline, then urgency."""
        with self._reading() as connection:
            return queue_items.queue(connection, chosen, limit=limit, after=after)

    def count_queue(self, chosen: QueueFilter, *, at_most: int | None = None) -> int:
        """Return how many items fit the filter, without counting past at_most."""
        with self._reading() as connection:
            return queue_items.count_queue(connection, chosen, at_most=at_most)

    def channels(self) -> list[str]:
        """Return the channels that have comments, sorted."""
        with self._reading() as connection:
            return comments.channels(connection)

    def log_page(
        self, chosen: LogFilter, *, limit: int, offset: int = 0
    ) -> list[LogEntry]:
        """Return a page of the log, newest first."""
        with self._reading() as connection:
            return log_entries.log_page(connection, chosen, limit=limit, offset=offset)

    def count_log(self, chosen: LogFilter, *, at_most: int | None = None) -> int:
        """Return how many entries fit the filter, without counting past at_most."""
        with self._reading() as connection:
            return log_entries.count_log(connection, chosen, at_most=at_most)

    def log_entries(self, chosen: LogFilter | None = None) -> Iterator[LogEntry]:
        """Yield entries by rising number, in constant memory.

        An entry whose searchable columns do not agree with its sealed payload is
        yielded with an empty payload, so that it cannot fit the chain.
        """
        wanted = chosen or LogFilter()
        entries = self._log_after(-1, wanted)
        while entries:
            yield from entries
            entries = self._log_after(entries[-1].number, wanted)

    def log_entry(self, number: int) -> LogEntry:
        """Return one entry, or raise NotFoundError."""
        with self._reading() as connection:
            return log_entries.log_entry(connection, number)

    def log_of(self, ref: CommentRef) -> list[LogEntry]:
        """Return all entries about a comment, oldest first."""
        with self._reading() as connection:
            return log_entries.log_of(connection, ref)

    def log_head(self) -> Head:
        """Return the end of the chain as remembered apart from the entries."""
        with self._reading() as connection:
            return log_entries.log_head_of(connection)

    def moderators(self) -> list[str]:
        """Return the names that occur in the log, sorted."""
        with self._reading() as connection:
            return log_entries.moderators(connection)

    def deliveries(self, ref: CommentRef) -> list[Delivery]:
        """Return the outbox's rows about a comment, oldest first."""
        with self._reading() as connection:
            return deliveries.deliveries_of(connection, ref)

    def unfinished_run(self, *, since: datetime | None) -> Run | None:
        """Return the latest run with the same limit that was not finished."""
        with self._reading() as connection:
            return runs.unfinished_run(connection, since=since)

    def last_run(self) -> Run | None:
        """Return the latest run."""
        with self._reading() as connection:
            return runs.last_run(connection)

    def user(self, name: str) -> User | None:
        """Return a user by name, or None."""
        with self._reading() as connection:
            return users.user(connection, name)

    def users(self) -> list[User]:
        """Return all users, by name."""
        with self._reading() as connection:
            return users.users(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._engine.url), self._asking.connect() as connection:
            yield connection

    def _log_after(self, number: int, chosen: LogFilter) -> list[LogEntry]:
        with self._reading() as connection:
            return log_entries.entries_after(
                connection, number, chosen, limit=_LOG_CHUNK
            )
