"""How failed sign-ins make the next one wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_DELAYS: Final = (
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
)
FORGOTTEN_AFTER: Final = timedelta(hours=24)
"""Failures count together only if less than this lies between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """Failed sign-ins in a row, for one name or from one address."""

    count: int
    last_at: datetime
    blocked_until: datetime | None = None

    def blocks(self, at: datetime) -> bool:
        """Say whether a sign-in must still wait."""
        return self.blocked_until is not None and at < self.blocked_until


def one_more(before: Failures | None, *, at: datetime, free: int) -> Failures:
    """Return the count after another failure; the free-th is the first to block.

    Each one after that blocks longer, up to fifteen minutes.
    """
    is_old = before is None or at - before.last_at > FORGOTTEN_AFTER
    count = 1 if before is None or is_old else before.count + 1
    if count < free:
        return Failures(count=count, last_at=at)
    delay = _DELAYS[min(count - free, len(_DELAYS) - 1)]
    return Failures(count=count, last_at=at, blocked_until=at + delay)


def one_less(failures: Failures, *, free: int) -> Failures:
    """Return the count as if the last one had not been a failure."""
    count = max(failures.count - 1, 0)
    until = failures.blocked_until if count >= free else None
    return Failures(count=count, last_at=failures.last_at, blocked_until=until)
