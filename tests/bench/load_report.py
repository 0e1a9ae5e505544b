"""What a load came to, kind by kind, beside the goals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.visits import Answer

GOALS = {"queue": 0.150, "item": 0.150, "search": 0.150, "decide": 0.100}
"""Seconds within which 95 of 100 pages of a kind should be."""
LARGEST = 100_000
"""Bytes that a page should be below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """All answers of one kind."""

    name: str
    seconds: Sequence[float]
    """Sorted."""
    largest: int
    wrong: Sequence[int]
    """Statuses that were not expected; 0 for a connection that broke."""
    processor_seconds: float | None
    """A request's, measured apart from the others."""

    @staticmethod
    def of(
        name: str, answers: Sequence[Answer], processor_seconds: float | None
    ) -> "Kind":
        """Sum up answers of one kind."""
        return Kind(
            name=name,
            seconds=sorted(answer.seconds for answer in answers),
            largest=max(answer.size for answer in answers),
            wrong=[answer.status for answer in answers if answer.is_wrong],
            processor_seconds=processor_seconds,
        )

    @property
    def goal(self) -> float | None:
        """The goal for the 95th percentile."""
        return GOALS.get(self.name.partition(",")[0].partition(":")[0])

    def within(self, percent: int) -> float:
        """Return the time that so many of 100 were within, by the nearest rank."""
        return self.seconds[math.ceil(len(self.seconds) * percent / 100) - 1]


def report(database: str, kinds: Sequence[Kind]) -> list[str]:
    """Return the table of one database."""
    heading = f"{'':<26}{'n':>5}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}"
    more = f"{'processor':>11}{'bytes':>9}  goal"
    return [
        "",
        f"{database}, milliseconds",
        heading + more,
        *map(_row, kinds),
        *(f"WRONG: {k.name}: {_statuses(k.wrong)}" for k in kinds if k.wrong),
        *(f"TOO LARGE: {k.name}" for k in kinds if k.largest >= LARGEST),
    ]


def is_good(kinds: Sequence[Kind]) -> bool:
    """Whether every answer was the expected one. Times are told and not judged."""
    return not any(kind.wrong for kind in kinds)


def _row(kind: Kind) -> str:
    times = "".join(f"{kind.within(part) * 1e3:>8.0f}" for part in (50, 95, 99, 100))
    used = kind.processor_seconds
    processor = f"{'':>11}" if used is None else f"{used * 1e3:>11.1f}"
    row = f"{kind.name:<26}{len(kind.seconds):>5}{times}{processor}{kind.largest:>9,}"
    return f"{row}  {_judged(kind)}".rstrip()


def _judged(kind: Kind) -> str:
    if kind.goal is None:
        return ""
    word = "met" if kind.within(95) < kind.goal else "MISSED"
    return f"p95 < {kind.goal * 1e3:.0f} {word}"


def _statuses(wrong: Sequence[int]) -> str:
    return ", ".join(
        f"{status} × {wrong.count(status)}" for status in sorted(set(wrong))
    )
