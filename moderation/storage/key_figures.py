"""Figures over a period, added up by the database."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Double,
    Integer,
    Select,
    cast,
    func,
    literal,
    or_,
    select,
)

from moderation.domain.key_figures import (
    DECIDED,
    Event,
    HourCount,
    KeyFigures,
    SourceCount,
    Wait,
)
from moderation.domain.triage import Outcome
from moderation.storage.tables import comments, log_entries, queue_items
from moderation.storage.types import AnyRow, in_utc

_CHUNK: Final = 1_000
_HOUR: Final = len("2026-11-22T14")
_FROM_THE_LOG: Final = (*sorted(DECIDED), Event.ESCALATED, Event.RESTORED)
_COUNTED_SOURCES: Final = ("rule:", "personal_data:")


class SqlFigureReads:
    """What the port FigureReads promises."""

    _reading: Callable[[], AbstractContextManager[Connection]]

    def key_figures(
        self, since: datetime, until: datetime, *, channel: str = ""
    ) -> KeyFigures:
        """Return the figures of a period, from since up to but not including until."""
        period = _Period(since=since, until=until, channel=channel)
        with self._reading() as connection:
            return KeyFigures(
                since=since,
                until=until,
                counts=tuple(_counts(connection, period)),
                waits=tuple(_waits(connection, period)),
                grounds=_grounds(connection, period),
                sources=tuple(_sources(connection, period)),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Period:
    """What the figures are about."""

    since: datetime
    until: datetime
    channel: str
    """All channels where empty."""

    def of(
        self, moment: ColumnElement[Any], channel: ColumnElement[Any]
    ) -> list[ColumnElement[bool]]:
        """Return the condition on a table's moment and channel."""
        within = [moment >= self.since, moment < self.until]
        return [*within, channel == self.channel] if self.channel else within

    def of_log(self) -> list[ColumnElement[bool]]:
        """Return the condition on the log, whose times are text sorted by time."""
        first, last = (
            in_utc(moment).isoformat(timespec="microseconds")
            for moment in (self.since, self.until)
        )
        within = [log_entries.c.at >= first, log_entries.c.at < last]
        if not self.channel:
            return within
        return [*within, log_entries.c.channel == self.channel]


def _counts(connection: Connection, period: _Period) -> Iterator[HourCount]:
    tables = (
        (Event.RECEIVED, comments.c.received_at, comments.c.channel),
        (Event.FLAGGED, queue_items.c.opened_at, queue_items.c.channel),
    )
    for event, moment, channel in tables:
        hour = _hour(connection, moment)
        query = (
            select(hour, channel, literal(event.value), func.count())
            .where(*period.of(moment, channel))
            .group_by(hour, channel)
        )
        yield from _to_counts(connection.execute(query))
    hour = func.substr(log_entries.c.at, 1, _HOUR).label("hour")
    query = (
        select(hour, log_entries.c.channel, log_entries.c.action, func.count())
        .where(*period.of_log(), log_entries.c.action.in_(_FROM_THE_LOG))
        .group_by(hour, log_entries.c.channel, log_entries.c.action)
    )
    yield from _to_counts(connection.execute(query))


def _to_counts(rows: Iterable[AnyRow]) -> Iterator[HourCount]:
    """Yield the rows as values, without those whose time somebody has damaged."""
    for hour, channel, event, count in rows:
        try:
            began = datetime.fromisoformat(f"{hour}:00").replace(tzinfo=UTC)
        except ValueError:
            continue
        yield HourCount(hour=began, channel=channel, event=Event(event), count=count)


def _hour(
    connection: Connection, moment: ColumnElement[Any]
) -> ColumnElement[str | None]:
    """Return the UTC hour of a moment as text, as the log writes it."""
    if connection.dialect.name == "sqlite":
        return func.strftime("%Y-%m-%dT%H", moment).label("hour")
    return func.to_char(moment, 'YYYY-MM-DD"T"HH24').label("hour")


