"""Moments and days as they stand on a page, in Swedish time and the page's words."""

from datetime import date, datetime
from typing import Final

from moderation.domain.swedish_time import STOCKHOLM
from moderation.domain.user import Language
from webui.language import _, lazy, page_language

_MONTHS: Final = (
    lazy("januari"),
    lazy("februari"),
    lazy("mars"),
    lazy("april"),
    lazy("maj"),
    lazy("juni"),
    lazy("juli"),
    lazy("augusti"),
    lazy("september"),
    lazy("oktober"),
    lazy("november"),
    lazy("december"),
)


def when(moment: datetime | None) -> str:
    """Return a moment in Swedish time: «22 november 2026 kl. 11.08»."""
    if moment is None:
        return _("datum saknas")
    local = moment.astimezone(STOCKHOLM)
    return _("%(day)s kl. %(time)s", day=day(local.date()), time=hour(moment))


def clock(moment: datetime) -> str:
    """Return the time of day in Sweden: «09:41»."""
    return f"{moment.astimezone(STOCKHOLM):%H:%M}"


def hour(moment: datetime, *, with_seconds: bool = False) -> str:
    """Return the time of day as a sentence has it: «09.41», in English «09:41»."""
    shown = f"{moment.astimezone(STOCKHOLM):%H:%M:%S}"
    if not with_seconds:
        shown = shown[:5]
    is_english = page_language() is Language.ENGLISH
    return shown if is_english else shown.replace(":", ".")


def day(moment: date | None) -> str:
    """Return a day: «22 november 2026»."""
    if moment is None:
        return _("datum saknas")
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
