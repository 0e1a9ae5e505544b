"""How soon a person should look: severity and deadline put into one order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from moderation.domain.category import Category
from moderation.domain.finding import Finding

_STEPS: Final = (
    (0.7, timedelta(days=1)),
    (0.45, timedelta(days=3)),
    (0.0, timedelta(days=7)),
)
"""From which urgency, and within which time: a day for what the law asks us to act
on at once, three for what hurts somebody, a week for the rest."""

_STEP: Final = 45
_DUE: Final = 10
"""Bits of a rank below the step and below the deadline's second."""
_LAST_SECOND: Final = 2 ** (_STEP - _DUE) - 1
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Source(StrEnum):
    """What found the evidence that weighs most."""

    RULE = "rule"
    CLASSIFIER = "classifier"
    PERSONAL_DATA = "personal_data"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the order of the queue: the least comes first."""

    rank: int
    comment_id: int


def due_at(urgency: float, opened_at: datetime) -> datetime:
    """Return when somebody should have looked at the latest."""
    return opened_at + _STEPS[_step(urgency)][1]


def waiting_rank(urgency: float, opened_at: datetime) -> int:
    """Return where an item stands: by severity, then deadline, then urgency.

    What is severe never waits for what is mild, however long that has waited.
    """
    seconds = int((due_at(urgency, opened_at) - _START).total_seconds())
    due = min(max(seconds, 0), _LAST_SECOND)
    return _step(urgency) << _STEP | due << _DUE | 1_000 - round(urgency * 1_000)


def decided_rank(decided_at: datetime) -> int:
    """Return where a decided item stands: the latest first."""
    return -int((decided_at - _START).total_seconds() * 1_000)


def main_source(
    category: Category | None, findings: Sequence[Finding]
) -> Source | None:
    """Return what found the strongest evidence for a category."""
    named = [finding for finding in findings if finding.category is category]
    if not named:
        return None
    kind = max(named, key=lambda found: found.confidence).source.partition(":")[0]
    return Source(kind) if kind in set(Source) else None


def _step(urgency: float) -> int:
    return next(n for n, (least, _) in enumerate(_STEPS) if urgency >= least)
