"""Which rules can match some texts, by the words of a table and their order."""

from array import array
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from moderation.detection.chunk import Chunk, Rows, spread
from moderation.detection.known_pairs import KnownPairs
from moderation.detection.rule_index import NO_GROUP, RuleIndex, group_marks
from moderation.detection.word_table import WordTable

_NOWHERE: Final = -1


class WordGroups:
    """The groups of each row of a word table, as it grows."""

    def __init__(self, index: RuleIndex, table: WordTable) -> None:
        self._index = index
        self._table = table
        self._pairs = KnownPairs(table, index.pairs)
        groups_of_pairs = [index.groups_of_pair(pair) for pair in index.pairs]
        self._groups_of_pairs = group_marks(groups_of_pairs, index.width)
        self._kinds = _Kinds(index)
        self._kind = array("q")
        """The kind of each row: what groups it belongs to."""
        self._is_word = array("b")

    def candidates(self, chunk: Chunk) -> list[set[int]]:
        """Return for each text the numbers of the rules that can match."""
        self._look_up_new_rows()
        kinds = np.array(self._kind, np.int64)[chunk.rows]
        texts, ways = self._index.met(self._presence(chunk, kinds))
        is_right = self._are_in_order(kinds, chunk.starts, texts, ways)
        rules = self._index.rule_of_way[ways[is_right]].tolist()
        found: list[set[int]] = [set() for _ in chunk.texts]
        for text, rule in zip(texts[is_right].tolist(), rules, strict=True):
            found[text].add(rule)
        return found

    def _look_up_new_rows(self) -> None:
        for word in self._table.words[len(self._kind) :]:
            self._kind.append(self._kinds.of(word))
            # A word of signs alone may stand between the two of a pair.
            self._is_word.append(bool(word.strip("_")))

    def _presence(self, chunk: Chunk, kinds: Rows) -> csr_matrix:
        """Return (texts, groups), above 0 where a text has a word of a group."""
        ones = np.ones(len(kinds), np.int32)
        shape = (len(chunk.texts), len(self._kinds))
        words = csr_matrix((ones, kinds, chunk.starts), shape) @ self._kinds.marks
        is_word = np.array(self._is_word, np.bool_)
        rows, starts = _only(is_word, chunk.rows, chunk.starts)
        pairs = self._pairs.per_text(self._pairs.at(rows, starts), starts)
        return csr_matrix(words + pairs @ self._groups_of_pairs)

    def _are_in_order(
        self, kinds: Rows, starts: Rows, texts: Rows, ways: Rows
    ) -> NDArray[np.bool_]:
        """Say for each text and way whether the text's words allow the way's order."""
        is_in_group = self._kinds.is_in_group
        is_right = np.ones(len(ways), np.bool_)
        left = np.arange(len(ways))
        at = starts[texts]
        for group_of_way in self._index.steps:
            groups = group_of_way[ways[left]]
            is_longer = groups != NO_GROUP
            left, at, groups = left[is_longer], at[is_longer], groups[is_longer]
            at = _next(is_in_group, kinds, groups, at, starts[texts[left] + 1])
            is_right[left[at == _NOWHERE]] = False
            left, at = left[at != _NOWHERE], at[at != _NOWHERE]
        return is_right


class _Kinds:
    """The different sets of groups that words belong to, by number."""

    def __init__(self, index: RuleIndex) -> None:
        self._index = index
        self._numbers: dict[tuple[frozenset[int], frozenset[int]], int] = {}
        self._telling = array("i")
        self._starts = array("i", [0])
        self._new: list[frozenset[int]] = []
        self._is_in_group = np.zeros((0, index.width), np.bool_)

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, word: str) -> int:
        """Return the kind of a plain word."""
        alone, at_all = self._index.groups_of(word), self._index.groups_with(word)
        number = self._numbers.get((alone, at_all))
        if number is None:
            number = self._numbers[alone, at_all] = len(self._numbers)
            self._telling.extend(sorted(self._index.telling & alone))
            self._starts.append(len(self._telling))
            self._new.append(at_all)
        return number

    @property
    def marks(self) -> csr_matrix:
        """(kinds, groups) with 1 where a word of the kind alone tells of the group."""
        groups = np.array(self._telling, np.int32)
        starts = np.array(self._starts, np.int32)
        ones = np.ones(len(groups), np.int32)
        return csr_matrix((ones, groups, starts), (len(self), self._index.width))

    @property
    def is_in_group(self) -> NDArray[np.bool_]:
        """(kinds, groups) Whether a word of the kind is in the group at all."""
        if self._new:
            added = group_marks(self._new, self._index.width).toarray() > 0
            self._is_in_group = np.concatenate([self._is_in_group, added])
            self._new = []
        return self._is_in_group


def _next(
    is_in_group: NDArray[np.bool_], kinds: Rows, groups: Rows, begins: Rows, ends: Rows
) -> Rows:
    """Return for each stretch of words the first that is of its group, or NOWHERE.

    `is_in_group` is (kinds, groups); `kinds` has the kind of every word.
    """
    lengths = ends - begins
    words = spread(begins, lengths)
    stretches = np.repeat(np.arange(len(groups)), lengths)
    hits = np.flatnonzero(is_in_group[kinds[words], groups[stretches]])
    found, first = np.unique(stretches[hits], return_index=True)
    places = np.full(len(groups), _NOWHERE, np.int64)
    places[found] = words[hits[first]]
    return places


def _only(is_kept: NDArray[np.bool_], rows: Rows, starts: Rows) -> tuple[Rows, Rows]:
    """Return the rows that are kept, and where each text begins in them."""
    kept = is_kept[rows]
    if kept.all():
        return rows, starts
    before = np.concatenate(([0], np.cumsum(kept)))
    return rows[kept], before[starts]
