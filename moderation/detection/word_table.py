"""The distinct words met so far: each is looked at once, then only counted.

A text is cut at white space into pieces, a word with the signs around it. A piece is
divided into words, and spelled plainly, when it is first met; after that a text costs
one look-up a piece.
"""

import re
from array import array
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moderation.detection.chunk import Chunk, Rows, spread, sums
from moderation.detection.normalise import (
    FEWEST_SPACED,
    TOKEN,
    Normaliser,
    easy_word,
    lower,
    spaced_signs,
    tokens_of,
)
from moderation.detection.personal_data.signs import is_worth, signs_of

MOST_WORDS: Final = 200_000
"""After these the table is begun anew, so that memory does not grow with the file."""
MOST_CHARACTERS: Final = 20_000_000
"""Likewise, for a file of very long words."""

_LATIN: Final = re.compile(r"[a-zåäö]")
_REACH: Final = 5
"""Pieces that three letters of a word written letter by letter can be spread over."""
_HARD: Final = re.compile(r"[.…–—\s-]")
"""In the plain spelling of a disguise, what would be taken for a pause."""


class WordTable(dict[str, int]):
    """Pieces as written, each with its number, and the rows of their plain words."""

    def __init__(self, normaliser: Normaliser) -> None:
        super().__init__()
        self.words: list[str] = []
        """The plain spelling of each row."""
        self._normaliser = normaliser
        self._row_of_word: dict[str, int] = {}
        self._spellings: list[str | None] = []
        self._rows = array("q")
        self._ends = array("q", [0])
        self._spaced_signs = array("b")
        self._personal_signs = array("i")
        self._is_respelled = array("b")
        self._characters = 0

    def __missing__(self, piece: str) -> int:
        easy = easy_word(piece)
        if easy is not None:
            self._rows.append(self.row_of(easy))
            return self._numbered(piece, piece.lower(), 0)
        tokens = tokens_of(piece)
        words = [self._normaliser.word(token) for token in tokens]
        spelling = _spelling(piece, tokens, words)
        self._rows.extend(map(self.row_of, words))
        return self._numbered(piece, spelling, spaced_signs(piece))

    def _numbered(self, piece: str, spelling: str | None, spaced: int) -> int:
        """Give a piece its number, once its rows stand."""
        self._ends.append(len(self._rows))
        self._spellings.append(spelling)
        self._is_respelled.append(spelling != lower(piece))
        self._spaced_signs.append(min(spaced, FEWEST_SPACED))
        self._personal_signs.append(signs_of(piece))
        self._characters += len(piece)
        number = self[piece] = len(self)
        return number

    def row_of(self, word: str) -> int:
        """Return the row of a word in plain spelling."""
        row = self._row_of_word.get(word)
        if row is None:
            row = self._row_of_word[word] = len(self.words)
            self.words.append(word)
        return row

    @property
    def is_full(self) -> bool:
        """Whether it is time to begin anew."""
        return len(self) > MOST_WORDS or self._characters > MOST_CHARACTERS

    def chunk(self, texts: Sequence[str]) -> Chunk:
        """Divide texts into words and return their rows."""
        numbers: list[int] = []
        cuts = [0]
        number_of = self.__getitem__
        for text in texts:
            numbers.extend(map(number_of, text.split()))
            cuts.append(len(numbers))
        pieces, piece_starts = np.array(numbers, np.int64), np.array(cuts, np.int64)
        rows, ends = self._rows_of(pieces)
        spaced = self._spaced(texts, self._suspected(pieces, piece_starts))
        rows, starts = self._respelled(rows, ends[piece_starts], spaced)
        return Chunk(
            texts=texts,
            rows=rows,
            starts=starts,
            may_be_personal=is_worth(
                np.array(self._personal_signs, np.int32)[pieces], piece_starts
            ),
            pieces=pieces,
            piece_starts=piece_starts,
            is_lowered=sums(np.array(self._is_respelled)[pieces], piece_starts) == 0,
            spellings=self._spellings,
            spaced=spaced,
        )

    def is_latin(self, start: int) -> NDArray[np.int64]:
        """Return 1 for each row from start that has a Latin letter, otherwise 0."""
        return np.array(
            [bool(_LATIN.search(word)) for word in self.words[start:]], np.int64
        )

    def _rows_of(self, pieces: Rows) -> tuple[Rows, Rows]:
        """Return the rows of the pieces' words, and where each piece begins in them."""
        ends = np.array(self._ends, np.int64)
        first = ends[pieces]
        lengths = ends[pieces + 1] - first
        starts = np.concatenate(([0], np.cumsum(lengths)))
        return np.array(self._rows, np.int64)[spread(first, lengths)], starts

    def _suspected(self, pieces: Rows, piece_starts: Rows) -> list[int]:
        """Return which texts have enough single letters close together."""
        signs = np.array(self._spaced_signs)[pieces]
        total = np.concatenate((np.zeros(_REACH), np.cumsum(signs)))
        at = np.flatnonzero(total[_REACH:] - total[:-_REACH] >= FEWEST_SPACED)
        texts = np.searchsorted(piece_starts, at, side="right") - 1
        return [int(text) for text in np.unique(texts)]

    def _spaced(self, texts: Sequence[str], suspected: Sequence[int]) -> dict[int, str]:
        """Return the plain spelling of texts with words written letter by letter."""
        return {
            i: self._normaliser.normalise(texts[i]).text
            for i in suspected
            if self._normaliser.is_spaced(texts[i])
        }

    def _respelled(
        self, rows: Rows, starts: Rows, spaced: Mapping[int, str]
    ) -> tuple[Rows, Rows]:
        """Return the rows with those of texts that have been put together anew."""
        if not spaced:
            return rows, starts
        parts: list[Rows] = []
        lengths = np.diff(starts)
        at = 0
        for i, text in spaced.items():
            found = [self.row_of(word) for word in TOKEN.findall(text)]
            parts += (rows[at : starts[i]], np.array(found, np.int64))
            at = starts[i + 1]
            lengths[i] = len(found)
        rows = np.concatenate([*parts, rows[at:]])
        return rows, np.concatenate(([0], np.cumsum(lengths)))


def _spelling(piece: str, tokens: Sequence[str], words: Sequence[str]) -> str | None:
    """Return a piece in plain spelling, or None where its words do not tell it."""
    if words == [lower(token) for token in tokens]:
        return lower(piece)
    parts: list[str] = []
    at = 0
    for token, word in zip(tokens, words, strict=True):
        start = piece.index(token, at)
        lowered = lower(token)
        if word != lowered and (not word or _HARD.search(word)):
            return None
        parts += (lower(piece[at:start]), word)
        at = start + len(token)
    return "".join([*parts, lower(piece[at:])]) or None
