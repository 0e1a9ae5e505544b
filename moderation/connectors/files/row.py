"""What every kind of file gives: a row number and the fields in one order."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from moderation.domain.errors import FileError

FIELDS: Final = (
    "text",
    "posted_at",
    "id",
    "author",
    "channel",
    "thread",
    "parent",
    "url",
)
"""The order of the fields in a Row."""

MAX_CHARACTERS: Final = 1_000_000
"""In one row. What is longer is no comment, and would fill the memory."""

_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "text": ("text", "kommentar", "comment", "message", "body", "meddelande"),
        "posted_at": ("posted_at", "datum", "tidpunkt", "tid", "publicerad", "date"),
        "id": ("id", "comment_id", "kommentars_id", "kommentar_id"),
        "author": ("author", "författare", "avsändare", "skribent", "namn"),
        "channel": ("channel", "kanal"),
        "thread": ("thread", "tråd"),
        "parent": ("parent", "svar_på", "svar_till"),
        "url": ("url", "länk", "webbadress", "link"),
    }
)
"""What the columns may be called; where several are there, the first is taken."""


class Row(NamedTuple):
    """One row: its number as a person counts, and its values in the order of FIELDS."""

    number: int
    fields: Sequence[object]


def find_columns(
    headings: Sequence[str], column_map: Mapping[str, str]
) -> dict[str, int]:
    """Return where each field stands; a field that has no column is left out."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        places.setdefault(_folded(heading), place)
    found: dict[str, int] = {}
    for field in FIELDS:
        names = (column_map[field],) if field in column_map else _NAMES[field]
        present = [places[name] for name in map(_folded, names) if name in places]
        if present:
            found[field] = present[0]
    return found


def require_columns(
    headings: Sequence[str], column_map: Mapping[str, str], where: str
) -> dict[str, int]:
    """Return where each field stands in a table that must have a text column.

    Raises FileError, with the columns that there are, where the text or a column
    asked for is missing.
    """
    found = find_columns(headings, column_map)
    missing = [name for field, name in column_map.items() if field not in found]
    if missing:
        msg = (
            f"{where} har ingen kolumn {missing[0]} (kolumner: {_listed(headings)}): "
            "ange en av dem med --map."
        )
        raise FileError(msg)
    if "text" not in found:
        msg = f"{where}: {no_text_column(headings)}"
        raise FileError(msg)
    return found


def no_text_column(headings: Sequence[str]) -> str:
    """Return the sentence about a text column that is not found."""
    return (
        f"Ingen kolumn med kommentarernas text hittades (kolumner: "
        f"{_listed(headings)}), döp den till text eller ange den med --map text=KOLUMN."
    )


_LISTED: Final = 20
_LONGEST: Final = 40


def _listed(headings: Sequence[str]) -> str:
    names = [" ".join(heading.split())[:_LONGEST] for heading in headings[:_LISTED]]
    return ", ".join(name or "utan namn" for name in names) or "inga"


def _folded(heading: str) -> str:
    return heading.strip().casefold().replace(" ", "_")
