"""Which rules can match at all, from the words a text has.

Most texts lack a word that a rule cannot do without. Every distinct word is looked
up once; after that only numbers are added.
"""

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from moderation.detection.chunk import Chunk
from moderation.detection.known_pairs import KnownPairs
from moderation.detection.pattern_words import Words, needed_words
from moderation.detection.rule import Lists, Rule
from moderation.detection.word_lists import NONE, WordLists
from moderation.detection.word_table import WordTable

_MOST_COMMON: Final = """
att de den det du en ett för han har hon i inte jag man med ni när om på som så till
vi är och
"""
_EVERYWHERE: Final = frozenset(_MOST_COMMON.split())
"""Words that most comments have: to ask for one of them tells nothing."""
_WORDS: Final = "WORDS"
_LIST: Final = re.compile(r"\{([a-zåäö_]+)\}")
_PART: Final = re.compile(r"[\w*]+")

Pair = tuple[str, str]


class RuleIndex:
    """Groups of words, and for each way a rule can match the groups it needs."""

    def __init__(self, rules: Sequence[Rule], lists: Lists) -> None:
        self._groups: dict[Words, int] = {}
        self._pairs: dict[Pair, set[int]] = {}
        self.lists: list[list[str]] = []
        """The single words of each group."""
        ways = [
            (number, {self._group(words) for words in _telling(way)})
            for number, rule in enumerate(rules)
            for way in _ways(rule, lists)
        ]
        self._word_lists = WordLists(self.lists)
        self._rule_of_way = np.array([number for number, _ in ways], np.int64)
        self._needs = _marks([groups for _, groups in ways], self.width).T.tocsr()
        self._how_many = np.array([len(groups) for _, groups in ways], np.int32)

    @property
    def width(self) -> int:
        """The number of groups."""
        return len(self._groups)

    @property
    def pairs(self) -> list[Pair]:
        """The pairs of neighbouring words that belong to groups."""
        return list(self._pairs)

    def groups_of(self, word: str) -> frozenset[int]:
        """Return the groups that a plain word belongs to."""
        if word.isalnum():
            return self._word_lists.of(word)
        parts = _PART.findall(word)
        pairs = (self.groups_of_pair(pair) for pair in pairwise(parts))
        return NONE.union(*map(self._word_lists.of, (word, *parts)), *pairs)

    def groups_of_pair(self, pair: Pair) -> frozenset[int]:
        """Return the groups that two neighbouring plain words belong to."""
        return frozenset(self._pairs.get(pair, NONE))

    def candidates_of(self, words: Sequence[str]) -> set[int]:
        """Return the numbers of the rules that can match a text of these words."""
        known = [word for word in words if word.strip("_")]
        pairs = map(self.groups_of_pair, pairwise(known))
        groups = NONE.union(*map(self.groups_of, known), *pairs)
        [found] = self.candidates(_marks([groups], self.width))
        return found

    def candidates(self, presence: csr_matrix) -> list[set[int]]:
        """Return for each text the numbers of the rules that can match.

        `presence` is (texts, groups), above 0 where the text has a word of a group.
        """
        is_there = presence.copy()
        is_there.data = np.ones(len(is_there.data), np.int32)
        met = csr_matrix(is_there @ self._needs)
        found: list[set[int]] = [set() for _ in range(met.shape[0])]
        is_whole = met.data == self._how_many[met.indices]
        texts = np.repeat(np.arange(met.shape[0]), np.diff(met.indptr))[is_whole]
        rules = self._rule_of_way[met.indices[is_whole]]
        for text, rule in zip(texts.tolist(), rules.tolist(), strict=True):
            found[text].add(rule)
        return found

    def _group(self, words: Words) -> int:
        number = self._groups.get(words)
        if number is None:
            number = self._groups[words] = len(self._groups)
            self.lists.append(list(filter(None, map(_anchor, words))))
            for pair in filter(None, map(_pair, words)):
                self._pairs.setdefault(pair, set()).add(number)
        return number


