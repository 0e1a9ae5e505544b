"""Figures about the work over a period: counts, waits, shares; none on persons."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import sqrt
from typing import Final

from moderation.domain.swedish_time import STOCKHOLM, swedish_day

FEWEST: Final = 10
"""Decisions below which a share says nothing."""
_Z: Final = 1.959964
"""The normal distribution's quantile for 95 %."""


class Event(StrEnum):
    """What is counted."""

    RECEIVED = "received"
    FLAGGED = "flagged"
    HIDDEN = "hide"
    KEPT = "keep"
    ESCALATED = "escalate"
    RESTORED = "restore"


DECIDED: Final = frozenset({Event.HIDDEN, Event.KEPT})
"""What closes an item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCount:
    """How often something happened on a channel within one hour."""

    hour: datetime
    """When the hour began, in UTC."""
    channel: str
    event: Event
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long decisions on a channel took, in seconds; all channels where empty."""

    channel: str
    decided: int
    median: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """What became of the comments that one rule had found something in."""

    source: str
    """rule:NAME or personal_data:KIND."""
    decided: int
    hidden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole, with the interval that it is likely to lie in."""

    part: int
    whole: int

    @property
    def is_telling(self) -> bool:
        """Whether there are enough to speak of a share."""
        return self.whole >= FEWEST

    @property
    def value(self) -> float:
        """0 to 1; 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval, which is right for few and for shares near 0 or 1."""
        if not self.whole:
            return 0.0, 1.0
        n, p = self.whole, self.value
        scale = 1 + _Z**2 / n
        middle = (p + _Z**2 / (2 * n)) / scale
        reach = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / scale
        return max(middle - reach, 0.0), min(middle + reach, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """Everything that the store knows about a period."""

    since: datetime
    until: datetime
    counts: tuple[HourCount, ...]
    waits: tuple[Wait, ...]
    """The channels by name, and all of them together first."""
    grounds: Mapping[str, int]
    """Hidden comments by the ground's id."""
    sources: tuple[SourceCount, ...]


def by_day(counts: Iterable[HourCount]) -> dict[tuple[date, str], Counter[Event]]:
    """Add hours up to Swedish days, by day and channel.

    Sweden's clock differs from UTC by whole hours, so no hour lies in two days.
    """
    days: dict[tuple[date, str], Counter[Event]] = {}
    for count in counts:
        key = (swedish_day(count.hour), count.channel)
        days.setdefault(key, Counter())[count.event] += count.count
    return days


def by_hour_of_day(counts: Iterable[HourCount]) -> list[Counter[Event]]:
    """Add up what happened in each of the day's 24 hours on the Swedish clock."""
    hours: list[Counter[Event]] = [Counter() for _ in range(24)]
    for count in counts:
        hours[count.hour.astimezone(STOCKHOLM).hour][count.event] += count.count
    return hours


def by_channel(counts: Iterable[HourCount]) -> dict[str, Counter[Event]]:
    """Add up what happened on each channel."""
    channels: dict[str, Counter[Event]] = {}
    for count in counts:
        channels.setdefault(count.channel, Counter())[count.event] += count.count
    return dict(sorted(channels.items()))


def decided(events: Counter[Event]) -> int:
    """Return how many decisions there are among events."""
    return sum(events[event] for event in DECIDED)