def _waits(connection: Connection, period: _Period) -> Iterator[Wait]:
    """Yield how long it took from the queue to the first decision, all channels first.

    What was decided on again later, or restored, still counts by its first decision.
    """
    seconds = _seconds(connection)
    chosen = (
        select(queue_items.c.channel, seconds.label("seconds"))
        .where(
            *period.of(queue_items.c.first_decided_at, queue_items.c.channel),
            queue_items.c.outcome != Outcome.NONE,
        )
        .cte("chosen")
    )
    for is_apart in (False, True):
        channel = chosen.c.channel if is_apart else literal("")
        ranked = select(
            channel.label("channel"),
            chosen.c.seconds,
            func.row_number()
            .over(partition_by=channel, order_by=chosen.c.seconds)
            .label("place"),
            func.count().over(partition_by=channel).label("decided"),
        ).cte("ranked")
        yield from _percentiles(connection, ranked)


def _percentiles(connection: Connection, ranked: CTE) -> Iterator[Wait]:
    """Yield the nearest rank of 50 and 95 %: the same on both databases."""
    column = ranked.c

    def place(percent: int) -> ColumnElement[int]:
        return cast((column.decided * percent + 99) // 100, Integer)

    query = (
        select(column.channel, column.decided, column.place, column.seconds)
        .where(or_(column.place == place(50), column.place == place(95)))
        .order_by(column.channel, column.place)
    )
    found: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        found.setdefault(row.channel, []).append(row)
    for channel, rows in found.items():
        yield Wait(
            channel=channel,
            decided=rows[0].decided,
            median=float(rows[0].seconds),
            p95=float(rows[-1].seconds),
        )


def _seconds(connection: Connection) -> ColumnElement[float]:
    opened, closed = queue_items.c.opened_at, queue_items.c.first_decided_at
    if connection.dialect.name == "sqlite":
        days = func.julianday(closed) - func.julianday(opened)
        return func.round(days * 86_400, 3)
    return cast(func.date_part("epoch", closed - opened), Double)


def _grounds(connection: Connection, period: _Period) -> Mapping[str, int]:
    query = (
        select(log_entries.c.ground, func.count().label("hidden"))
        .where(*period.of_log(), log_entries.c.action == Event.HIDDEN)
        .group_by(log_entries.c.ground)
        .order_by(func.count().desc(), log_entries.c.ground)
    )
    return {row.ground: row.hidden for row in connection.execute(query)}


def _sources(connection: Connection, period: _Period) -> list[SourceCount]:
    """Count how often hiding followed what each rule found, and still stands.

    The newest entries come first, so that a restoring is known before its hiding.
    """
    seen: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    restored: set[object] = set()
    for action, payload in _payloads(connection, period):
        comment = payload.get("comment_id")
        if action == Event.RESTORED:
            restored.add(comment)
            continue
        sources = _found_by(payload)
        seen.update(sources)
        if action == Event.HIDDEN and comment not in restored:
            hidden.update(sources)
        restored.discard(comment)
    return [
        SourceCount(source=source, decided=count, hidden=hidden[source])
        for source, count in sorted(seen.items(), key=lambda one: (-one[1], one[0]))
    ]


def _payloads(
    connection: Connection, period: _Period
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    wanted = (*DECIDED, Event.RESTORED)
    query: Select[Any] = (
        select(log_entries.c.number, log_entries.c.action, log_entries.c.payload)
        .where(*period.of_log(), log_entries.c.action.in_(wanted))
        .order_by(log_entries.c.number.desc())
        .limit(_CHUNK)
    )
    rows = connection.execute(query).all()
    while rows:
        for row in rows:
            yield row.action, _read(row.payload)
        below = query.where(log_entries.c.number < rows[-1].number)
        rows = connection.execute(below).all()


def _read(payload: str) -> Mapping[str, Any]:
    """Return a payload, or an empty one where somebody has damaged it."""
    try:
        read = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _found_by(payload: Mapping[str, Any]) -> set[str]:
    """Return the rules and searches that had found something, each once."""
    try:
        sources = {str(finding["source"]) for finding in payload["advice"]["findings"]}
    except (KeyError, TypeError):
        return set()
    return {source for source in sources if source.startswith(_COUNTED_SOURCES)}
