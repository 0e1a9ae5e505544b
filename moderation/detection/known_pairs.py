"""Which known pairs of neighbouring words stand in texts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from moderation.detection.chunk import Rows
from moderation.detection.word_table import WordTable


class KnownPairs:
    """Pairs of words, found in many texts at once by the numbers of their rows."""

    def __init__(self, table: WordTable, pairs: Sequence[tuple[str, str]]) -> None:
        rows = [(table.row_of(first), table.row_of(second)) for first, second in pairs]
        self._base = len(table.words)
        keys = np.array([a * self._base + b for a, b in rows], np.int64)
        self._order = np.argsort(keys)
        self._keys = keys[self._order]
        self._can_be_first = np.zeros(self._base + 1, np.bool_)
        self._can_be_first[[first for first, _ in rows]] = True
        self._can_be_second = np.zeros(self._base + 1, np.bool_)
        self._can_be_second[[second for _, second in rows]] = True

    def at(self, rows: Rows, starts: Rows) -> NDArray[np.int64]:
        """Return for each word the number of the pair it begins, or -1.

        `starts` says where each text begins in rows, and where the last one ends.
        """
        found = np.full(len(rows), -1, np.int64)
        if len(rows) < 2 or not len(self._keys):  # noqa: PLR2004 - no pair
            return found
        known = np.minimum(rows, self._base)
        can_be = self._can_be_first[known[:-1]] & self._can_be_second[known[1:]]
        begins = np.flatnonzero(can_be)
        keys = rows[begins] * self._base + rows[begins + 1]
        at = np.searchsorted(self._keys, keys)
        at[at == len(self._keys)] = 0
        is_known = self._keys[at] == keys
        found[begins[is_known]] = self._order[at[is_known]]
        found[starts[1:-1][starts[1:-1] > 0] - 1] = -1
        return found

    def per_text(self, pairs: NDArray[np.int64], starts: Rows) -> csr_matrix:
        """Return (texts, pairs) with how often each text has each pair."""
        at = np.flatnonzero(pairs >= 0)
        text = np.searchsorted(starts, at, side="right") - 1
        return csr_matrix(
            (np.ones(len(at), np.float32), (text, pairs[at])),
            shape=(len(starts) - 1, len(self._keys)),
        )
