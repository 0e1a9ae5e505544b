"""A comment as a reader sees it, with the way back to the comment as written.

Only what the eye cannot tell apart is changed: invisible characters fall away, and
unusual digits, dashes and spaces become the usual ones. Nothing is guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from moderation.domain.finding import Span

_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
)
_MARKS: Final = "\u0300-\u034e\u0350-\u036f\u20d0-\u20ff\ufe00-\ufe0f"
_ZEROS: Final = "\u0660\u06f0\u0966\uff10"
"""The zeros of Arabic, Persian, Indian and wide digits; 1 to 9 follow each."""
_DIGITS: Final = "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS)
_SPACES: Final = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_DASHES: Final = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_WIDE: Final = {"＠": "@", "＋": "+", "．": ".", "／": "/", "：": ":"}

_WORTH_READING: Final = re.compile(f"[0-9@＠{_DIGITS}]")
_UNUSUAL: Final = re.compile(
    f"[{_INVISIBLE}{_MARKS}{_DIGITS}{_SPACES}{_DASHES}{''.join(_WIDE)}]"
)
_CHANGES_LENGTH: Final = re.compile(f"[{_INVISIBLE}{_MARKS}]")
_MARK: Final = re.compile(f"[{_MARKS}]")
_MANY_DIGITS: Final = re.compile(r"[0-9](?:[ ._\-+*/:()]{0,3}[0-9]){5}")


def _range(first: str, last: str) -> list[int]:
    return list(range(ord(first), ord(last) + 1))


_USUAL: Final = str.maketrans(
    _WIDE
    | {chr(ord(zero) + n): str(n) for zero in _ZEROS for n in range(10)}
    | {chr(c): " " for c in [0xA0, *_range("\u2000", "\u200a"), 0x202F, 0x205F, 0x3000]}
    | {
        chr(c): "-"
        for c in [*_range("\u2010", "\u2015"), 0x2212, 0xFE58, 0xFE63, 0xFF0D]
    }
)


@dataclass(frozen=True, slots=True)
class Legible:
    """A text without what is not seen."""

    text: str
    _starts: list[int] | None = None
    _ends: list[int] | None = None

    def original(self, start: int, end: int) -> Span:
        """Return the place in the comment as written of text[start:end]."""
        if self._starts is None or self._ends is None:
            return Span(start, end)
        return Span(self._starts[start], self._ends[end - 1])


def is_worth_reading(text: str) -> bool:
    """Say whether a text has a digit or an @, without which nothing can be found."""
    if _WORTH_READING.search(text):
        return True
    return "(at" in text or "[at" in text or "snabel" in text


def is_unusual(text: str) -> bool:
    """Say whether a text has a sign that is read as another or not seen."""
    return _UNUSUAL.search(text) is not None


def has_many_digits(text: str) -> bool:
    """Say whether at least six digits stand close together."""
    return _MANY_DIGITS.search(text) is not None


def legible(text: str) -> Legible:
    """Return the text as a reader sees it."""
    if not is_unusual(text):
        return Legible(text)
    if not _CHANGES_LENGTH.search(text):
        return Legible(text.translate(_USUAL))
    return _shortened(text)


def _shortened(text: str) -> Legible:
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in _CHANGES_LENGTH.finditer(text):
        i = match.start()
        chars.extend(text[at:i])
        starts.extend(range(at, i))
        ends.extend(range(at + 1, i + 1))
        at = i + 1
        if chars and _MARK.match(text, i):
            chars[-1] = _composed(chars[-1], text[i])
            ends[-1] = at
    chars.extend(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return Legible("".join(chars).translate(_USUAL), starts, ends)


def _composed(char: str, mark: str) -> str:
    """Join a mark to its letter where that is a letter of its own, or drop it."""
    joined = unicodedata.normalize("NFC", char + mark)
    return joined if len(joined) == 1 else char
