"""What the core asks of the world."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from moderation.domain.comment import Comment, CommentRef, StoredComment
from moderation.domain.delivery import Delivery, Visibility
from moderation.domain.finding import Detection
from moderation.domain.log_entry import Head, LogEntry, LogFilter, LogText
from moderation.domain.ports_accounts import AccountChanger, AccountReader
from moderation.domain.ports_collaboration import (
    CollaborationChanging,
    CollaborationReading,
)
from moderation.domain.ports_deciding import DecidingStore, DecidingTransaction
from moderation.domain.ports_figures import FigureReads
from moderation.domain.ports_invitations import InvitationChanging, InvitationReading
from moderation.domain.ports_item import ItemChanging, ItemReading
from moderation.domain.ports_queue import QueueChanging, QueueReading
from moderation.domain.ports_tasks import TaskChanges, TaskReads
from moderation.domain.run import Run, RunTally
from moderation.domain.triage import (
    Outcome,
    QueueEntry,
    QueueFilter,
    QueueItem,
    QueueStatus,
)
from moderation.domain.urgency import Place
from moderation.domain.user import User
from moderation.domain.verdict import Assessed, Verdict

Clock = Callable[[], datetime]
"""Returns the time now, in UTC."""


class Detector(Protocol):
    """Finds evidence in texts."""

    @property
    def ruleset(self) -> str:
        """The version of the rules: a hash over them all."""
        ...

    @property
    def model(self) -> str:
        """The version of the classifier: a hash over it."""
        ...

    def detect_many(self, texts: Sequence[str]) -> list[Detection]:
        """Return what was found in each text, in the same order.

        Never raises for a text: what fails is marked in its not_assessed.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTally:
    """What storing a chunk of comments came to."""

    new: int = 0
    """Texts not seen before: new comments and new versions."""
    known: int = 0
    queued: int = 0
    """Items opened in the queue."""

    def __add__(self, other: "RecordTally") -> "RecordTally":
        return RecordTally(
            new=self.new + other.new,
            known=self.known + other.known,
            queued=self.queued + other.queued,
        )


class Transaction(
    AccountChanger,
    TaskChanges,
    CollaborationChanging,
    DecidingTransaction,
    QueueChanging,
    ItemChanging,
    InvitationChanging,
    Protocol,
):
    """One change: all of it happens, or nothing."""

    def record_many(
        self, assessed: Sequence[Assessed], *, received_at: datetime
    ) -> RecordTally:
        """Store comments in bulk and queue what is flagged.

        A text already stored for the same comment is not stored again: the same
        chunk twice leaves the store as once. A different text is a new version; an
        open item of an older version is superseded when the new one is queued.
        """
        ...

    def reassess_many(
        self, verdicts: Mapping[int, Verdict], *, at: datetime
    ) -> RunTally:
        """Replace the advice on stored comments, by comment id.

        Queues what is newly flagged and has no item. An open item that was queued
        only because something was not assessed, and is now clean, is superseded;
        any other item waits for a person.
        """
        ...

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
        ...

    def restore_queue_item(self, comment_id: int, *, at: datetime) -> bool:
        """Mark a hidden comment's item as restored. False if it is not hidden."""
        ...

    def append_to_log(
        self, payload: Mapping[str, object], texts: Mapping[str, LogText]
    ) -> LogEntry:
        """Seal an entry onto the chain and return it."""
        ...

    def enqueue_delivery(
        self, entry: LogEntry, ref: CommentRef, desired: Visibility, *, at: datetime
    ) -> None:
        """Put a wish in the outbox."""
        ...

    def start_run(
        self, *, since: datetime | None, ruleset: str, model: str, at: datetime
    ) -> Run:
        """Begin a rescan."""
        ...

    def advance_run(self, run: Run) -> None:
        """Save a run's checkpoint, tally and finishing time."""
        ...

    def add_user(self, user: User) -> None:
        """Add a user, or raise UppsiktError if the name is taken or not to be had."""
        ...