class WordGroups:
    """The groups of each row of a word table, as it grows."""

    def __init__(self, index: RuleIndex, table: WordTable) -> None:
        self._index = index
        self._table = table
        self._pairs = KnownPairs(table, index.pairs)
        groups_of_pairs = [index.groups_of_pair(pair) for pair in index.pairs]
        self._groups_of_pairs = _marks(groups_of_pairs, index.width)
        self._groups = array("i")
        self._starts = array("i", [0])
        self._is_word = array("b")

    def presence(self, chunk: Chunk) -> csr_matrix:
        """Return (texts, groups), above 0 where a text has a word of a group."""
        self._look_up_new_rows()
        words = chunk.counts(len(self._is_word)) @ self._marks()
        is_word = np.array(self._is_word, np.bool_)
        rows, starts = _only(is_word, chunk.rows, chunk.starts)
        pairs = self._pairs.per_text(self._pairs.at(rows, starts), starts)
        return csr_matrix(words + pairs @ self._groups_of_pairs)

    def _look_up_new_rows(self) -> None:
        for word in self._table.words[len(self._is_word) :]:
            self._groups.extend(sorted(self._index.groups_of(word)))
            self._starts.append(len(self._groups))
            # A word of signs alone may stand between the two of a pair.
            self._is_word.append(bool(word.strip("_")))

    def _marks(self) -> csr_matrix:
        """Return (words, groups) with 1 where a word belongs to a group."""
        groups = np.array(self._groups, np.int32)
        starts = np.array(self._starts, np.int32)
        ones = np.ones(len(groups), np.float32)
        return csr_matrix(
            (ones, groups, starts), (len(self._is_word), self._index.width)
        )


def _only(
    is_kept: NDArray[np.bool_], rows: NDArray[np.int64], starts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows that are kept, and where each text begins in them."""
    kept = is_kept[rows]
    if kept.all():
        return rows, starts
    before = np.concatenate(([0], np.cumsum(kept)))
    return rows[kept], before[starts]


def _ways(rule: Rule, lists: Lists) -> list[list[Words]]:
    """Return the ways a rule can match, each as the word lists it cannot do without."""
    needed = [
        _expanded(words, lists)
        for words in needed_words(rule.pattern)
        if not any(_WORDS in word for word in words)
    ]
    if rule.needs:
        needed.append(_expanded(rule.needs, lists))
    if rule.tokens:
        return [[*_lists_of(s, rule, lists), *needed] for s in rule.tokens]
    starred = [parts for entry in rule.words if _is_starred(parts := _parts(entry))]
    others = tuple(entry for entry in rule.words if not _is_starred(_parts(entry)))
    ways = [[*((part,) for part in parts), *needed] for parts in starred]
    return [*ways, [others, *needed]] if others else ways


def _parts(entry: str) -> list[str]:
    return _PART.findall(entry) or [entry]


def _is_starred(parts: Sequence[str]) -> bool:
    """Say whether a phrase has no two neighbouring words that are known whole."""
    return len(parts) > 1 and not any(map(_is_whole, pairwise(parts)))


def _pair(entry: str) -> Pair | None:
    """Return the rarest two neighbouring words of a phrase that are known whole."""
    whole = list(filter(_is_whole, pairwise(_parts(entry))))
    return max(whole, key=lambda pair: len("".join(pair))) if whole else None


def _anchor(entry: str) -> str | None:
    """Return the word by which an entry that has no such pair is found."""
    if _pair(entry):
        return None
    longest = max(_parts(entry), key=len)
    return longest if longest.strip("*") else None


def _is_whole(pair: Pair) -> bool:
    return "*" not in "".join(pair)


def _telling(way: Sequence[Words]) -> list[Words]:
    """Return the first word list and those of the others that some texts lack."""
    return [*way[:1], *(w for w in way[1:] if _EVERYWHERE.isdisjoint(w))]


def _expanded(entries: Words, lists: Lists) -> Words:
    """Return entries with each `{list}` as its words."""
    return tuple(word for entry in entries for word in _words_of(entry, lists))


def _words_of(entry: str, lists: Lists) -> Iterable[str]:
    name = _LIST.search(entry)
    if name is None:
        return (entry,)
    before, after = entry[: name.start()], entry[name.end() :]
    return (f"{before}{word}{after}" for word in lists.get(name[1], ()))


def _lists_of(
    sequence: Sequence[str | Mapping[str, object]], rule: Rule, lists: Lists
) -> list[Words]:
    return [
        rule.words if part == "words" else tuple(lists.get(part, ()))
        for part in sequence
        if isinstance(part, str)
    ]


def _marks(rows: Sequence[Iterable[int]], width: int) -> csr_matrix:
    indices = [number for row in rows for number in sorted(row)]
    lengths = [len(list(row)) for row in rows]
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    ones = np.ones(len(indices), np.int32)
    return csr_matrix((ones, np.array(indices, np.int32), starts), (len(rows), width))
