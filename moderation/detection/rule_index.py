"""Which rules can match at all, from the words a text has and their order.

Most texts lack a word that a rule cannot do without, or have it in the wrong place.
Every distinct word is looked up once; after that only numbers are compared.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Final, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from moderation.detection.chunk import Rows
from moderation.detection.pattern_words import Needed, Words, needed_words
from moderation.detection.rule import Lists, Rule
from moderation.detection.word_lists import NONE, WordLists

_MOST_COMMON: Final = """
att de den det du en ett för han har hon i inte jag man med ni när om på som så till
vi är och
"""
_EVERYWHERE: Final = frozenset(_MOST_COMMON.split())
"""Words that most comments have: to ask for one of them tells nothing."""
_WORDS: Final = "WORDS"
_LIST: Final = re.compile(r"\{([a-zåäö_]+)\}")
_PART: Final = re.compile(r"[\w*]+")

NO_GROUP: Final = -1
Pair = tuple[str, str]


class _Way(NamedTuple):
    """One way a rule can match, as the word lists it cannot do without."""

    ordered: Sequence[Words]
    """One after the other."""
    telling: Sequence[Words]
    """In whatever order, those that some texts lack."""


class RuleIndex:
    """Groups of words, and for each way a rule can match the groups it needs."""

    def __init__(self, rules: Sequence[Rule], lists: Lists) -> None:
        self._groups: dict[Words, int] = {}
        self._pairs: dict[Pair, set[int]] = {}
        self._lists: list[list[str]] = []
        """The single words of each group."""
        self._in_phrases: dict[str, set[int]] = {}
        ways = [(n, way) for n, rule in enumerate(rules) for way in _ways(rule, lists)]
        self.rule_of_way = np.array([number for number, _ in ways], np.int64)
        orders = [list(map(self._group, way.ordered)) for _, way in ways]
        needs = [set(map(self._group, way.telling)) for _, way in ways]
        self.telling = NONE.union(*needs)
        """The groups by which a rule is first thought of."""
        self.steps = list(map(np.array, zip_longest(*orders, fillvalue=NO_GROUP)))
        """For the first, second ... word of each way, in its order: the group."""
        self._word_lists = WordLists(self._lists)
        self._needs = group_marks(needs, self.width).T.tocsr()
        self._how_many = np.array(list(map(len, needs)), np.int32)

    @property
    def width(self) -> int:
        """The number of groups."""
        return len(self._groups)

    @property
    def telling_lists(self) -> list[Sequence[str]]:
        """The single words of each telling group."""
        return [self._lists[group] for group in sorted(self.telling)]

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

    def groups_with(self, word: str) -> frozenset[int]:
        """Return the groups that a plain word is in, alone or in a phrase."""
        parts = _PART.findall(word)
        phrases = (self._in_phrases.get(part, NONE) for part in parts)
        return self.groups_of(word).union(*phrases)

    def candidates_of(self, words: Sequence[str]) -> set[int]:
        """Return the numbers of the rules that can match a text of these words."""
        known = [word for word in words if word.strip("_")]
        pairs = map(self.groups_of_pair, pairwise(known))
        groups = NONE.union(*map(self.groups_of, known), *pairs)
        _, ways = self.met(group_marks([groups], self.width))
        return set(self.rule_of_way[ways].tolist())

    def met(self, presence: csr_matrix) -> tuple[Rows, Rows]:
        """Return texts, and ways to match of which they have all telling groups.

        `presence` is (texts, groups), above 0 where the text has a word of a group.
        """
        is_there = presence.copy()
        is_there.data = np.ones(len(is_there.data), np.int32)
        met = csr_matrix(is_there @ self._needs)
        is_whole = met.data == self._how_many[met.indices]
        texts = np.repeat(np.arange(met.shape[0]), np.diff(met.indptr))
        return texts[is_whole], met.indices[is_whole].astype(np.int64)

    def _group(self, words: Words) -> int:
        number = self._groups.get(words)
        if number is None:
            number = self._groups[words] = len(self._groups)
            self._lists.append(list(filter(None, map(_anchor, words))))
            for pair in filter(None, map(_pair, words)):
                self._pairs.setdefault(pair, set()).add(number)
                rarer = max(pair, key=len)
                self._in_phrases.setdefault(rarer, set()).add(number)
        return number


def _ways(rule: Rule, lists: Lists) -> list[_Way]:
    """Return the ways a rule can match."""
    needed = _needed(rule, lists)
    if rule.tokens:
        telling = [one.words for one in needed if _is_telling(one.words)]
        return [_Way((), [*_lists_of(s, rule, lists), *telling]) for s in rule.tokens]
    starred = [parts for entry in rule.words if _is_starred(parts := _parts(entry))]
    others = tuple(entry for entry in rule.words if not _is_starred(_parts(entry)))
    ways = [_way([(part,) for part in parts], needed) for parts in starred]
    return [*ways, _way([others], needed)] if others else ways


def _needed(rule: Rule, lists: Lists) -> list[Needed]:
    needed = [
        Needed(_expanded(one.words, lists), one.is_in_order)
        for one in needed_words(rule.pattern)
    ]
    if rule.needs:
        needed.append(Needed(_expanded(rule.needs, lists), is_in_order=False))
    return needed


def _way(own: Sequence[Words], needed: Sequence[Needed]) -> _Way:
    """Return a way with a rule's own words where its pattern has them."""
    ordered: list[Words] = []
    telling = list(own)
    for words, is_in_order in needed:
        if any(_WORDS in word for word in words):
            ordered += own if is_in_order and len(words) == 1 else ()
            continue
        ordered += [words] if is_in_order else ()
        telling += [words] if _is_telling(words) else ()
    return _Way(ordered, telling)


def _is_telling(words: Words) -> bool:
    return _EVERYWHERE.isdisjoint(words)


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


def group_marks(rows: Sequence[Iterable[int]], width: int) -> csr_matrix:
    """Return (rows, groups) with 1 where a row has a group."""
    indices = [number for row in rows for number in sorted(row)]
    lengths = [len(list(row)) for row in rows]
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    ones = np.ones(len(indices), np.int32)
    return csr_matrix((ones, np.array(indices, np.int32), starts), (len(rows), width))
