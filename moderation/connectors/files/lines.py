"""The lines of a text file, whatever its encoding and however long they are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from moderation.connectors.files.row import MAX_CHARACTERS

_SAMPLE: Final = 65_536
_PIECE: Final = 65_536
_MANY: Final = 0.4
_FEW: Final = 0.1


def read_lines(path: Path) -> Iterator[str | None]:
    """Yield each line with its line break, in bounded memory.

    UTF-8, UTF-16 and, line by line, Windows-1252. None stands for a line that is
    longer than MAX_CHARACTERS.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    encoding = recognise(sample)
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    newline = _line_break(sample.decode(encoding, errors="replace"))
    with path.open(encoding=encoding, errors=errors, newline=newline) as stream:
        while line := stream.readline(MAX_CHARACTERS + 1):
            if len(line) > MAX_CHARACTERS:
                _skip_rest(stream, line, newline)
                yield None
            else:
                yield _repaired(line)


def recognise(sample: bytes) -> str:
    """Return the encoding that the first bytes of a file show."""
    if sample.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    half = max(len(sample) // 2, 1)
    first, second = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if second > _MANY and first < _FEW:
        return "utf-16-le"
    if first > _MANY and second < _FEW:
        return "utf-16-be"
    return "utf-8"


def _line_break(sample: str) -> str:
    """Return the character that ends a line: old spreadsheets end it with CR alone."""
    return "\r" if "\r" in sample and "\n" not in sample else "\n"


def _skip_rest(stream: TextIO, line: str, newline: str) -> None:
    piece = line
    while piece and not piece.endswith(newline):
        piece = stream.readline(_PIECE)


def _repaired(line: str) -> str:
    """Return a line that was not UTF-8 as Windows-1252, and any other as it is."""
    if line.isascii():
        return line
    try:
        line.encode()
    except UnicodeEncodeError:
        raw = line.encode(errors="surrogateescape")
        # The five bytes that Windows-1252 lacks become �: better than losing the row.
        return raw.decode("cp1252", errors="replace")
    return line
