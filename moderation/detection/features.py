"""What the classifier sees of a comment: its words, one by one, and its word pairs.

A comment's features are the sum of its words' and pairs' features, divided by a
length factor. So a linear score of a comment is a sum over its words and pairs,
each of which can be scored once and kept.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack

from moderation.detection.letter_groups import KnownGroups, groups_of
from moderation.detection.normalise import TOKEN, Normaliser
from moderation.detection.word_lists import NONE, WordLists

LENGTH_POWER: Final = 0.5
"""A comment's sum is divided by its number of words to this power."""
LONG: Final = 40
"""Words after which a comment's sum is divided by their number instead. Else whatever
is long enough would be suspected: an official answer of 200 words of everything.
Chosen on writers left out of training: 25 words did worse, no such end worse on texts
longer than this."""

_GROUP_WEIGHT: Final = 0.5
_WHOLE_WEIGHT: Final = 0.5
_PAIR_WEIGHT: Final = 0.5
_RAREST_WORD: Final = 3
"""Comments that a word must stand in to be known whole; pairs and lists likewise."""
_MOST_RARE: Final = 8.0
"""The logarithm of how rare a list must be to weigh as much as a whole word."""

FloatArray = NDArray[np.float32]


def words_of(text: str, normaliser: Normaliser) -> list[str]:
    """Return a comment's words in plain spelling, in order."""
    if normaliser.is_spaced(text):
        return TOKEN.findall(normaliser.normalise(text).text)
    return [normaliser.word(token) for token in TOKEN.findall(text)]


def pairs_of(words: Sequence[str]) -> list[str]:
    """Return each two neighbouring words, joined by a space."""
    return [f"{a} {b}" for a, b in pairwise(words)]


def length_factor(counts: NDArray[np.int64]) -> FloatArray:
    """Return what each comment's sum is multiplied by, from its number of words."""
    words = np.maximum(counts, 1).astype(np.float32)
    short = np.minimum(words, LONG) ** -LENGTH_POWER
    return np.asarray(short * np.minimum(1, LONG / words), np.float32)


class Features:
    """Letter groups inside words, known whole words, word lists, and known pairs."""

    def __init__(self) -> None:
        self.groups: dict[str, int] = {}
        self.rarity: FloatArray = np.zeros(0, np.float32)
        """What each group is worth: the rarer, the more."""
        self.whole: dict[str, int] = {}
        self.lists: list[Sequence[str]] = []
        """The words of each list, as WordLists reads them."""
        self.list_worth: FloatArray = np.zeros(0, np.float32)
        """What a word of each list is worth: the rarer the list, the more."""
        self.pairs: dict[str, int] = {}

    def fit(
        self,
        comments: Sequence[Sequence[str]],
        lists: Sequence[Sequence[str]] = (),
    ) -> "Features":
        """Learn from comments, each a list of words, with what lists tell of words."""
        self._fit_lists(comments, lists)
        self.whole = _known(set(words) for words in comments)
        self.pairs = _known(set(pairs_of(words)) for words in comments)
        self._fit_groups(sorted({word for words in comments for word in words}))
        return self

    def _fit_lists(
        self, comments: Sequence[Sequence[str]], lists: Sequence[Sequence[str]]
    ) -> None:
        known = WordLists(lists)
        met = Counter(
            number
            for words in comments
            for number in NONE.union(*map(known.of, set(words)))
        )
        kept = [number for number in sorted(met) if met[number] >= _RAREST_WORD]
        self.lists = [lists[number] for number in kept]
        share = np.array([met[number] / len(comments) for number in kept])
        self.list_worth = (-np.log(share) / _MOST_RARE).astype(np.float32)

    def _fit_groups(self, words: Sequence[str]) -> None:
        # Imported here: using a trained model need not wait seconds for scikit-learn.
        from sklearn.feature_extraction.text import (  # noqa: PLC0415 - see above
            TfidfVectorizer,
        )

        parts = TfidfVectorizer(analyzer=groups_of, min_df=3, dtype=np.float32)
        parts.fit(words)
        self.groups = {
            group: i for i, group in enumerate(parts.get_feature_names_out())
        }
        self.rarity = parts.idf_

    def __getstate__(self) -> dict[str, object]:
        """Return what was learned, without what is made of it when first used."""
        made = ("_known_groups", "_word_lists")
        return {key: value for key, value in vars(self).items() if key not in made}

    @cached_property
    def _word_lists(self) -> WordLists:
        return WordLists(self.lists)

    @cached_property
    def _known_groups(self) -> KnownGroups:
        return KnownGroups(self.groups)

    @property
    def width(self) -> int:
        """The number of features."""
        words = len(self.groups) + len(self.whole) + len(self.lists)
        return words + len(self.pairs)

    @property
    def pair_weight(self) -> float:
        """What one pair adds to its feature."""
        return _PAIR_WEIGHT

    def of_words(self, words: Sequence[str]) -> csr_matrix:
        """Return one row a word over letter groups, whole words and lists."""
        whole = _rows([[word] for word in words], self.whole) * _WHOLE_WEIGHT
        groups = self._of_parts(words) * _GROUP_WEIGHT
        return csr_matrix(hstack([groups, whole, self._of_lists(words)]))

    def _of_lists(self, words: Sequence[str]) -> csr_matrix:
        found = [sorted(self._word_lists.of(word)) for word in words]
        columns = np.array(list(chain.from_iterable(found)), np.int32)
        starts = np.cumsum([0, *map(len, found)])
        return csr_matrix(
            (self.list_worth[columns], columns, starts), (len(words), len(self.lists))
        )

    def _of_parts(self, words: Sequence[str]) -> csr_matrix:
        """Return what scikit-learn's TfidfVectorizer would, many times as fast."""
        known = len(self.groups)
        rows, columns = self._known_groups.found_in(words)
        cells, counts = np.unique(rows * known + columns, return_counts=True)
        row, column = np.divmod(cells, known)
        weights = (1 + np.log(counts)) * self.rarity[column]
        norms = np.sqrt(np.bincount(row, weights**2, len(words)))
        return csr_matrix(
            ((weights / norms[row]).astype(np.float32), (row, column)),
            shape=(len(words), known),
        )

    def of_comments(self, comments: Sequence[Sequence[str]]) -> csr_matrix:
        """Return one row a comment over all features."""
        distinct = sorted({word for words in comments for word in words}) or [""]
        column = {word: i for i, word in enumerate(distinct)}
        counts = _rows(comments, column)
        words = counts @ self.of_words(distinct)
        pairs = _rows([pairs_of(c) for c in comments], self.pairs) * _PAIR_WEIGHT
        factor = length_factor(np.array([len(c) for c in comments], dtype=np.int64))
        return csr_matrix(diags(factor) @ hstack([words, pairs]))


def _known(comments: Iterable[set[str]]) -> dict[str, int]:
    """Give a number to what stands in enough comments, in alphabetical order."""
    counts = Counter(item for items in comments for item in items)
    kept = sorted(item for item, count in counts.items() if count >= _RAREST_WORD)
    return {item: i for i, item in enumerate(kept)}


def _rows(items: Sequence[Sequence[str]], column: dict[str, int]) -> csr_matrix:
    """Return how often each known item stands in each row."""
    indices = [column[item] for row in items for item in row if item in column]
    lengths = [sum(item in column for item in row) for row in items]
    return csr_matrix(
        (
            np.ones(len(indices), dtype=np.float32),
            np.array(indices, dtype=np.int32),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        ),
        shape=(len(items), len(column)),
    )
