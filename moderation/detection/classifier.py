"""A linear model over words: fast, and able to say which words carried a score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit

from moderation.detection.features import Features, FloatArray, length_factor
from moderation.detection.word_table import Chunk, WordTable
from moderation.domain.category import CATEGORIES

_KINDS = len(CATEGORIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """What training learned. Arrays have a row for each of CATEGORIES."""

    features: Features
    coefficients: FloatArray
    """(categories, features)."""
    intercepts: FloatArray
    slopes: FloatArray
    """With offsets: a score's probability is 1 / (1 + exp(-(slope·score + offset)))."""
    offsets: FloatArray

    def scores(self, comments: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """Return (comments, categories) scores, computed the plain way."""
        rows = self.features.of_comments(comments)
        return np.asarray(rows @ self.coefficients.T + self.intercepts, dtype=float)

    def probabilities(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return calibrated probabilities for scores."""
        return np.asarray(expit(scores * self.slopes + self.offsets), dtype=float)


class Classifier:
    """Scores chunks by adding up what each distinct word and known pair is worth."""

    def __init__(self, model: LinearModel, table: WordTable) -> None:
        self._model = model
        self._table = table
        self._word_scores = np.zeros((0, _KINDS), np.float32)
        wide = len(model.features.pairs)
        split = model.coefficients.shape[1] - wide
        self._word_coefficients = model.coefficients[:, :split]
        pairs = model.coefficients[:, split:].T * np.float32(model.features.pair_weight)
        self._pair_scores = np.ascontiguousarray(pairs)
        self._pair_keys, self._base = self._keys(model.features.pairs)

    def probabilities(self, chunk: Chunk) -> NDArray[np.float64]:
        """Return (texts, categories) probabilities."""
        word_scores = self._scores_of_words()
        words = chunk.counts(len(word_scores)) @ word_scores
        total = np.asarray(words + self._pairs_per_text(chunk) @ self._pair_scores)
        factor = length_factor(np.diff(chunk.starts))
        scores = total * factor[:, None] + self._model.intercepts
        return self._model.probabilities(scores.astype(float))

    def shares(self, rows: NDArray[np.int64], kind: int) -> NDArray[np.float64]:
        """Return each word's share of what speaks for a category in one text.

        Half of a pair goes to each of its words. Shares are 0 to 1 and sum to 1, or
        are all 0 where nothing speaks for it.
        """
        worth = self._scores_of_words()[rows, kind].astype(float)
        pairs = self._pair_at(rows)
        known = np.flatnonzero(pairs >= 0)
        halves = self._pair_scores[pairs[known], kind] / 2
        np.add.at(worth, known, halves)
        np.add.at(worth, known + 1, halves)
        worth = np.maximum(worth, 0.0)
        total = float(worth.sum()) or 1.0
        return np.asarray(worth / total, dtype=float)

    def _scores_of_words(self) -> FloatArray:
        """Return what every row of the table is worth, scoring what is new in it."""
        done = len(self._word_scores)
        new = self._table.words[done:]
        if new:
            rows = self._model.features.of_words(new) @ self._word_coefficients.T
            fresh = np.asarray(rows, dtype=np.float32)
            self._word_scores = np.vstack([self._word_scores, fresh])
        return self._word_scores

    def _pairs_per_text(self, chunk: Chunk) -> csr_matrix:
        pairs = self._pair_at(chunk.rows)
        pairs[chunk.starts[1:-1][chunk.starts[1:-1] > 0] - 1] = -1
        at = np.flatnonzero(pairs >= 0)
        text = np.searchsorted(chunk.starts, at, side="right") - 1
        return csr_matrix(
            (np.ones(len(at), np.float32), (text, pairs[at])),
            shape=(len(chunk.texts), len(self._pair_scores)),
        )

    def _pair_at(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each word the number of the pair it begins, or -1."""
        found = np.full(len(rows), -1, np.int64)
        if len(rows) < 2 or not len(self._pair_keys):  # noqa: PLR2004 - no pair
            return found
        first, second = rows[:-1], rows[1:]
        keys = first * self._base + second
        at = np.searchsorted(self._pair_keys, keys)
        at[at == len(self._pair_keys)] = 0
        is_known = (
            (self._pair_keys[at] == keys) & (first < self._base) & (second < self._base)
        )
        found[:-1][is_known] = self._order[at[is_known]]
        return found

    def _keys(self, pairs: dict[str, int]) -> tuple[NDArray[np.int64], int]:
        """Give the words of known pairs the table's first rows, and sort the pairs."""
        rows = [
            (self._table.row_of(first), self._table.row_of(second))
            for first, _, second in (pair.partition(" ") for pair in pairs)
        ]
        base = len(self._table.words)
        keys = np.array([a * base + b for a, b in rows], np.int64)
        self._order = np.argsort(keys)
        return keys[self._order], base
