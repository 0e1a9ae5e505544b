"""Keys, deadlines of hidings, and the decisions to compare with."""

import json
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Connection,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    select,
)

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.comment import CommentRef
from moderation.domain.decision import Action
from moderation.domain.ports_deciding import DecidedText, HideDeadline
from moderation.domain.shortcuts import Command, Shortcuts
from moderation.domain.triage import Outcome, QueueEntry, QueueStatus
from moderation.storage.account_tables import user_shortcuts
from moderation.storage.channel_limits import in_channels
from moderation.storage.queue_items import entries_query, to_entry
from moderation.storage.reading import Reading
from moderation.storage.tables import comments, log_entries, log_texts, queue_items
from moderation.storage.types import AnyRow
from moderation.storage.work_tables import assignments, hide_deadlines

_NAMES: Final = frozenset(Command)
_COMPARED: Final = (
    Action.HIDE.value,
    Action.KEEP.value,
    Action.UNDO.value,
    Action.RESTORE.value,
)


def shortcuts(connection: Connection, user_name: str) -> Shortcuts:
    """Return a user's keys; the usual ones where none are chosen."""
    query = select(user_shortcuts).where(user_shortcuts.c.user_name == user_name)
    row = connection.execute(query).one_or_none()
    if row is None:
        return Shortcuts()
    known = {Command(name): key for name, key in row.keys.items() if name in _NAMES}
    return Shortcuts(is_on=row.is_on, chosen=known)


def save_shortcuts(connection: Connection, user_name: str, chosen: Shortcuts) -> None:
    """Replace a user's keys."""
    table = user_shortcuts
    connection.execute(delete(table).where(table.c.user_name == user_name))
    keys = {command.value: key for command, key in chosen.chosen.items()}
    connection.execute(
        insert(table).values(user_name=user_name, is_on=chosen.is_on, keys=keys)
    )


def recent_decisions(
    connection: Connection, *, limit: int, after: int
) -> list[DecidedText]:
    """Return the latest that hid, kept, took back or restored. See the port."""
    is_text = and_(
        log_texts.c.number == log_entries.c.number, log_texts.c.name == "text"
    )
    undo = log_entries.c.action == Action.UNDO.value
    query = (
        select(
            log_entries.c.number,
            log_entries.c.action,
            log_entries.c.channel,
            log_entries.c.external_id,
            # Only a reversal's payload is needed; the others are long.
            case((undo, log_entries.c.payload), else_="{}").label("payload"),
            log_texts.c.text,
        )
        .outerjoin(log_texts, is_text)
        .where(log_entries.c.action.in_(_COMPARED), log_entries.c.number > after)
        .order_by(log_entries.c.number.desc())
    )
    return [_to_decided(row) for row in connection.execute(query.limit(limit))]


def _to_decided(row: AnyRow) -> DecidedText:
    undoes = None
    if row.action == Action.UNDO.value:
        undoes = json.loads(row.payload).get("undoes")
    return DecidedText(
        number=row.number,
        action=row.action,
        ref=CommentRef(row.channel, row.external_id),
        text=row.text or "",
        undoes=undoes,
    )


def waiting_with_same_text(
    connection: Connection, comment_id: int, *, limit: int, channels: ChannelLimit
) -> list[QueueEntry]:
    """Return open items whose text equals the comment's, itself included."""
    query = (
        entries_query()
        .where(
            queue_items.c.comment_id.in_(_with_same_text(comment_id, limit, channels))
        )
        .order_by(queue_items.c.comment_id)
    )
    return [to_entry(row) for row in connection.execute(query)]


def count_waiting_with_same_text(
    connection: Connection, comment_id: int, *, at_most: int, channels: ChannelLimit
) -> int:
    """Return how many open items have the comment's text, itself included."""
    fitting = _with_same_text(comment_id, at_most, channels).subquery()
    return connection.scalar(select(func.count()).select_from(fitting)) or 0


def _with_same_text(
    comment_id: int, limit: int, channels: ChannelLimit
) -> Select[tuple[int]]:
    """Return a query for the ids, found by their text and never by all that waits.

    The sum keeps SQLite from reading the items in their order instead.
    """
    other = comments.alias("other")
    digest = select(other.c.text_sha256).where(other.c.id == comment_id)
    return (
        select(comments.c.id)
        .join(queue_items, queue_items.c.comment_id == comments.c.id)
        .where(
            comments.c.text_sha256 == digest.scalar_subquery(),
            queue_items.c.status == QueueStatus.OPEN,
            *in_channels(comments.c.channel, channels),
        )
        .order_by(comments.c.id + 0)
        .limit(limit)
    )


