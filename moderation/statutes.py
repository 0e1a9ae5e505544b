"""The dated wordings and drafts, read from the tables beside this file."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources

from moderation.domain.ground import Confidence
from moderation.domain.statute import DatedTable, GroundCard, Statute


@cache
def load_statutes() -> DatedTable[Statute]:
    """Return the wordings of the law that the screens quote."""
    return DatedTable([_statute(row) for row in _rows("statutes.csv")])


@cache
def load_ground_cards() -> DatedTable[GroundCard]:
    """Return what helps with each ground: its point in 5 § and a draft."""
    return DatedTable([_card(row) for row in _rows("ground_cards.csv")])


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    source = resources.files("moderation").joinpath(name)
    # A wording has several lines.
    return csv.DictReader(io.StringIO(source.read_text(encoding="utf-8"), newline=""))


def _statute(row: Mapping[str, str]) -> Statute:
    return Statute(
        id=row["id"],
        revision=int(row["revision"]),
        statute=row["statute"],
        section=row["section"],
        wording=row["wording"],
        in_force_from=_day(row["in_force_from"]),
        in_force_to=_day(row["in_force_to"]),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        reviewed=date.fromisoformat(row["reviewed"]),
    )


def _card(row: Mapping[str, str]) -> GroundCard:
    return GroundCard(
        id=row["ground"],
        revision=int(row["revision"]),
        point=row["point"],
        draft=row["draft"],
        in_force_from=_day(row["in_force_from"]),
        in_force_to=_day(row["in_force_to"]),
        reviewed=date.fromisoformat(row["reviewed"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
