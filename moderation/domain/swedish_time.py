"""Swedish time: law and screens follow it, everything inside is UTC."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")


def swedish_day(moment: datetime) -> date:
    """Return the day it is in Sweden at a moment."""
    return moment.astimezone(STOCKHOLM).date()
