"""Moments and days as they stand on a page, in Swedish time."""

from datetime import date, datetime
from typing import Final

from moderation.domain.swedish_time import STOCKHOLM

_MONTHS: Final = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def when(moment: datetime | None) -> str:
    """Return a moment in Swedish time: «22 november 2026 kl. 11.08»."""
    if moment is None:
        return "datum saknas"
    local = moment.astimezone(STOCKHOLM)
    return f"{day(local.date())} kl. {local:%H.%M}"


def clock(moment: datetime) -> str:
    """Return the time of day in Sweden: «09:41»."""
    return f"{moment.astimezone(STOCKHOLM):%H:%M}"


def day(moment: date | None) -> str:
    """Return a day: «22 november 2026»."""
    if moment is None:
        return "datum saknas"
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
