"""The store as somebody sees it who is limited to some channels.

Whatever a page asks for, it gets nothing about another channel. What is named
neither here nor in PASSED_ON cannot be asked for at all, so that nothing new in the
store is shown before somebody has thought about it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, TypeVar, cast

from moderation.domain.collaboration import (
    AssignedEntry,
    Draft,
    Function,
    ItemEvent,
    Mention,
    Note,
)
from moderation.domain.comment import CommentRef, StoredComment
from moderation.domain.delivery import Delivery
from moderation.domain.erasure import Erasure
from moderation.domain.errors import NotFoundError
from moderation.domain.key_figures import KeyFigures
from moderation.domain.log_entry import LogEntry, LogFilter
from moderation.domain.ports import Store, Transaction
from moderation.domain.ports_deciding import DecidedText, HideDeadline
from moderation.domain.search import SearchFilter, SearchPage
from moderation.domain.task import Task
from moderation.domain.triage import QueueEntry, QueueFilter, QueueItem, QueueStatus
from moderation.domain.urgency import Place
from moderation.domain.verdict import Verdict
from moderation.domain.watch import SavedView, WatchReceipt
from moderation.limits.transaction import LimitedTransaction

PASSED_ON: Final = frozenset(
    {
        # About accounts and keys, and who there is in the house.
        "account_events",
        "second_factor",
        "second_factor_roles",
        "shortcuts",
        "user",
        "users",
        "user_functions",
        "moderators",
        # Asked with the ids of items that were read here before.
        "leases",
        "assignments",
        "verdicts",
        # A view belongs to a person, and holds no more than a filter.
        "saved_view",
        # How the whole is: a number, no channel.
        "log_head",
        "last_run",
        "wipe",
    }
)
"""What says nothing about a channel."""
REFUSED: Final = frozenset(
    {
        "comments_after",
        "count_comments",
        "hidden_past_time",
        "invitation",
        "invitations",
        "overdue_hides",
        "reveals",
        "unfinished_run",
    }
)
"""For the whole archive: done by the system or the operator, for no channel."""
_Filter = TypeVar("_Filter", QueueFilter, LogFilter, SearchFilter)
_LATELY: Final = 50
"""Receipts that are looked through, so that it never takes longer."""


def limited_store(store: Store, channels: frozenset[str]) -> Store:
    """Return the store within these channels, and nothing of any other."""
    return cast("Store", LimitedStore(store, channels))


@dataclass(frozen=True, slots=True, weakref_slot=True)
class LimitedStore:
    """What the port Store promises, as if there were no other channels."""

    _store: Store
    _channels: frozenset[str]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any method of the port
        """Return a method that says nothing about a channel."""
        if name not in PASSED_ON:
            msg = f"{name} is not for somebody limited to some channels."
            raise AttributeError(msg)
        return getattr(self._store, name)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a change of what belongs to the channels."""
        with self._store.transaction() as tx:
            limited = LimitedTransaction(tx, self._channels, self._channel_of)
            yield cast("Transaction", limited)

    def comment(self, comment_id: int) -> StoredComment:
        """Return one version of a comment, or raise NotFoundError."""
        stored = self._store.comment(comment_id)
        self._refuse_other(stored.comment.ref.channel)
        return stored

    def verdict(self, comment_id: int) -> Verdict:
        """Return the latest advice on it, or raise NotFoundError."""
        self.comment(comment_id)
        return self._store.verdict(comment_id)

    def versions(self, ref: CommentRef) -> list[StoredComment]:
        """Return every version of a comment, oldest first."""
        return self._store.versions(ref) if self._shows(ref) else []

    def thread(self, stored: StoredComment, *, limit: int = 20) -> list[StoredComment]:
        """Return current comments of the same thread, oldest first, itself included."""
        self._refuse_other(stored.comment.ref.channel)
        return self._store.thread(stored, limit=limit)

    def channels(self) -> list[str]:
        """Return those of the channels that have comments, sorted."""
        return [one for one in self._store.channels() if one in self._channels]

    def queue_item(self, comment_id: int) -> QueueItem | None:
        """Return a comment's item, or None if it never was queued."""
        item = self._store.queue_item(comment_id)
        return item if item is not None and self._shows_id(comment_id) else None

    def queue(
        self, chosen: QueueFilter, *, limit: int, after: Place | None = None
    ) -> list[QueueEntry]:
        """Return the next of the queue: by severity, then deadline, then urgency."""
        return self._store.queue(self._within(chosen), limit=limit, after=after)

    def count_queue(self, chosen: QueueFilter, *, at_most: int | None = None) -> int:
        """Return how many items fit the filter, without counting past at_most."""
        return self._store.count_queue(self._within(chosen), at_most=at_most)

    def search(
        self, chosen: SearchFilter, *, limit: int, before: int | None = None
    ) -> SearchPage:
        """Return texts where all the words occur, the newest first."""
        return self._store.search(self._within(chosen), limit=limit, before=before)

    def log_page(
        self, chosen: LogFilter, *, limit: int, offset: int = 0
    ) -> list[LogEntry]:
        """Return a page of the log, newest first."""
        return self._store.log_page(self._within(chosen), limit=limit, offset=offset)

    def count_log(self, chosen: LogFilter, *, at_most: int | None = None) -> int:
        """Return how many entries fit the filter, without counting past at_most."""
        return self._store.count_log(self._within(chosen), at_most=at_most)

    def log_entries(self, chosen: LogFilter | None = None) -> Iterator[LogEntry]:
        """Yield entries by rising number, in constant memory."""
        return self._store.log_entries(self._within(chosen or LogFilter()))

    def log_entry(self, number: int) -> LogEntry:
        """Return one entry, or raise NotFoundError."""
        entry = self._store.log_entry(number)
        self._refuse_other(str(entry.payload.get("channel", "")))
        return entry

    def log_of(self, ref: CommentRef) -> list[LogEntry]:
        """Return all entries about a comment, oldest first."""
        return self._store.log_of(ref) if self._shows(ref) else []

    def recent_decisions(self, *, limit: int, after: int = 0) -> list[DecidedText]:
        """Return, of the latest in the house, those that belong to the channels.

        Looking further until there are as many would take longer with the log.
        """
        latest = self._store.recent_decisions(limit=limit, after=after)
        return [decided for decided in latest if self._shows(decided.ref)]

    def count_waiting_with_same_text(self, comment_id: int, *, at_most: int) -> int:
        """Return how many open items have the comment's text, itself included."""
        self.comment(comment_id)
        return self._store.count_waiting_with_same_text(
            comment_id, at_most=at_most, channels=self._channels
        )

    def waiting_with_same_text(
        self, comment_id: int, *, limit: int
    ) -> list[QueueEntry]:
        """Return open items whose text equals the comment's, itself included."""
        self.comment(comment_id)
        return self._store.waiting_with_same_text(
            comment_id, limit=limit, channels=self._channels
        )

    def hide_deadline(self, comment_id: int) -> HideDeadline | None:
        """Return until when a comment is hidden, or None."""
        deadline = self._store.hide_deadline(comment_id)
        return deadline if deadline and self._shows_id(comment_id) else None

    def erasure(self, ref: CommentRef) -> Erasure | None:
        """Return who erased a comment and when, or None."""
        return self._store.erasure(ref) if self._shows(ref) else None

    def deliveries(self, ref: CommentRef) -> list[Delivery]:
        """Return the outbox's rows about a comment, oldest first."""
        return self._store.deliveries(ref) if self._shows(ref) else []

    def deliveries_of_entries(self, numbers: Sequence[int]) -> dict[int, Delivery]:
        """Return what became of decisions at the source, by their entry's number."""
        found = self._store.deliveries_of_entries(numbers)
        return {number: one for number, one in found.items() if self._shows(one.ref)}

    def tasks(self, *, limit: int, offset: int = 0) -> list[Task]:
        """Return a page of what waits to be done by hand, those due first."""
        return self._store.tasks(limit=limit, offset=offset, channels=self._channels)

    def count_tasks(self) -> Mapping[str, int]:
        """Return how many wait, by channel; a channel without any is left out."""
        waiting = self._store.count_tasks()
        return {name: n for name, n in waiting.items() if name in self._channels}

    def task(self, delivery_id: int) -> Task:
        """Return one, waiting or not, or raise NotFoundError."""
        task = self._store.task(delivery_id)
        self._refuse_other(task.delivery.ref.channel)
        return task

    def draft(self, user: str, comment_id: int) -> Draft | None:
        """Return what the user has typed about the item, or None."""
        draft = self._store.draft(user, comment_id)
        return draft if draft and self._shows_id(comment_id) else None

    def parked(
        self, *, first: str, limit: int, offset: int = 0
    ) -> Sequence[AssignedEntry]:
        """Return parked items: the user's own first, then by last day."""
        return self._store.parked(
            first=first, limit=limit, offset=offset, channels=self._channels
        )

    def assigned_to(
        self,
        user: str,
        functions: Collection[Function],
        *,
        status: QueueStatus,
        limit: int,
    ) -> Sequence[AssignedEntry]:
        """Return what waits for the user or one of the functions, by last day."""
        return self._store.assigned_to(
            user, functions, status=status, limit=limit, channels=self._channels
        )

    def item_events(self, ref: CommentRef) -> Sequence[ItemEvent]:
        """Return what happened to a comment's items, oldest first."""
        return self._store.item_events(ref) if self._shows(ref) else []

    def notes(self, ref: CommentRef) -> Sequence[Note]:
        """Return the notes on a comment, oldest first."""
        return self._store.notes(ref) if self._shows(ref) else []

    def unread_mentions(self, user: str, *, limit: int) -> Sequence[Mention]:
        """Return notes that name the user and are not marked as read, newest first."""
        return self._store.unread_mentions(user, limit=limit, channels=self._channels)

    def key_figures(
        self, since: datetime, until: datetime, *, channel: str = ""
    ) -> KeyFigures:
        """Return the figures of a period, from since up to but not including until."""
        return self._store.key_figures(
            since, until, channel=channel, channels=self._channels
        )

    def count_decided(self, *, since: datetime, at_most: int) -> int:
        """Return how many items were decided, without counting past at_most."""
        return self._store.count_decided(
            since=since, at_most=at_most, channels=self._channels
        )

    def saved_views(self, user: str) -> list[SavedView]:
        """Return a user's own views, and the shared ones that show something here."""
        views = self._store.saved_views(user)
        seen = {"", *self._channels}
        return [one for one in views if one.owner == user or one.channel in seen]

    def watch_receipts(
        self, *, limit: int, before: int | None = None
    ) -> list[WatchReceipt]:
        """Return receipts, the newest first, with none but the channels.

        Of the latest in the house, as many as may be looked through.
        """
        lately = self._store.watch_receipts(limit=_LATELY, before=before)
        cut = [replace(one, channels=self._only(one.channels)) for one in lately]
        return [receipt for receipt in cut if receipt.channels][:limit]

    def _only(self, channels: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in channels if one in self._channels)

    def _within(self, chosen: _Filter) -> _Filter:
        return replace(chosen, channels=self._channels)

    def _shows(self, ref: CommentRef) -> bool:
        return ref.channel in self._channels

    def _shows_id(self, comment_id: int) -> bool:
        return self._channel_of(comment_id) in self._channels

    def _channel_of(self, comment_id: int) -> str:
        return self._store.comment(comment_id).comment.ref.channel

    def _refuse_other(self, channel: str) -> None:
        if channel not in self._channels:
            msg = "Det finns inte i någon av dina kanaler: välj något annat i listan."
            raise NotFoundError(msg)
