"""The figures of a period as tables, the same on the page and as a file."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from moderation.domain.key_figures import (
    FEWEST,
    Event,
    KeyFigures,
    Share,
    by_channel,
    by_day,
    by_hour_of_day,
    decided,
)
from webui import wording
from webui.amounts import percent
from webui.language import _, lazy

TOO_FEW: Final = lazy("för få beslut")
Cell = str | int
_EVENTS: Final = (Event.HIDDEN, Event.KEPT, Event.ESCALATED, Event.RESTORED)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """A table with a heading for each column; the first column names the row."""

    name: str
    """As it stands in an address."""
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    names_are_swedish: bool = False
    """Whether the first column stays Swedish whatever the page speaks."""


def span_of_time(seconds: float) -> str:
    """Return a time as hours and minutes: «26:05»."""
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def step_of(days: int) -> Callable[[date], str]:
    """Return what turns a day into a row: the day, its week or its month."""
    if days > 90:  # noqa: PLR2004 - a quarter
        return lambda day: f"{day:%Y-%m}"
    if days > 30:  # noqa: PLR2004 - a month
        return _week
    return date.isoformat


def _week(day: date) -> str:
    calendar = day.isocalendar()
    return _("%(year)s v. %(week)02d", year=calendar.year, week=calendar.week)


def flow(
    figures: KeyFigures, steps: Iterable[str], step: Callable[[date], str]
) -> FigureTable:
    """Return what came in, was flagged and was decided, for each step of time."""
    sums: dict[str, Counter[Event]] = {name: Counter() for name in steps}
    for (day, _channel), events in by_day(figures.counts).items():
        sums.setdefault(step(day), Counter()).update(events)
    return FigureTable(
        name="flode",
        headings=(_("Tid"), _("Inkomna"), _("Flaggade"), _("Beslutade")),
        rows=tuple((name, *_flow(events)) for name, events in sums.items()),
    )


def days(figures: KeyFigures) -> FigureTable:
    """Return everything counted, for each day and channel."""
    rows = sorted(by_day(figures.counts).items())
    return FigureTable(
        name="dagar",
        headings=(
            *(_("Dag"), _("Kanal"), _("Inkomna"), _("Flaggade"), _("Beslutade")),
            *(_("Dolda"), _("Behållna"), _("Eskalerade"), _("Återställda")),
        ),
        rows=tuple(
            (day.isoformat(), channel, *_flow(events), *(events[e] for e in _EVENTS))
            for (day, channel), events in rows
        ),
    )


def _flow(events: Counter[Event]) -> tuple[int, int, int]:
    return events[Event.RECEIVED], events[Event.FLAGGED], decided(events)


def channels(figures: KeyFigures) -> FigureTable:
    """Return each channel's sums, the share hidden, and of these taken back."""
    return FigureTable(
        name="kanaler",
        headings=(
            *(_("Kanal"), _("Inkomna"), _("Flaggade"), _("Beslutade")),
            *(_("Dolda"), _("Andel dolda"), _("Återställda"), _("Andel återställda")),
        ),
        rows=tuple(
            _channel_row(name, events)
            for name, events in by_channel(figures.counts).items()
        ),
    )


def _channel_row(name: str, events: Counter[Event]) -> tuple[Cell, ...]:
    hidden, restored = shares(events)
    return (
        name,
        *_flow(events),
        hidden.part,
        _share(hidden),
        restored.part,
        _share(restored),
    )


def shares(events: Counter[Event]) -> tuple[Share, Share]:
    """Return the share of decisions that hid, and of the hidden that came back."""
    hidden, restored = events[Event.HIDDEN], events[Event.RESTORED]
    return (
        Share(part=hidden, whole=decided(events)),
        # What comes back now may have been hidden before the period began.
        Share(part=restored, whole=max(hidden, restored)),
    )


def _share(share: Share) -> str:
    return percent(share.value) if share.is_telling else str(TOO_FEW)


def waits(figures: KeyFigures) -> FigureTable:
    """Return how long decisions took, for all channels and for each."""
    return FigureTable(
        name="vantan",
        headings=(
            _("Kanal"),
            _("Beslut"),
            _("Hälften inom (tim:min)"),
            _("95 % inom (tim:min)"),
        ),
        rows=tuple(
            (
                wait.channel or _("Alla kanaler"),
                wait.decided,
                span_of_time(wait.median),
                span_of_time(wait.p95),
            )
            for wait in figures.waits
        ),
    )


def grounds(figures: KeyFigures, names: Mapping[str, str]) -> FigureTable:
    """Return how often each ground was decided on."""
    return FigureTable(
        name="grunder",
        headings=(_("Grund"), _("Dolda")),
        rows=tuple(
            (names.get(ground, ground) or _("ingen grund"), count)
            for ground, count in figures.grounds.items()
        ),
        names_are_swedish=True,
    )


def rules(figures: KeyFigures) -> FigureTable:
    """Return how often hiding followed each rule's finding, with its interval."""
    return FigureTable(
        name="regler",
        headings=(
            _("Regel"),
            _("Beslut"),
            _("Dolda"),
            _("Andel dolda"),
            _("95 % intervall"),
        ),
        rows=tuple(
            (wording.source(one.source), one.decided, one.hidden, *_precision(share))
            for one in figures.sources
            for share in [Share(part=one.hidden, whole=one.decided)]
        ),
    )


def _precision(share: Share) -> tuple[str, str]:
    if not share.is_telling:
        return str(TOO_FEW), _("minst %(number)s behövs", number=FEWEST)
    low, high = share.interval
    return percent(share.value), f"{low * 100:.0f}–{percent(high)}"


def hours(figures: KeyFigures) -> FigureTable:
    """Return what was flagged and decided in each of the day's hours."""
    return FigureTable(
        name="timmar",
        headings=(_("Klockan"), _("Inkomna"), _("Flaggade"), _("Beslutade")),
        rows=tuple(
            (f"{hour:02}–{hour + 1:02}", *_flow(events))
            for hour, events in enumerate(by_hour_of_day(figures.counts))
        ),
    )
