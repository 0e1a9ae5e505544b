"""Erases every text of a comment, and the traces that a database keeps of it."""

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    Text,
    and_,
    cast,
    delete,
    insert,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import DBAPIError

from moderation.domain.comment import CommentRef
from moderation.domain.erasure import ERASED_TEXT, Erasure
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.verdict import Recommendation
from moderation.storage.item_tables import erased_comments
from moderation.storage.locks import Lock, wait_for
from moderation.storage.queue_items import decided_values
from moderation.storage.tables import (
    comments,
    deliveries,
    log_entries,
    log_texts,
    queue_items,
    verdicts,
)
from moderation.storage.work_tables import (
    assignments,
    drafts,
    hide_deadlines,
    item_events,
    leases,
    mentions,
    notes,
    search_documents,
)

ERASED_DIGEST: Final = "erased-"
"""Begins what stands in place of the digest of an erased text."""

_WORK: Final = (leases, drafts, assignments, hide_deadlines)
_HELD_WORDS: Final = (
    comments,
    verdicts,
    search_documents,
    drafts,
    assignments,
    item_events,
    notes,
    deliveries,
    log_texts,
)


def erasure(connection: Connection, ref: CommentRef) -> Erasure | None:
    """Return who erased a comment and when, or None."""
    query = select(erased_comments).where(_is(erased_comments, ref))
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Erasure(
        ref=ref, entry_number=row.entry_number, user=row.user_name, at=row.at
    )


def erased_among(
    connection: Connection, refs: Collection[CommentRef]
) -> set[CommentRef]:
    """Return which of these comments have been erased: few, if any ever were."""
    table = erased_comments
    if connection.scalar(select(table.c.channel).limit(1)) is None:
        return set()
    keys = [(ref.channel, ref.external_id) for ref in refs]
    query = select(table.c.channel, table.c.external_id).where(
        tuple_(table.c.channel, table.c.external_id).in_(keys)
    )
    return {CommentRef(*row) for row in connection.execute(query)}


def erase_comment(connection: Connection, given: Erasure) -> bool:
    """Erase every text of a comment. See ItemChanging."""
    if connection.dialect.name == "sqlite":
        # What is erased is overwritten with zeros, not only let go of.
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    wait_for(Lock.COMMENTS, connection)
    if not _note(connection, given):
        return False
    versions = select(comments.c.id).where(_is(comments, given.ref))
    ids = connection.scalars(versions).all()
    _settle(connection, ids, given)
    _erase_words(connection, ids)
    _erase_talk(connection, ids)
    _erase_log_texts(connection, given)
    return True


def _note(connection: Connection, given: Erasure) -> bool:
    """Write down who erased it. The lock keeps two from doing so at once."""
    if erasure(connection, given.ref) is not None:
        return False
    connection.execute(
        insert(erased_comments).values(
            channel=given.ref.channel,
            external_id=given.ref.external_id,
            entry_number=given.entry_number,
            user_name=given.user,
            at=given.at,
        )
    )
    return True


def _settle(connection: Connection, ids: Sequence[int], given: Erasure) -> None:
    """Take the items out of the queue, with all that belongs to the waiting."""
    connection.execute(
        update(queue_items)
        .where(
            queue_items.c.comment_id.in_(ids),
            queue_items.c.status != QueueStatus.SUPERSEDED,
        )
        .values(decided_values(Outcome.ERASED, given.at))
    )
    for table in _WORK:
        connection.execute(delete(table).where(table.c.comment_id.in_(ids)))


def _erase_words(connection: Connection, ids: Sequence[int]) -> None:
    """Erase the comment itself, the advice on it, and its words in the search."""
    connection.execute(
        update(comments)
        .where(comments.c.id.in_(ids))
        .values(
            text=ERASED_TEXT,
            # A digest of the text would tell whether a text is the erased one.
            text_sha256=literal(ERASED_DIGEST) + cast(comments.c.version, Text),
            author="",
            thread="",
            parent="",
        )
    )
    connection.execute(
        update(verdicts)
        .where(verdicts.c.comment_id.in_(ids))
        .values(
            recommendation=Recommendation.KEEP,
            score=0.0,
            scores=[],
            findings=[],
            not_assessed=[],
        )
    )
    of_these = search_documents.c.comment_id.in_(ids)
    connection.execute(delete(search_documents).where(of_these))


def _erase_talk(connection: Connection, ids: Sequence[int]) -> None:
    """Erase what people wrote about it, who may have quoted it."""
    about = select(notes.c.id).where(notes.c.comment_id.in_(ids))
    connection.execute(delete(mentions).where(mentions.c.note_id.in_(about)))
    connection.execute(delete(notes).where(notes.c.comment_id.in_(ids)))
    connection.execute(
        update(item_events).where(item_events.c.comment_id.in_(ids)).values(text="")
    )


def _erase_log_texts(connection: Connection, given: Erasure) -> None:
    entries = select(log_entries.c.number).where(_is(log_entries, given.ref))
    connection.execute(delete(log_texts).where(log_texts.c.number.in_(entries)))
    connection.execute(
        update(deliveries).where(_is(deliveries, given.ref)).values(note="")
    )


def wipe(engine: Engine) -> bool:
    """Overwrite what the database still keeps of what was erased. See ItemReading."""
    try:
        if engine.dialect.name == "sqlite":
            return _wipe_sqlite(engine)
        _wipe_postgresql(engine)
    except (sqlite3.OperationalError, DBAPIError):
        return False
    return True


def _wipe_sqlite(engine: Engine) -> bool:
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        # Words that were deleted stay in the index until its parts are merged.
        cursor.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")
        # Earlier copies of a page may lie anywhere in the file.
        cursor.execute("VACUUM")
        [is_busy, _, _] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.close()
    return not is_busy


def _wipe_postgresql(engine: Engine) -> None:
    tables = ", ".join(table.name for table in _HELD_WORDS)
    options = {"isolation_level": "AUTOCOMMIT"}
    with engine.connect().execution_options(**options) as connection:
        connection.exec_driver_sql(f"VACUUM {tables}")


def _is(table: Table, ref: CommentRef) -> ColumnElement[bool]:
    return and_(table.c.channel == ref.channel, table.c.external_id == ref.external_id)
