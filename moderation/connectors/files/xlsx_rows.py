"""Reads the first sheet of an Excel workbook, a row at a time."""

import struct
import warnings
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

from moderation.connectors.files.row import FIELDS, Row, require_columns
from moderation.domain.errors import FileError

_DAMAGED: Final = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""openpyxl lets through whatever the readers of zip and XML raise."""


def read(path: Path, column_map: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows under the heading, which is row 1."""
    with _refused_if_damaged(path):
        yield from _rows(path, column_map)


@contextmanager
def _refused_if_damaged(path: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        msg = (
            f"Excelfilen {path} är skadad eller skyddad med lösenord: "
            "öppna den i Excel och spara den på nytt."
        )
        raise FileError(msg) from error


def _rows(path: Path, column_map: Mapping[str, str]) -> Iterator[Row]:
    with closing(_values(path)) as rows:
        headings = ["" if cell is None else str(cell) for cell in next(rows, ())]
        columns = require_columns(headings, column_map, str(path))
        width = len(headings)
        # A field without a column is read from the empty cell put after the last one.
        pick = itemgetter(*(columns.get(field, width) for field in FIELDS))
        for number, cells in enumerate(rows, start=2):
            if any(cell is not None for cell in cells):
                missing = width + 1 - min(len(cells), width)
                yield Row(number, pick([*cells[:width], *[None] * missing]))


def _values(path: Path) -> Generator[tuple[object, ...], None, None]:
    import openpyxl  # noqa: PLC0415 - slow to import, and few files need it

    with warnings.catch_warnings():
        # It warns of styles and rules for cells, which say nothing about the text.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    with closing(book):
        sheet = book.worksheets[0]
        # Some programs write a wrong size into the sheet; without it all is read.
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True)
