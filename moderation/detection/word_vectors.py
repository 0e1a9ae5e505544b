"""Words as vectors, learned from which words stand in the same comments."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer

_LENGTH: Final = 100
"""Numbers in a vector, where there are words and comments enough."""
_RAREST_WORD: Final = 2

Floats = NDArray[np.float64]


class WordVectors:
    """Vectors of length one, by which words of the same comments lie near."""

    def __init__(self) -> None:
        self._words = CountVectorizer(
            analyzer=list, binary=True, min_df=_RAREST_WORD, dtype=np.float64
        )
        self._vectors: Floats = np.zeros((0, 0))

    def fit(self, comments: Sequence[Sequence[str]]) -> "WordVectors":
        """Learn from comments, each a list of words."""
        stands_in = csr_matrix(self._words.fit_transform(comments).T)
        length = min(_LENGTH, min(stands_in.shape) - 1)
        vectors = TruncatedSVD(length, random_state=0).fit_transform(stands_in)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        self._vectors = vectors / np.maximum(norms, np.finfo(float).tiny)
        return self

    def of_comments(self, comments: Sequence[Sequence[str]]) -> Floats:
        """Return the mean of each comment's known words, zeros where none is known."""
        counts = self._words.transform(comments)
        known = np.asarray(counts.sum(axis=1)).reshape(-1, 1)
        total = np.asarray(counts @ self._vectors, dtype=float)
        return np.asarray(total / np.maximum(known, 1))
