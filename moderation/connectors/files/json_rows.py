"""Reads JSON lines: one object a line."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from moderation.connectors.files.comment_maker import TOO_LONG
from moderation.connectors.files.lines import read_lines
from moderation.connectors.files.row import FIELDS, Row, find_columns, no_text_column
from moderation.domain.ports import BadRow

_BROKEN: Final = "Raden är inte giltig JSON: varje rad ska vara ett helt objekt."
_NO_OBJECT: Final = (
    'Raden är JSON men inget objekt: skriv den som {"id": "1", "text": "…"}.'
)


def read(path: Path, column_map: Mapping[str, str]) -> Iterator[Row | BadRow]:
    """Yield the rows; the first line is row 1."""
    layout = _Layout(column_map)
    for number, line in enumerate(read_lines(path), start=1):
        if line is None:
            yield BadRow(row=number, reason=TOO_LONG)
        elif not line.isspace():
            yield _row(number, line, layout)


def _row(number: int, line: str, layout: "_Layout") -> Row | BadRow:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return BadRow(row=number, reason=_BROKEN)
    if not isinstance(values, dict):
        return BadRow(row=number, reason=_NO_OBJECT)
    names = layout.names(tuple(values))
    if names[0] is None:
        return BadRow(row=number, reason=no_text_column(list(values)))
    return Row(number, [None if name is None else values[name] for name in names])


class _Layout:
    """Knows the keys of the fields; most lines have those of the line before."""

    def __init__(self, column_map: Mapping[str, str]) -> None:
        self._column_map = column_map
        self._keys: tuple[str, ...] = ()
        self._names: tuple[str | None, ...] = (None,) * len(FIELDS)

    def names(self, keys: tuple[str, ...]) -> tuple[str | None, ...]:
        """Return the key of each of FIELDS, or None where it has none."""
        if keys != self._keys:
            found = find_columns(keys, self._column_map)
            self._names = tuple(
                keys[found[field]] if field in found else None for field in FIELDS
            )
            self._keys = keys
        return self._names
