"""Notes on items, whom they name, and what else happened to items."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.collaboration import ItemEvent, Mention, Note
from moderation.domain.comment import CommentRef
from moderation.storage.channel_limits import in_channels
from moderation.storage.comments import is_about, to_stored
from moderation.storage.tables import comments
from moderation.storage.types import AnyRow
from moderation.storage.work_tables import item_events, mentions
from moderation.storage.work_tables import notes as table

_COLUMNS = (
    table.c.id.label("note_id"),
    table.c.comment_id.label("of_comment"),
    table.c.author.label("written_by"),
    table.c.at,
    table.c.text.label("words"),
)
"""Named apart from the columns of the comments that they are read with."""


def notes(connection: Connection, ref: CommentRef) -> list[Note]:
    """Return the notes on a comment, oldest first."""
    query = (
        select(*_COLUMNS)
        .join(comments, comments.c.id == table.c.comment_id)
        .where(is_about(ref))
        .order_by(table.c.id)
    )
    return [_to_note(row) for row in connection.execute(query)]


def add_note(  # noqa: PLR0913 - The port's values, and the connection.
    connection: Connection,
    comment_id: int,
    text: str,
    *,
    author: str,
    mentions: Collection[str],
    at: datetime,
) -> None:
    """Add a note that names these users."""
    values = {"comment_id": comment_id, "author": author, "at": at, "text": text}
    note_id = connection.scalar(insert(table).values(values).returning(table.c.id))
    _mention(connection, note_id, mentions)


def _mention(
    connection: Connection, note_id: int | None, users: Collection[str]
) -> None:
    rows = [{"note_id": note_id, "user_name": user} for user in sorted(set(users))]
    if rows:
        connection.execute(insert(mentions), rows)


def unread_mentions(
    connection: Connection, user: str, *, limit: int, channels: ChannelLimit
) -> list[Mention]:
    """Return notes that name the user and are not marked as read, newest first."""
    query = (
        select(comments, *_COLUMNS)
        .join(table, table.c.comment_id == comments.c.id)
        .join(mentions, mentions.c.note_id == table.c.id)
        .where(
            mentions.c.user_name == user,
            mentions.c.read_at.is_(None),
            *in_channels(comments.c.channel, channels),
        )
        .order_by(table.c.id.desc())
        .limit(limit)
    )
    return [
        Mention(note=_to_note(row), stored=to_stored(row))
        for row in connection.execute(query)
    ]


def mark_read(connection: Connection, note_id: int, user: str, *, at: datetime) -> None:
    """Mark a note as read by the user whom it names."""
    connection.execute(
        update(mentions)
        .where(
            mentions.c.note_id == note_id,
            mentions.c.user_name == user,
            mentions.c.read_at.is_(None),
        )
        .values(read_at=at)
    )


def item_events_of(connection: Connection, ref: CommentRef) -> list[ItemEvent]:
    """Return what happened to a comment's items, oldest first."""
    query = (
        select(item_events)
        .join(comments, comments.c.id == item_events.c.comment_id)
        .where(is_about(ref))
        .order_by(item_events.c.id)
    )
    return [_to_event(row) for row in connection.execute(query)]


def record_event(connection: Connection, event: ItemEvent) -> None:
    """Remember what happened to an item."""
    connection.execute(
        insert(item_events).values(
            comment_id=event.comment_id,
            kind=event.kind,
            by=event.by,
            at=event.at,
            other=event.other,
            due=event.due,
            text=event.text,
        )
    )


def _to_note(row: AnyRow) -> Note:
    return Note(
        id=row.note_id,
        comment_id=row.of_comment,
        author=row.written_by,
        at=row.at,
        text=row.words,
    )


def _to_event(row: AnyRow) -> ItemEvent:
    return ItemEvent(
        comment_id=row.comment_id,
        kind=row.kind,
        by=row.by,
        at=row.at,
        other=row.other,
        due=row.due,
        text=row.text,
    )
