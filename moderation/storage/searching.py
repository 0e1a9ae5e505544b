"""Finds texts by their words."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, Connection, select, text

from moderation.domain.channel_limit import narrowed
from moderation.domain.comment import StoredComment
from moderation.domain.search import SearchFilter, SearchHit, SearchKind, SearchPage
from moderation.storage.channel_limits import in_channels
from moderation.storage.comments import to_stored
from moderation.storage.queue_items import ITEM_COLUMNS, to_item
from moderation.storage.search_index import SEARCHED_TEXTS, first_id, kind_of
from moderation.storage.stemming import marks, stem
from moderation.storage.tables import comments, log_entries, log_texts, queue_items
from moderation.storage.types import AnyRow
from moderation.storage.work_tables import search_documents

_LAST: Final = 2**63 - 1
_WINDOW: Final = 1_000
"""Texts with the words that are held against the other filters at a time."""
_WINDOWS: Final = 3

_SQLITE: Final = text(
    "SELECT rowid AS id FROM search_words WHERE search_words MATCH :words "
    "AND rowid < :before AND rowid >= :since ORDER BY rowid DESC LIMIT :limit"
).columns(id=BigInteger)
# PostgreSQL cannot know how rare a word is. Asked for the newest at once, it reads the
# archive from its end, all of it where the word is rare. So the hits are gathered and
# sorted, unless they are very many: then some are near the end, and it is read so far.
_GATHERED: Final = text(
    "WITH hits AS MATERIALIZED (SELECT id FROM search_documents "
    "WHERE words @@ plainto_tsquery('simple', :words) "
    "AND id < :before AND id >= :since LIMIT :many) "
    "SELECT id, (SELECT count(*) FROM hits) AS gathered FROM hits "
    "ORDER BY id DESC LIMIT :limit"
).columns(id=BigInteger, gathered=BigInteger)
_NEWEST: Final = text(
    "SELECT id FROM (SELECT id, words FROM search_documents "
    "WHERE id < :before AND id >= :since ORDER BY id DESC LIMIT :read) AS newest "
    "WHERE words @@ plainto_tsquery('simple', :words) ORDER BY id DESC LIMIT :limit"
).columns(id=BigInteger)
_READ_TO: Final = text(
    "SELECT id FROM search_documents WHERE id < :before AND id >= :since "
    "ORDER BY id DESC OFFSET :read - 1 LIMIT 1"
).columns(id=BigInteger)
_MANY: Final = 2_000
_READ: Final = 20_000


_Decided = tuple[str, datetime]
"""A decision's free texts, and when it was made."""

_ITEM: Final = (
    search_documents.c.comment_id.label("about"),
    search_documents.c.channel.label("document_channel"),
    *ITEM_COLUMNS,
)


def search(
    connection: Connection, chosen: SearchFilter, *, limit: int, before: int | None
) -> SearchPage:
    """Return texts where all the words occur, the newest first. See QueueReading."""
    end = _LAST if chosen.until is None else first_id(chosen.until)
    end = min(end, _LAST if before is None else before)
    conditions = _conditions(chosen)
    wanted = _WINDOW * _WINDOWS if conditions else limit + 1
    ids, older = _candidates(connection, chosen, before=end, limit=wanted)
    rows: list[AnyRow] = []
    for start in range(0, len(ids), _WINDOW):
        window = ids[start : start + _WINDOW]
        rows += _fitting(connection, conditions, window, limit=limit + 1 - len(rows))
        if len(rows) > limit:
            older = rows[limit - 1].id
            break
    return SearchPage(hits=_hits(connection, chosen, rows[:limit]), older=older)


def _candidates(
    connection: Connection, chosen: SearchFilter, *, before: int, limit: int
) -> tuple[Sequence[int], int | None]:
    """Return the newest texts where the words occur, and where to go on from."""
    is_sqlite = connection.dialect.name == "sqlite"
    stems = [stem(word) for word in chosen.words]
    values: dict[str, str | int] = {
        "words": _match(stems) if is_sqlite else " ".join(stems),
        "before": before,
        "since": 0 if chosen.since is None else first_id(chosen.since),
        "limit": limit,
    }
    if not is_sqlite:
        return _of_postgresql(connection, values)
    ids = connection.scalars(_SQLITE, values).all()
    return ids, ids[-1] if len(ids) == limit else None