def hide_deadline(connection: Connection, comment_id: int) -> HideDeadline | None:
    """Return until when a comment is hidden, or None."""
    table = hide_deadlines
    query = select(table).where(table.c.comment_id == comment_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else _to_deadline(row)


def overdue_hides(
    connection: Connection, *, at: datetime, limit: int
) -> list[HideDeadline]:
    """Return the deadlines that have passed, the oldest first."""
    table = hide_deadlines
    query = select(table).where(table.c.due_at <= at).order_by(table.c.due_at)
    return [_to_deadline(row) for row in connection.execute(query.limit(limit))]


def hidden_past_time(connection: Connection, *, limit: int) -> list[QueueEntry]:
    """Return what waits for a new decision because its time is up, by rank."""
    is_assigned = exists().where(
        assignments.c.comment_id == queue_items.c.comment_id,
        assignments.c.status == queue_items.c.status,
    )
    query = (
        entries_query()
        .where(
            queue_items.c.status == QueueStatus.ESCALATED,
            queue_items.c.outcome == Outcome.HIDDEN,
            ~is_assigned,
        )
        .order_by(queue_items.c.rank, queue_items.c.comment_id)
        .limit(limit)
    )
    return [to_entry(row) for row in connection.execute(query)]


def set_hide_deadline(connection: Connection, deadline: HideDeadline) -> None:
    """Note until when a comment is hidden."""
    connection.execute(
        insert(hide_deadlines).values(
            comment_id=deadline.comment_id,
            entry_number=deadline.entry_number,
            due_at=deadline.due_at,
        )
    )


def clear_hide_deadline(connection: Connection, comment_id: int) -> bool:
    """Forget a deadline. False if there is none."""
    table = hide_deadlines
    ended = connection.execute(delete(table).where(table.c.comment_id == comment_id))
    return ended.rowcount == 1


def _to_deadline(row: AnyRow) -> HideDeadline:
    return HideDeadline(
        comment_id=row.comment_id, entry_number=row.entry_number, due_at=row.due_at
    )


class DecidingReads(Reading):
    """The part of the store that deciding reads."""

    def shortcuts(self, user_name: str) -> Shortcuts:
        """Return a user's keys; the usual ones where none are chosen."""
        with self._reading() as connection:
            return shortcuts(connection, user_name)

    def recent_decisions(self, *, limit: int, after: int = 0) -> list[DecidedText]:
        """Return the latest that hid, kept, took back or restored, newest first."""
        with self._reading() as connection:
            return recent_decisions(connection, limit=limit, after=after)

    def count_waiting_with_same_text(
        self, comment_id: int, *, at_most: int, channels: ChannelLimit = None
    ) -> int:
        """Return how many open items have the comment's text, itself included."""
        with self._reading() as connection:
            return count_waiting_with_same_text(
                connection, comment_id, at_most=at_most, channels=channels
            )

    def waiting_with_same_text(
        self, comment_id: int, *, limit: int, channels: ChannelLimit = None
    ) -> list[QueueEntry]:
        """Return open items whose text equals the comment's, itself included."""
        with self._reading() as connection:
            return waiting_with_same_text(
                connection, comment_id, limit=limit, channels=channels
            )

    def hide_deadline(self, comment_id: int) -> HideDeadline | None:
        """Return until when a comment is hidden, or None."""
        with self._reading() as connection:
            return hide_deadline(connection, comment_id)

    def overdue_hides(self, *, at: datetime, limit: int) -> list[HideDeadline]:
        """Return the deadlines that have passed, the oldest first."""
        with self._reading() as connection:
            return overdue_hides(connection, at=at, limit=limit)

    def hidden_past_time(self, *, limit: int) -> list[QueueEntry]:
        """Return what waits for a new decision because its time is up, by rank."""
        with self._reading() as connection:
            return hidden_past_time(connection, limit=limit)


class DecidingChanges:
    """The part of a change that deciding makes."""

    _connection: Connection

    def save_shortcuts(self, user_name: str, shortcuts: Shortcuts) -> None:
        """Replace a user's keys."""
        save_shortcuts(self._connection, user_name, shortcuts)

    def set_hide_deadline(self, deadline: HideDeadline) -> None:
        """Note until when a comment is hidden."""
        set_hide_deadline(self._connection, deadline)

    def clear_hide_deadline(self, comment_id: int) -> bool:
        """Forget a deadline. False if there is none."""
        return clear_hide_deadline(self._connection, comment_id)
