"""Figures over a period, added up by the database."""

import json
from collections import Counter
from collections.abc import (
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
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

from moderation.domain.channel_limit import ChannelLimit, narrowed
from moderation.domain.decision import Action
from moderation.domain.key_figures import (
    DECIDED,
    Event,
    HourCount,
    KeyFigures,
    SourceCount,
    Wait,
)
from moderation.domain.triage import Outcome
from moderation.storage.channel_limits import in_channels
from moderation.storage.reading import Reading
from moderation.storage.tables import comments, log_entries, queue_items
from moderation.storage.types import AnyRow, in_utc

_CHUNK: Final = 1_000
_HOUR: Final = len("2026-11-22T14")
_FROM_THE_LOG: Final = (*sorted(DECIDED), Event.ESCALATED, Event.RESTORED)
_COUNTED_SOURCES: Final = ("rule:", "personal_data:")
_HourRow = tuple[str, str, str, int]
"""The hour, the channel, what happened, and how often."""


class SqlFigureReads(Reading):
    """What the port FigureReads promises."""

    def key_figures(
        self,
        since: datetime,
        until: datetime,
        *,
        channel: str = "",
        channels: ChannelLimit = None,
    ) -> KeyFigures:
        """Return the figures of a period, from since up to but not including until."""
        chosen = narrowed(channels, channel)
        period = _Period(since=since, until=until, channels=chosen)
        with self._reading() as connection:
            undone = _undone(connection, period)
            return KeyFigures(
                since=since,
                until=until,
                counts=tuple(_counts(connection, period, undone)),
                waits=tuple(_waits(connection, period)),
                grounds=_grounds(connection, period, undone),
                sources=tuple(_sources(connection, period, undone)),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Period:
    """What the figures are about."""

    since: datetime
    until: datetime
    channels: ChannelLimit

    def of(
        self, moment: ColumnElement[Any], channel: ColumnElement[Any]
    ) -> list[ColumnElement[bool]]:
        """Return the condition on a table's moment and channel."""
        within = [moment >= self.since, moment < self.until]
        return [*within, *in_channels(channel, self.channels)]

    def of_log(self) -> list[ColumnElement[bool]]:
        """Return the condition on the log, whose times are text sorted by time."""
        first, last = (
            in_utc(moment).isoformat(timespec="microseconds")
            for moment in (self.since, self.until)
        )
        within = [log_entries.c.at >= first, log_entries.c.at < last]
        return [*within, *in_channels(log_entries.c.channel, self.channels)]


@dataclass(frozen=True, slots=True)
class _Undone:
    """A decision of the period that was taken back within it: it counts for nothing."""

    number: int
    hour: str
    channel: str
    action: str
    ground: str


def _undone(connection: Connection, period: _Period) -> list[_Undone]:
    taken_back = _payloads(connection, period, (Action.UNDO,))
    named = (payload.get("undoes") for _, _, payload in taken_back)
    numbers = [number for number in named if isinstance(number, int)]
    columns = (
        log_entries.c.number,
        _log_hour(),
        log_entries.c.channel,
        log_entries.c.action,
        log_entries.c.ground,
    )
    found: list[_Undone] = []
    for start in range(0, len(numbers), _CHUNK):
        chunk = numbers[start : start + _CHUNK]
        query = select(*columns).where(
            log_entries.c.number.in_(chunk), *period.of_log()
        )
        found += [_Undone(*row) for row in connection.execute(query)]
    return found


def _counts(
    connection: Connection, period: _Period, undone: Sequence[_Undone]
) -> Iterator[HourCount]:
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
    yield from _to_counts(_standing_counts(connection, period, undone))


def _standing_counts(
    connection: Connection, period: _Period, undone: Sequence[_Undone]
) -> list[_HourRow]:
    """Count the log's entries by hour, channel and action."""
    hour = _log_hour()
    query = (
        select(hour, log_entries.c.channel, log_entries.c.action, func.count())
        .where(*period.of_log(), log_entries.c.action.in_(_FROM_THE_LOG))
        .group_by(hour, log_entries.c.channel, log_entries.c.action)
    )
    rows = connection.execute(query)
    counts = Counter({(began, where, what): n for began, where, what, n in rows})
    counts.subtract((one.hour, one.channel, one.action) for one in undone)
    return [(*key, count) for key, count in counts.items() if count > 0]


def _log_hour() -> ColumnElement[str]:
    return func.substr(log_entries.c.at, 1, _HOUR).label("hour")


def _to_counts(
    rows: Iterable[tuple[str, str, str, int] | AnyRow],
) -> Iterator[HourCount]:
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


def _grounds(
    connection: Connection, period: _Period, undone: Sequence[_Undone]
) -> Mapping[str, int]:
    """Count the hidings on each ground, the most used first."""
    query = (
        select(log_entries.c.ground, func.count().label("hidden"))
        .where(*period.of_log(), log_entries.c.action == Event.HIDDEN)
        .group_by(log_entries.c.ground)
    )
    counts = Counter({row.ground: row.hidden for row in connection.execute(query)})
    counts.subtract(one.ground for one in undone if one.action == Event.HIDDEN)
    standing = [(ground, count) for ground, count in counts.items() if count > 0]
    return dict(sorted(standing, key=lambda one: (-one[1], one[0])))


def _sources(
    connection: Connection, period: _Period, undone: Sequence[_Undone]
) -> list[SourceCount]:
    """Count how often hiding followed what each rule found, and still stands.

    The newest entries come first, so that a restoring is known before its hiding.
    """
    seen: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    restored: set[object] = set()
    left_out = {one.number for one in undone}
    wanted = (*DECIDED, Event.RESTORED)
    for number, action, payload in _payloads(connection, period, wanted):
        if number in left_out:
            continue
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
    connection: Connection, period: _Period, wanted: Collection[str]
) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Yield the period's entries of the wanted kinds, the newest first."""
    query: Select[Any] = (
        select(log_entries.c.number, log_entries.c.action, log_entries.c.payload)
        .where(*period.of_log(), log_entries.c.action.in_(wanted))
        .order_by(log_entries.c.number.desc())
        .limit(_CHUNK)
    )
    rows = connection.execute(query).all()
    while rows:
        for row in rows:
            yield row.number, row.action, _read(row.payload)
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
