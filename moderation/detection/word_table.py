"""The distinct words met so far: each is looked at once, then only counted.

A text is cut at white space into pieces, a word with the signs around it. A piece is
divided into words, and spelled plainly, when it is first met; after that a text costs
one look-up a piece.
"""

import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from moderation.detection.normalise import (
    FEWEST_SPACED,
    TOKEN,
    Normaliser,
    may_have_pauses,
    spaced_signs,
    tokens_of,
    without_pauses,
)
from moderation.detection.personal_data.legible import is_worth_reading

MOST_WORDS: Final = 200_000
"""After these the table is begun anew, so that memory does not grow with the file."""
MOST_CHARACTERS: Final = 20_000_000
"""Likewise, for a file of very long words."""

_LATIN: Final = re.compile(r"[a-zåäö]")
_HARD: Final = re.compile(r"[.…\s-]")
"""In the plain spelling of a disguise, what would be taken for a pause."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some texts as rows of the word table, one after the other."""

    texts: Sequence[str]
    rows: Rows
    """The row of every word of every text, in order."""
    starts: Rows
    """Where each text begins in rows; one more than there are texts."""
    may_be_personal: NDArray[np.bool_]
    """Whether each text has a sign without which it has no personal data."""
    pieces: Rows
    """The number of every piece of every text, in order."""
    piece_starts: Rows
    """Where each text begins in pieces; one more than there are texts."""
    spellings: Sequence[str | None]
    """Each piece in plain spelling, or None where that hangs on its neighbours."""
    spaced: Mapping[int, str]
    """The plain spelling of texts with words written letter by letter."""

    def rows_of(self, i: int) -> Rows:
        """Return the rows of one text's words."""
        return self.rows[self.starts[i] : self.starts[i + 1]]

    def plain(self, i: int) -> str | None:
        """Return one text in plain spelling, or None where it is not at hand."""
        if i in self.spaced:
            return self.spaced[i]
        pieces = self.pieces[self.piece_starts[i] : self.piece_starts[i + 1]].tolist()
        found = [self.spellings[piece] for piece in pieces]
        if None in found:
            return None
        joined = " ".join(cast("list[str]", found))
        # White space around a text tells whether a dash at its ends is loose.
        text = self.texts[i]
        padded = f"{' ' * text[:1].isspace()}{joined}{' ' * text[-1:].isspace()}"
        return without_pauses(padded) if may_have_pauses(padded) else joined

    def sums(self, marks: NDArray[np.int64]) -> Rows:
        """Return each text's sum of a number that every row has."""
        return _sums(marks[self.rows], self.starts)

    def counts(self, words: int) -> csr_matrix:
        """Return (texts, words) with how often each text has each word."""
        ones = np.ones(len(self.rows), np.float32)
        return csr_matrix((ones, self.rows, self.starts), (len(self.texts), words))

    def one(self, i: int) -> "Chunk":
        """Return one text as a chunk of its own."""
        rows = self.rows_of(i)
        pieces = self.pieces[self.piece_starts[i] : self.piece_starts[i + 1]]
        return Chunk(
            texts=[self.texts[i]],
            rows=rows,
            starts=np.array([0, len(rows)]),
            may_be_personal=self.may_be_personal[i : i + 1],
            pieces=pieces,
            piece_starts=np.array([0, len(pieces)]),
            spellings=self.spellings,
            spaced={0: self.spaced[i]} if i in self.spaced else {},
        )


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
        self._spaced_signs = array("q")
        self._is_personal = array("q")
        self._characters = 0

    def __missing__(self, piece: str) -> int:
        tokens = tokens_of(piece)
        words = [self._normaliser.word(token) for token in tokens]
        spelling = _spelling(piece, tokens, words)
        self._rows.extend(map(self.row_of, words))
        self._ends.append(len(self._rows))
        self._spellings.append(spelling)
        self._spaced_signs.append(spaced_signs(piece, tokens))
        self._is_personal.append(is_worth_reading(piece))
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
        signs = _sums(np.array(self._spaced_signs, np.int64)[pieces], piece_starts)
        spaced = self._spaced(texts, np.flatnonzero(signs >= FEWEST_SPACED).tolist())
        rows, starts = self._respelled(rows, ends[piece_starts], spaced)
        return Chunk(
            texts=texts,
            rows=rows,
            starts=starts,
            may_be_personal=_sums(
                np.array(self._is_personal, np.int64)[pieces], piece_starts
            )
            > 0,
            pieces=pieces,
            piece_starts=piece_starts,
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
        at = np.arange(starts[-1]) + np.repeat(first - starts[:-1], lengths)
        return np.array(self._rows, np.int64)[at], starts

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
        parts = np.split(rows, starts[1:-1])
        for i, text in spaced.items():
            found = [self.row_of(word) for word in TOKEN.findall(text)]
            parts[i] = np.array(found, np.int64)
        lengths = [len(part) for part in parts]
        return np.concatenate(parts), np.concatenate(([0], np.cumsum(lengths)))


def _sums(numbers: Rows, starts: Rows) -> Rows:
    """Return the sum of the numbers from each start to the next."""
    total = np.concatenate(([0], np.cumsum(numbers)))
    return np.asarray(total[starts[1:]] - total[starts[:-1]], np.int64)


def _spelling(piece: str, tokens: Sequence[str], words: Sequence[str]) -> str | None:
    """Return a piece in plain spelling, or None where its words do not tell it.

    The Greek sigma alone would depend on the letters around it.
    """
    if words == [_lower(token) for token in tokens]:
        return _lower(piece)
    parts: list[str] = []
    at = 0
    for token, word in zip(tokens, words, strict=True):
        start = piece.index(token, at)
        lowered = _lower(token)
        if word != lowered and (not word or _HARD.search(word)):
            return None
        parts += (_lower(piece[at:start]), word)
        at = start + len(token)
    return "".join([*parts, _lower(piece[at:])]) or None


def _lower(text: str) -> str:
    return text.replace("Σ", "σ").lower()
