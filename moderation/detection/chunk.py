"""Some texts at once, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from moderation.detection.normalise import lower, may_have_pauses, without_pauses

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
    """Whether each text has signs without which it has no personal data."""
    pieces: Rows
    """The number of every piece of every text, in order."""
    piece_starts: Rows
    """Where each text begins in pieces; one more than there are texts."""
    is_lowered: NDArray[np.bool_]
    """Whether each text in plain spelling is just the text in lower case."""
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
        joined = self._joined(i)
        if joined is None:
            return None
        # White space around a text tells whether a dash at its ends is loose.
        text = self.texts[i]
        padded = f"{' ' * text[:1].isspace()}{joined}{' ' * text[-1:].isspace()}"
        return without_pauses(padded) if may_have_pauses(padded) else joined

    def _joined(self, i: int) -> str | None:
        if self.is_lowered[i]:
            return " ".join(lower(self.texts[i]).split())
        pieces = self.pieces[self.piece_starts[i] : self.piece_starts[i + 1]].tolist()
        found = [self.spellings[piece] for piece in pieces]
        return None if None in found else " ".join(cast("list[str]", found))

    def sums(self, marks: NDArray[np.int64]) -> Rows:
        """Return each text's sum of a number that every row has."""
        return sums(marks[self.rows], self.starts)

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
            is_lowered=self.is_lowered[i : i + 1],
            spellings=self.spellings,
            spaced={0: self.spaced[i]} if i in self.spaced else {},
        )


def sums(numbers: Rows, starts: Rows) -> Rows:
    """Return the sum of the numbers from each start to the next."""
    total = np.concatenate(([0], np.cumsum(numbers)))
    return np.asarray(total[starts[1:]] - total[starts[:-1]], np.int64)


def spread(firsts: Rows, lengths: Rows) -> Rows:
    """Return the numbers from each first on, as many as its length."""
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return np.arange(starts[-1]) + np.repeat(firsts - starts[:-1], lengths)
