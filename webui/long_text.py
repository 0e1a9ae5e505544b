"""Long comments: as much as a page has room for, and whether there is more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import escape

from moderation.domain.finding import Finding
from webui import marking
from webui.marking import Piece

_ROW: Final = 600
"""Bytes of a page for the excerpt in a row of a list."""
_SIGNED: Final = 150
"""Bytes around a piece that is marked, masked, or cannot be seen."""
_NAMED: Final = 300
"""The same where a piece is marked with its sign and word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The beginning of a marked text."""

    parts: Sequence[Piece]
    is_cut: bool

    @property
    def characters(self) -> int:
        """How many of the text's characters it has."""
        return sum(len(part.text) for part in self.parts)


def opening(parts: Sequence[Piece], room: int, *, with_words: bool = False) -> Opening:
    """Return what there is room for of a text, given in bytes of the page."""
    signed = _NAMED if with_words else _SIGNED
    shown: list[Piece] = []
    for part in parts:
        around = _around(part, signed)
        cost = len(escape(part.text).encode()) + around
        if cost > room:
            cut = part.text[: max(room - around, 0) * len(part.text) // cost]
            rest = [replace(part, text=cut)] if cut else []
            return Opening(parts=[*shown, *rest], is_cut=True)
        shown.append(part)
        room -= cost
    return Opening(parts=shown, is_cut=False)


def excerpt(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """Return some words around the most urgent evidence, within the room of a row."""
    parts = marking.excerpt(text, findings)
    shown = opening(parts, _ROW)
    return [*shown.parts, Piece(text=" …")] if shown.is_cut else parts


def _around(part: Piece, signed: int) -> int:
    is_plain = not (part.categories or part.hidden_sign or part.is_masked)
    return 0 if is_plain else signed
