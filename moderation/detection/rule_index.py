"""Which rules can match at all, from the words a text has.

Most texts lack a word that a rule cannot do without. Every distinct word is looked
up once; after that only numbers are added.
"""

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix

from moderation.detection.rule import Lists, Rule, needed_lists

NONE: Final[frozenset[int]] = frozenset()
_PART: Final = re.compile(r"[\w*]+")

Words = tuple[str, ...]


class RuleIndex:
    """Groups of words, and for each way a rule can match the groups it needs."""

    def __init__(self, rules: Sequence[Rule], lists: Lists) -> None:
        self._groups: dict[Words, int] = {}
        self._exact: dict[str, set[int]] = {}
        self._prefixes: dict[str, set[int]] = {}
        self._parts: dict[str, set[int]] = {}
        ways = [
            (number, {self._group(words) for words in way})
            for number, rule in enumerate(rules)
            for way in _ways(rule, lists)
        ]
        self._lengths = sorted({len(prefix) for prefix in self._prefixes})
        self._rule_of_way = np.array([number for number, _ in ways], np.int64)
        self._needs = _marks([groups for _, groups in ways], len(self._groups))
        self._how_many = np.array([len(groups) for _, groups in ways], np.int64)

    @property
    def width(self) -> int:
        """The number of groups."""
        return len(self._groups)

    def groups_of(self, word: str) -> frozenset[int]:
        """Return the groups that a plain word belongs to."""
        found: set[int] = set()
        found |= self._exact.get(word, NONE)
        for length in self._lengths:
            if length > len(word):
                break
            found |= self._prefixes.get(word[:length], NONE)
        for part, groups in self._parts.items():
            if part in word:
                found |= groups
        return frozenset(found) if found else NONE

    def marks(self, rows: Sequence[frozenset[int]]) -> csr_matrix:
        """Return (words, groups) with 1 where a word belongs to a group."""
        return _marks(rows, len(self._groups))

    def candidates(self, presence: csr_matrix) -> list[set[int]]:
        """Return for each text the numbers of the rules that can match.

        `presence` is (texts, groups), above 0 where the text has a word of a group.
        """
        is_there = presence.copy()
        is_there.data = np.ones(len(is_there.data), np.int64)
        met = csr_matrix(is_there @ self._needs.T)
        found: list[set[int]] = [set() for _ in range(met.shape[0])]
        is_whole = met.data == self._how_many[met.indices]
        texts = np.repeat(np.arange(met.shape[0]), np.diff(met.indptr))[is_whole]
        rules = self._rule_of_way[met.indices[is_whole]]
        for text, rule in zip(texts.tolist(), rules.tolist(), strict=True):
            found[text].add(rule)
        return found

    def _group(self, words: Words) -> int:
        number = self._groups.setdefault(words, len(self._groups))
        for word in words:
            self._add(_rarest(_parts(word))[0], number)
        return number

    def _add(self, anchor: str, number: int) -> None:
        if anchor.startswith("*"):
            table = self._parts
        elif "*" in anchor:
            table = self._prefixes
        else:
            table = self._exact
        known = anchor.lstrip("*").partition("*")[0]
        table.setdefault(known, set()).add(number)


class WordGroups:
    """The groups of each row of a word table, as it grows."""

    def __init__(self, index: RuleIndex) -> None:
        self._index = index
        self._groups = array("q")
        self._starts = array("q", [0])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def extend(self, words: Iterable[str]) -> None:
        """Look up the groups of further words."""
        for word in words:
            self._groups.extend(sorted(self._index.groups_of(word)))
            self._starts.append(len(self._groups))

    def marks(self) -> csr_matrix:
        """Return (words, groups) with 1 where a word belongs to a group."""
        groups = np.array(self._groups, np.int64)
        starts = np.array(self._starts, np.int64)
        ones = np.ones(len(groups), np.int64)
        return csr_matrix((ones, groups, starts), (len(self), self._index.width))


def _ways(rule: Rule, lists: Lists) -> list[list[Words]]:
    """Return the ways a rule can match, each as the word lists it cannot do without.

    A phrase among the words is a way of its own, which needs each of its words.
    """
    needed = [tuple(lists[name]) for name in needed_lists(rule.pattern, lists)]
    if rule.needs:
        needed.append(_expanded(rule.needs, lists))
    if rule.tokens:
        return [[*_lists_of(s, rule, lists), *needed] for s in rule.tokens]
    phrases = [parts for entry in rule.words if len(parts := _parts(entry)) > 1]
    singles = tuple(entry for entry in rule.words if len(_parts(entry)) == 1)
    ways = [[*((part,) for part in _rarest(parts)), *needed] for parts in phrases]
    return [*ways, [singles, *needed]] if singles else ways


def _expanded(entries: Words, lists: Lists) -> Words:
    """Return entries with each `{list}` as its words."""
    return tuple(
        word
        for entry in entries
        for word in (lists.get(entry[1:-1], ()) if entry.startswith("{") else (entry,))
    )


def _lists_of(
    sequence: Sequence[str | Mapping[str, object]], rule: Rule, lists: Lists
) -> list[Words]:
    return [
        rule.words if part == "words" else tuple(lists.get(part, ()))
        for part in sequence
        if isinstance(part, str)
    ]


def _parts(entry: str) -> list[str]:
    return _PART.findall(entry) or [entry]


def _rarest(parts: list[str]) -> list[str]:
    """Return the two longest words of a phrase: the rarest to meet, as a rule."""
    return sorted(parts, key=len, reverse=True)[:2]


def _marks(rows: Sequence[Iterable[int]], width: int) -> csr_matrix:
    indices = [number for row in rows for number in sorted(row)]
    lengths = [len(list(row)) for row in rows]
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    ones = np.ones(len(indices), np.int64)
    return csr_matrix((ones, np.array(indices, np.int64), starts), (len(rows), width))
