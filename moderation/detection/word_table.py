"""The distinct words met so far: each is looked at once, then only counted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from moderation.detection.normalise import (
    TOKEN,
    Normaliser,
    loosened,
    may_be_spaced,
    tokens_of,
)

MOST_WORDS: Final = 200_000
"""After these the table is begun anew, so that memory does not grow with the file."""

_LATIN: Final = re.compile(r"[a-zåäö]")

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some texts as rows of the word table, one after the other."""

    texts: Sequence[str]
    rows: Rows
    """The row of every word of every text, in order."""
    starts: Rows
    """Where each text begins in rows; one more than there are texts."""
    plain: Sequence[str | None]
    """Each text in plain spelling where that is only lower case, otherwise None."""

    def rows_of(self, i: int) -> Rows:
        """Return the rows of one text's words."""
        return self.rows[self.starts[i] : self.starts[i + 1]]

    def sums(self, marks: NDArray[np.int64]) -> Rows:
        """Return each text's sum of a number that every row has."""
        total = np.concatenate(([0], np.cumsum(marks[self.rows])))
        return total[self.starts[1:]] - total[self.starts[:-1]]

    def counts(self, words: int) -> csr_matrix:
        """Return (texts, words) with how often each text has each word."""
        ones = np.ones(len(self.rows), np.float32)
        return csr_matrix((ones, self.rows, self.starts), (len(self.texts), words))

    def one(self, i: int) -> "Chunk":
        """Return one text as a chunk of its own."""
        rows = self.rows_of(i)
        return Chunk([self.texts[i]], rows, np.array([0, len(rows)]), [self.plain[i]])


class WordTable(dict[str, int]):
    """Words as written, each with the row of its plain spelling."""

    def __init__(self, normaliser: Normaliser) -> None:
        super().__init__()
        self.words: list[str] = []
        """The plain spelling of each row."""
        self._normaliser = normaliser
        self._row_of_word: dict[str, int] = {}
        self._disguised: set[str] = set()

    def __missing__(self, token: str) -> int:
        word = self._normaliser.word(token)
        if word != token.lower():
            self._disguised.add(token)
        row = self.row_of(word)
        self[token] = row
        return row

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
        return len(self) > MOST_WORDS

    def chunk(self, texts: Sequence[str]) -> Chunk:
        """Divide texts into words and return their rows."""
        rows: list[int] = []
        starts = [0]
        plain: list[str | None] = []
        row_of, disguised = self.__getitem__, self._disguised
        for text in texts:
            tokens = tokens_of(text)
            if may_be_spaced(text, tokens) and self._normaliser.is_spaced(text):
                whole = self._normaliser.normalise(text).text
                rows.extend(map(self.row_of, TOKEN.findall(whole)))
                plain.append(None)
            else:
                rows.extend(map(row_of, tokens))
                is_plain = disguised.isdisjoint(tokens)
                plain.append(_lower(text) if is_plain else None)
            starts.append(len(rows))
        return Chunk(texts, np.array(rows, np.int64), np.array(starts, np.int64), plain)

    def is_latin(self, start: int) -> NDArray[np.int64]:
        """Return 1 for each row from start that has a Latin letter, otherwise 0."""
        return np.array(
            [bool(_LATIN.search(word)) for word in self.words[start:]], np.int64
        )


def _lower(text: str) -> str:
    """Return the text in lower case and loosened.

    The Greek sigma alone would depend on the letters around it.
    """
    return loosened(text.replace("Σ", "σ").lower())