class Store(
    AccountReader,
    TaskReads,
    FigureReads,
    CollaborationReading,
    DecidingStore,
    QueueReading,
    ItemReading,
    InvitationReading,
    Protocol,
):
    """Keeps comments, advice, the queue, the log, the outbox and the users."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open a change. Rolled back unless the block ends well."""
        ...

    def comment(self, comment_id: int) -> StoredComment:
        """Return one version of a comment, or raise NotFoundError."""
        ...

    def verdict(self, comment_id: int) -> Verdict:
        """Return the latest advice on it, or raise NotFoundError."""
        ...

    def versions(self, ref: CommentRef) -> list[StoredComment]:
        """Return every version of a comment, oldest first."""
        ...

    def thread(self, stored: StoredComment, *, limit: int = 20) -> list[StoredComment]:
        """Return current comments of the same thread, oldest first, itself included.

        At most limit, those nearest to it in time.
        """
        ...

    def comments_after(
        self, comment_id: int, *, limit: int, since: datetime | None = None
    ) -> list[tuple[StoredComment, Verdict]]:
        """Return a chunk of the archive by rising id, with the advice so far.

        Only current versions; since limits by when they were received.
        """
        ...

    def count_comments(self, *, since: datetime | None = None) -> int:
        """Return how many current comments there are."""
        ...

    def queue_item(self, comment_id: int) -> QueueItem | None:
        """Return a comment's item, or None if it never was queued."""
        ...

    def queue(
        self, chosen: QueueFilter, *, limit: int, after: Place | None = None
    ) -> list[QueueEntry]:
        """Return the next of the queue: by severity, then deadline, then urgency.

        What is decided comes with the latest first.
        """
        ...

    def count_queue(self, chosen: QueueFilter, *, at_most: int | None = None) -> int:
        """Return how many items fit the filter, without counting past at_most."""
        ...

    def channels(self) -> list[str]:
        """Return the channels that have comments, sorted."""
        ...

    def log_page(
        self, chosen: LogFilter, *, limit: int, offset: int = 0
    ) -> list[LogEntry]:
        """Return a page of the log, newest first."""
        ...

    def count_log(self, chosen: LogFilter, *, at_most: int | None = None) -> int:
        """Return how many entries fit the filter, without counting past at_most."""
        ...

    def log_entries(self, chosen: LogFilter | None = None) -> Iterator[LogEntry]:
        """Yield entries by rising number, in constant memory.

        An entry whose searchable columns do not agree with its sealed payload is
        yielded with an empty payload, so that it cannot fit the chain.
        """
        ...

    def log_entry(self, number: int) -> LogEntry:
        """Return one entry, or raise NotFoundError."""
        ...

    def log_of(self, ref: CommentRef) -> list[LogEntry]:
        """Return all entries about a comment, oldest first."""
        ...

    def log_head(self) -> Head:
        """Return the end of the chain as remembered apart from the entries."""
        ...

    def moderators(self) -> list[str]:
        """Return the names that occur in the log, sorted."""
        ...

    def deliveries(self, ref: CommentRef) -> list[Delivery]:
        """Return the outbox's rows about a comment, oldest first."""
        ...

    def unfinished_run(self, *, since: datetime | None) -> Run | None:
        """Return the latest run with the same limit that was not finished."""
        ...

    def last_run(self) -> Run | None:
        """Return the latest run."""
        ...

    def user(self, name: str) -> User | None:
        """Return a user by name, or None."""
        ...

    def users(self) -> list[User]:
        """Return all users, by name."""
        ...


class FileReader(Protocol):
    """Reads comments from one file."""

    @property
    def unreadable_dates(self) -> int:
        """How many comments so far lost a date that could not be read."""
        ...

    def __iter__(self) -> Iterator["Comment | BadRow"]:
        """Yield good rows as comments and the others as what is wrong with them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row of a file that could not be used."""

    row: int
    """As a person counts: the heading is row 1 in a table, the first line in JSON."""
    reason: str
    """A Swedish sentence: what is wrong and what to do."""
