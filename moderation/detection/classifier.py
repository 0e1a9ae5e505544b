"""A linear model over words: fast, and able to say which words carried a score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from moderation.detection.chunk import Chunk
from moderation.detection.features import Features, FloatArray, length_factor
from moderation.detection.known_pairs import KnownPairs
from moderation.detection.word_table import WordTable
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What a chunk's texts scored, and what each word had a share in."""

    probabilities: NDArray[np.float64]
    """(texts, categories)."""
    chunk: Chunk
    pairs: NDArray[np.int64]
    """The known pair that each word begins, or -1."""
    word_scores: FloatArray
    pair_scores: FloatArray

    def shares(self, i: int, kind: int) -> NDArray[np.float64]:
        """Return each word's share of what speaks for a category in one text.

        Half of a pair goes to each of its words. Shares are 0 to 1 and sum to 1, or
        are all 0 where nothing speaks for it.
        """
        start, end = self.chunk.starts[i], self.chunk.starts[i + 1]
        worth = self.word_scores[self.chunk.rows[start:end], kind].astype(float)
        pairs = self.pairs[start:end]
        known = (pairs >= 0).nonzero()[0]
        halves = self.pair_scores[pairs[known], kind] / 2
        worth[known] += halves
        worth[known + 1] += halves
        worth = np.maximum(worth, 0.0)
        total = float(worth.sum()) or 1.0
        return np.asarray(worth / total, dtype=float)


class Classifier:
    """Scores chunks by adding up what each distinct word and known pair is worth."""

    def __init__(self, model: LinearModel, table: WordTable) -> None:
        self._model = model
        self._table = table
        self._word_scores = np.zeros((0, _KINDS), np.float32)
        wide = len(model.features.pairs)
        split = model.coefficients.shape[1] - wide
        self._word_coefficients = np.ascontiguousarray(model.coefficients[:, :split].T)
        worth = model.coefficients[:, split:].T * np.float32(model.features.pair_weight)
        self._pair_scores = np.ascontiguousarray(worth)
        pairs = [(a, b) for a, _, b in map(_parted, model.features.pairs)]
        self._pairs = KnownPairs(table, pairs)

    def score(self, chunk: Chunk) -> "Scored":
        """Score every text of a chunk."""
        word_scores = self._scores_of_words()
        words = chunk.counts(len(word_scores)) @ word_scores
        pairs = self._pairs.at(chunk.rows, chunk.starts)
        per_text = self._pairs.per_text(pairs, chunk.starts)
        total = np.asarray(words + per_text @ self._pair_scores)
        factor = length_factor(np.diff(chunk.starts))
        scores = total * factor[:, None] + self._model.intercepts
        return Scored(
            probabilities=self._model.probabilities(scores.astype(float)),
            chunk=chunk,
            pairs=pairs,
            word_scores=word_scores,
            pair_scores=self._pair_scores,
        )

    def _scores_of_words(self) -> FloatArray:
        """Return what every row of the table is worth, scoring what is new in it."""
        done = len(self._word_scores)
        new = self._table.words[done:]
        if new:
            rows = self._model.features.of_words(new) @ self._word_coefficients
            fresh = np.asarray(rows, dtype=np.float32)
            self._word_scores = np.vstack([self._word_scores, fresh])
        return self._word_scores


def _parted(pair: str) -> tuple[str, str, str]:
    return pair.partition(" ")
