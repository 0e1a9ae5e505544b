"""The removal log, as it lies in the database."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    func,
    insert,
    select,
    union_all,
    update,
)

from moderation.domain.channel_limit import narrowed
from moderation.domain.comment import CommentRef
from moderation.domain.errors import NotFoundError
from moderation.domain.log_entry import (
    Head,
    LogEntry,
    LogFilter,
    LogText,
    canonical,
    next_entry,
)
from moderation.storage.channel_limits import in_channels
from moderation.storage.distinct import distinct_values
from moderation.storage.search_index import index_decision
from moderation.storage.tables import log_entries, log_head, log_texts
from moderation.storage.types import AnyRow, in_utc

_number = log_entries.c.number


def entries_of(connection: Connection, query: Select[Any]) -> list[LogEntry]:
    """Return the entries that a query over log_entries finds, with their texts."""
    rows = connection.execute(query).all()
    texts = _texts(connection, [row.number for row in rows])
    return [_to_entry(row, texts[row.number]) for row in rows]


def append_to_log(
    connection: Connection, payload: Mapping[str, object], texts: Mapping[str, LogText]
) -> LogEntry:
    """Seal an entry onto the chain and return it."""
    entry = next_entry(_head(connection, is_locked=True), payload, texts)
    connection.execute(
        insert(log_entries).values(
            number=entry.number,
            **_searchable(entry.payload),
            payload=canonical(entry.payload),
            previous_seal=entry.previous_seal,
            seal=entry.seal,
        )
    )
    if texts:
        connection.execute(insert(log_texts), _text_rows(entry))
        index_decision(connection, entry)
    connection.execute(update(log_head).values(number=entry.number, seal=entry.seal))
    return entry


def log_head_of(connection: Connection) -> Head:
    """Return the end of the chain as remembered apart from the entries."""
    return _head(connection, is_locked=False)


def log_page(
    connection: Connection, chosen: LogFilter, *, limit: int, offset: int
) -> list[LogEntry]:
    """Return a page of the log, newest first."""
    query = select(log_entries).where(*_newest(chosen, limit=limit + offset))
    ordered = query.order_by(_number.desc()).limit(limit).offset(offset)
    return entries_of(connection, ordered)


def entries_after(
    connection: Connection, number: int, chosen: LogFilter, *, limit: int
) -> list[LogEntry]:
    """Return the next entries by rising number."""
    query = _fitting(chosen).where(_number > number).order_by(_number)
    return entries_of(connection, query.limit(limit))


def count_log(connection: Connection, chosen: LogFilter, *, at_most: int | None) -> int:
    """Return how many entries fit the filter, without counting past at_most."""
    fitting = select(_number).where(*_conditions(chosen)).limit(at_most)
    query = select(func.count()).select_from(fitting.subquery())
    return connection.scalar(query) or 0


def log_entry(connection: Connection, number: int) -> LogEntry:
    """Return one entry, or raise NotFoundError."""
    found = entries_of(connection, select(log_entries).where(_number == number))
    if not found:
        msg = f"Loggpost {number} finns inte: gå tillbaka och välj en annan i loggen."
        raise NotFoundError(msg)
    return found[0]


def log_of(connection: Connection, ref: CommentRef) -> list[LogEntry]:
    """Return all entries about a comment, oldest first."""
    query = select(log_entries).where(
        log_entries.c.channel == ref.channel,
        log_entries.c.external_id == ref.external_id,
    )
    return entries_of(connection, query.order_by(_number))


def moderators(connection: Connection) -> list[str]:
    """Return the names that occur in the log, sorted."""
    return distinct_values(connection, log_entries.c.moderator)


def _head(connection: Connection, *, is_locked: bool) -> Head:
    query = select(log_head.c.number, log_head.c.seal)
    row = connection.execute(
        query.with_for_update() if is_locked else query
    ).one_or_none()
    if row is None:
        # Somebody has removed it: such a head fits no chain.
        return Head(number=0, seal="")
    return Head(number=row.number, seal=row.seal)


def _searchable(payload: Mapping[str, object]) -> dict[str, str]:
    """Return the columns that repeat the payload, to search by."""
    ground = payload["ground"]
    return {
        "action": str(payload["action"]),
        "channel": str(payload["channel"]),
        "external_id": str(payload["external_id"]),
        "ground": str(ground["id"]) if isinstance(ground, Mapping) else "",
        "moderator": str(payload["moderator"]),
        "at": _moment(datetime.fromisoformat(str(payload["at"]))),
    }


def _moment(at: datetime) -> str:
    """Return a time as text that sorts by time: UTC, always with microseconds."""
    return in_utc(at).isoformat(timespec="microseconds")


def _text_rows(entry: LogEntry) -> list[dict[str, object]]:
    return [
        {"number": entry.number, "name": name, "salt": text.salt, "text": text.text}
        for name, text in entry.texts.items()
    ]


def _fitting(chosen: LogFilter) -> Select[Any]:
    return select(log_entries).where(*_conditions(chosen))


def _newest(chosen: LogFilter, *, limit: int) -> list[ColumnElement[bool]]:
    """Return the condition on the newest entries, at least where there are so many.

    Of several channels each is asked in its own order, as in the queue.
    """
    channels = narrowed(chosen.channels, chosen.channel)
    if channels is None or len(channels) < 2:  # noqa: PLR2004 - several
        return _conditions(chosen)
    pages = [
        select(_number)
        .where(*_conditions(replace(chosen, channel=channel)))
        .order_by(_number.desc())
        .limit(limit)
        .subquery()
        for channel in sorted(channels)
    ]
    return [_number.in_(union_all(*(select(page.c.number) for page in pages)))]


def _conditions(chosen: LogFilter) -> list[ColumnElement[bool]]:
    equal = [
        column == wanted
        for column, wanted in (
            (log_entries.c.ground, chosen.ground),
            (log_entries.c.moderator, chosen.moderator),
            (log_entries.c.action, chosen.action),
        )
        if wanted
    ]
    limit = narrowed(chosen.channels, chosen.channel)
    equal += in_channels(log_entries.c.channel, limit)
    if chosen.since is not None:
        equal.append(log_entries.c.at >= _moment(chosen.since))
    if chosen.until is not None:
        equal.append(log_entries.c.at < _moment(chosen.until))
    return equal


def _texts(
    connection: Connection, numbers: Sequence[int]
) -> defaultdict[int, dict[str, LogText]]:
    texts: defaultdict[int, dict[str, LogText]] = defaultdict(dict)
    query = select(log_texts).where(log_texts.c.number.in_(numbers))
    for row in connection.execute(query):
        texts[row.number][row.name] = LogText(row.salt, row.text)
    return texts


def _to_entry(row: AnyRow, texts: Mapping[str, LogText]) -> LogEntry:
    return LogEntry(
        number=row.number,
        payload=_sealed_payload(row),
        previous_seal=row.previous_seal,
        seal=row.seal,
        texts=texts,
    )


def _sealed_payload(row: AnyRow) -> Mapping[str, object]:
    """Return a row's payload, or an empty one where the row has been tampered with.

    An empty payload fits no chain, so the check of the log names the entry.
    """
    try:
        payload = json.loads(row.payload)
        columns = _searchable(payload)
        is_whole = canonical(payload) == row.payload
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}
    agrees = all(getattr(row, name) == value for name, value in columns.items())
    return payload if is_whole and agrees else {}
