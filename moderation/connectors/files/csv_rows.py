"""Reads csv and tsv with the standard library, however broken their quoting is."""

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Final

from moderation.connectors.files.comment_maker import TOO_LONG
from moderation.connectors.files.lines import read_lines
from moderation.connectors.files.row import (
    FIELDS,
    MAX_CHARACTERS,
    Row,
    find_columns,
    require_columns,
)
from moderation.domain.errors import FileError
from moderation.domain.ports import BadRow

MAX_LINES: Final = 1_000
"""In one row. A row that goes on is a quotation mark that was never closed."""

_SEPARATORS: Final = (",", ";", "\t")
_NO_SEPARATOR: Final = "\x1f"
"""For a file of one column: the commas in it belong to the text."""


def read(path: Path, column_map: Mapping[str, str]) -> Iterator[Row | BadRow]:
    """Yield the rows under the heading, which is row 1."""
    csv.field_size_limit(MAX_CHARACTERS)
    lines = read_lines(path)
    first = next(lines, "")
    if first is None:
        msg = f"Rubrikraden i {path} är för lång: kontrollera att filen är en tabell."
        raise FileError(msg)
    separator = _separator(first, column_map)
    headings = _split(first, separator)
    columns = require_columns(headings, column_map, str(path))
    yield from _rows(_Feed(lines), separator, columns, len(headings))


def _rows(
    feed: "_Feed", separator: str, columns: Mapping[str, int], width: int
) -> Iterator[Row | BadRow]:
    records = csv.reader(feed, delimiter=separator, strict=True)
    # A field without a column is read from the empty cell put after the last one.
    pick = itemgetter(*(columns.get(field, width) for field in FIELDS))
    number = 1
    while True:
        number += 1
        feed.begin_row()
        try:
            cells = next(records)
        except StopIteration:
            return
        except (csv.Error, _TooMuchError):
            yield BadRow(row=number, reason=feed.give_up())
            continue
        if not any(cells):
            continue
        if len(cells) > width and any(cells[width:]):
            yield BadRow(row=number, reason=_too_wide(feed, len(cells), width))
            continue
        cells[width:] = [""] * (width + 1 - min(len(cells), width))
        yield Row(number, pick(cells))


def _separator(line: str, column_map: Mapping[str, str]) -> str:
    """Return the separator that finds the text column, or else the most columns."""

    def worth(separator: str) -> tuple[bool, int]:
        headings = _split(line, separator)
        return "text" in find_columns(headings, column_map), len(headings)

    best = max(_SEPARATORS, key=worth)
    return best if len(_split(line, best)) > 1 else _NO_SEPARATOR


def _split(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


def _too_wide(feed: "_Feed", cells: int, width: int) -> str:
    if feed.is_at_one_line:
        return (
            f"Raden har {cells} fält men rubrikraden {width}: "
            "sätt texten inom citattecken om den innehåller skiljetecknet."
        )
    return feed.give_up()


class _TooMuchError(Exception):
    """A row has gone on for longer than a row may."""


class _Feed:
    """Hands lines to the csv reader, and takes them back when a row is given up."""

    def __init__(self, lines: Iterator[str | None]) -> None:
        self._lines = lines
        self._returned: deque[str | None] = deque()
        self._taken: list[str | None] = []
        self._characters = 0
        self._line = 2

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._lines)
        self._taken.append(line)
        if line is None:
            raise _TooMuchError
        self._characters += len(line)
        if self._characters > MAX_CHARACTERS or len(self._taken) > MAX_LINES:
            raise _TooMuchError
        return line

    @property
    def is_at_one_line(self) -> bool:
        """Whether the row now being read is of one line."""
        return len(self._taken) == 1

    def begin_row(self) -> None:
        """Leave the lines of the row before behind."""
        self._line += len(self._taken)
        self._taken = []
        self._characters = 0

    def give_up(self) -> str:
        """Drop the row's first line, take back the others, and return why."""
        self._returned.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
        if self._taken == [None]:
            return TOO_LONG
        return (
            f"Citattecknen på textrad {self._line} i filen går inte ihop: varje fält "
            "som börjar med citattecken ska sluta med ett, och citattecken inuti "
            "skrivs dubbla."
        )
