"""The dated table of grounds, read from grounds.csv beside this file."""

import csv
from collections.abc import Mapping
from datetime import date
from importlib import resources

from moderation.domain.ground import Confidence, Ground, GroundTable


def load_grounds() -> GroundTable:
    """Return the table that ships with the product.

    Rows are superseded by a row with the next revision, never edited: a decision
    points at the revision it was made on.
    """
    source = resources.files("moderation").joinpath("grounds.csv")
    rows = source.read_text(encoding="utf-8").splitlines()
    return GroundTable([_ground(row) for row in csv.DictReader(rows)])


def _ground(row: Mapping[str, str]) -> Ground:
    return Ground(
        id=row["id"],
        revision=int(row["revision"]),
        short_name=row["short_name"],
        statute=row["statute"],
        section=row["section"],
        what=row["what"],
        in_bbs_5=row["in_bbs_5"] == "yes",
        needs_reference=row["needs_reference"] == "yes",
        in_force_from=_day(row["in_force_from"]),
        in_force_to=_day(row["in_force_to"]),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        reviewed=date.fromisoformat(row["reviewed"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
