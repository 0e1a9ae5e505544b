"""One way into every kind of file."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from moderation.connectors.files import csv_rows, json_rows, parquet_rows, xlsx_rows
from moderation.connectors.files.comment_maker import CommentMaker
from moderation.connectors.files.row import Row
from moderation.domain.comment import Comment
from moderation.domain.errors import FileError
from moderation.domain.ports import BadRow

RowSource = Callable[[Path, Mapping[str, str]], Iterator[Row | BadRow]]

_SOURCES: Final[Mapping[str, RowSource]] = MappingProxyType(
    {
        ".csv": csv_rows.read,
        ".tsv": csv_rows.read,
        ".jsonl": json_rows.read,
        ".parquet": parquet_rows.read,
        ".xlsx": xlsx_rows.read,
    }
)

_NO_MAP: Final[Mapping[str, str]] = MappingProxyType({})


class CommentFile:
    """The comments of one file, a row at a time, in memory that does not grow."""

    def __init__(
        self, path: Path, source: RowSource, column_map: Mapping[str, str], channel: str
    ) -> None:
        self._path = path
        self._source = source
        self._column_map = column_map
        self._maker = CommentMaker(default_channel=channel)

    @property
    def unreadable_dates(self) -> int:
        """How many comments so far lost a date that could not be read."""
        return self._maker.unreadable_dates

    def __iter__(self) -> Iterator[Comment | BadRow]:
        bad = good = 0
        try:
            for row in self._source(self._path, self._column_map):
                made = row if isinstance(row, BadRow) else self._maker.make(row)
                if isinstance(made, BadRow):
                    bad += 1
                else:
                    good += 1
                yield made
        except OSError as error:
            raise FileError(_cannot_open(self._path)) from error
        if not good:
            raise FileError(_nothing_usable(self._path, bad))


def open_reader(
    path: Path,
    *,
    column_map: Mapping[str, str] = _NO_MAP,
    default_channel: str | None = None,
) -> CommentFile:
    """Return a reader for a file, by the ending of its name.

    column_map names the column of a field where it is not found by name. Comments
    without a channel get default_channel, or «fil:» and the file's name without its
    ending. Raises FileError where the file cannot be read at all; reading on raises
    it too.
    """
    source = _SOURCES.get(path.suffix.lower())
    if source is None:
        raise FileError(_unknown_ending(path))
    _check_readable(path)
    channel = default_channel or f"fil:{path.stem}"
    return CommentFile(path, source, column_map, channel)


def _check_readable(path: Path) -> None:
    try:
        if path.is_dir():
            msg = f"{path} är en mapp, inte en fil: ange filerna i den."
            raise FileError(msg)
        with path.open("rb") as file:
            is_empty = not file.read(1)
    except FileNotFoundError as error:
        msg = f"Filen {path} finns inte: kontrollera sökvägen."
        raise FileError(msg) from error
    except PermissionError as error:
        msg = f"Filen {path} får inte läsas: ge dig rätt att läsa den."
        raise FileError(msg) from error
    except (OSError, ValueError) as error:
        raise FileError(_cannot_open(path)) from error
    if is_empty:
        msg = f"Filen {path} är tom: kontrollera att rätt fil är vald."
        raise FileError(msg)


def _cannot_open(path: Path) -> str:
    return f"Filen {path} går inte att läsa: kontrollera sökvägen och disken."


def _unknown_ending(path: Path) -> str:
    known = ", ".join(ending.removeprefix(".") for ending in _SOURCES)
    return f"Filen {path} är av okänt slag: spara den som något av {known}."


def _nothing_usable(path: Path, bad: int) -> str:
    if bad:
        return (
            f"Ingen av raderna i {path} gick att använda ({bad} försökta): "
            "rätta det som sägs om dem och försök igen."
        )
    return (
        f"Filen {path} har inga kommentarer, bara rubriker eller tomma rader: "
        "kontrollera att rätt fil är vald."
    )