def _of_postgresql(
    connection: Connection, values: Mapping[str, str | int]
) -> tuple[Sequence[int], int | None]:
    gathered = connection.execute(_GATHERED, {**values, "many": _MANY}).all()
    if not gathered or gathered[0].gathered < _MANY:
        ids = [row.id for row in gathered]
        return ids, ids[-1] if len(ids) == values["limit"] else None
    newest = connection.scalars(_NEWEST, {**values, "read": _READ}).all()
    if len(newest) == values["limit"]:
        return newest, newest[-1]
    return newest, connection.scalar(_READ_TO, {**values, "read": _READ})


def _match(stems: Collection[str]) -> str:
    """Return the stems as FTS5 asks for them: quoted, so that none is an operator."""
    return " AND ".join(f'"{word}"' for word in stems)


def _fitting(
    connection: Connection,
    conditions: Sequence[ColumnElement[bool]],
    ids: Sequence[int],
    *,
    limit: int,
) -> Sequence[AnyRow]:
    if not ids:
        return []
    query = (
        select(search_documents.c.id, search_documents.c.number, *_ITEM)
        .outerjoin(
            queue_items, queue_items.c.comment_id == search_documents.c.comment_id
        )
        .where(search_documents.c.id.in_(ids), *conditions)
        .order_by(search_documents.c.id.desc())
        .limit(limit)
    )
    return connection.execute(query).all()


def _conditions(chosen: SearchFilter) -> list[ColumnElement[bool]]:
    limit = narrowed(chosen.channels, chosen.channel)
    conditions = in_channels(search_documents.c.channel, limit)
    if chosen.status is not None:
        conditions.append(queue_items.c.status == chosen.status)
    return conditions


def _hits(
    connection: Connection, chosen: SearchFilter, rows: Sequence[AnyRow]
) -> tuple[SearchHit, ...]:
    stored = _stored(connection, [row.about for row in rows if row.about is not None])
    decided = _decisions(connection, rows)
    return tuple(_hit(row, chosen, stored, decided) for row in rows)


def _hit(
    row: AnyRow,
    chosen: SearchFilter,
    stored: Mapping[int, StoredComment],
    decided: Mapping[int, _Decided],
) -> SearchHit:
    comment = stored.get(row.about)
    kind = kind_of(row.id)
    if kind is SearchKind.DECISION or comment is None:
        text, at = decided[row.number]
    else:
        text = comment.comment.text
        at = comment.comment.posted_at or comment.received_at
    return SearchHit(
        kind=kind,
        number=row.number,
        at=at,
        channel=row.document_channel,
        text=text,
        marks=marks(text, chosen.words),
        stored=comment,
        item=None if row.comment_id is None else to_item(row),
    )


def _stored(connection: Connection, ids: Collection[int]) -> dict[int, StoredComment]:
    query = select(comments).where(comments.c.id.in_(ids))
    return {row.id: to_stored(row) for row in connection.execute(query)}


def _decisions(connection: Connection, rows: Sequence[AnyRow]) -> dict[int, _Decided]:
    numbers = [row.number for row in rows if kind_of(row.id) is SearchKind.DECISION]
    if not numbers:
        return {}
    query = (
        select(
            log_entries.c.number, log_entries.c.at, log_texts.c.name, log_texts.c.text
        )
        .outerjoin(log_texts, log_texts.c.number == log_entries.c.number)
        .where(log_entries.c.number.in_(numbers))
    )
    found: dict[int, _Decided] = {}
    texts: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(query):
        texts[row.number][row.name] = row.text
        told = [texts[row.number].get(name) for name in SEARCHED_TEXTS]
        at = datetime.fromisoformat(row.at)
        found[row.number] = ("\n".join(filter(None, told)), at)
    return found
