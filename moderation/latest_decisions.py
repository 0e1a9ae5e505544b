"""The latest decisions by the words of their texts, kept up with the log as it grows.

Reading them all again for every comment that is looked at took a tenth of a second.
"""

import hashlib
import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from moderation.domain.comment import CommentRef
from moderation.domain.decision import Action
from moderation.domain.ports import Store
from moderation.domain.ports_deciding import DecidedText

COMPARED: Final = 2_000
"""The latest decisions that are looked at."""
_STEM: Final = 6
"""Letters of a word that are compared, so that «kommunen» and «kommunens» agree."""
WORD: Final = re.compile(r"[^\W\d_]{3,}")
SAME: Final = 2.0
"""How like the very same text is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is kept of a decision: no text, only what its words begin with."""

    ref: CommentRef
    hides: bool
    digest: bytes
    words: frozenset[str]


class LatestDecisions:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers: deque[int] = deque()
        """Of all entries in view, also of reversals; the newest last."""
        self._known: dict[int, _Known] = {}
        self._with_word: defaultdict[str, set[int]] = defaultdict(set)
        self._counts: Counter[str] = Counter()

    def alike(
        self, text: str, *, but: CommentRef, store: Store, least: float
    ) -> dict[int, float]:
        """Return entries on texts at least so like, with 0 to 1 for how like they are.

        Two texts are as like as the words that they share are rare among the latest
        decisions; the very same text has 2. A comment's own entries are left out.
        """
        with self._lock:
            self._catch_up(store)
            found = self._scores(text, least)
            return {n: score for n, score in found.items() if self._ref(n) != but}

    def weights(self, text: str) -> Mapping[str, float]:
        """Return what each of the words of a text weighs: the rarer, the more."""
        return {word: self._rarity(word) for word in words_of(text)}

    def _catch_up(self, store: Store) -> None:
        last = self._numbers[-1] if self._numbers else 0
        for decided in reversed(store.recent_decisions(limit=COMPARED, after=last)):
            self._take_in(decided)
        while len(self._numbers) > COMPARED:
            self._forget(self._numbers.popleft())

    def _take_in(self, decided: DecidedText) -> None:
        self._numbers.append(decided.number)
        if decided.action == Action.UNDO:
            self._forget(decided.undoes)
            return
        if decided.action == Action.RESTORE:
            self._forget_hidings(decided.ref)
            return
        words = words_of(decided.text)
        self._known[decided.number] = _Known(
            ref=decided.ref,
            hides=decided.action == Action.HIDE,
            digest=_digest(decided.text),
            words=words,
        )
        self._counts.update(words)
        for word in words:
            self._with_word[word].add(decided.number)

    def _forget_hidings(self, ref: CommentRef) -> None:
        known = self._known.items()
        for number in [n for n, one in known if one.ref == ref and one.hides]:
            self._forget(number)

    def _forget(self, number: int | None) -> None:
        known = None if number is None else self._known.pop(number, None)
        if known is None or number is None:
            return
        self._counts.subtract(known.words)
        for word in known.words:
            self._with_word[word].discard(number)
            if not self._with_word[word]:
                del self._with_word[word], self._counts[word]

    def _ref(self, number: int) -> CommentRef:
        return self._known[number].ref

    def _rarity(self, word: str) -> float:
        """Return a word's weight; one never seen is as rare as the rarest."""
        if not self._known:
            return 0.0
        count = max(self._counts.get(word, 0), 1)
        return math.log((len(self._known) + 1) / (count + 0.5))

    def _scores(self, text: str, least: float) -> dict[int, float]:
        own = self.weights(text)
        total = sum(own.values())
        shared: defaultdict[int, float] = defaultdict(float)
        for word, weight in own.items():
            for number in self._with_word.get(word, ()):
                shared[number] += weight
        return {
            number: score
            for number, weight in shared.items()
            if weight >= least * total
            and (score := self._score(number, weight, total)) >= least
        } | self._same(text)

    def _score(self, number: int, shared: float, total: float) -> float:
        words = self._known[number].words
        every = total + sum(map(self._rarity, words)) - shared
        return shared / every if every else 0.0

    def _same(self, text: str) -> dict[int, float]:
        digest = _digest(text)
        return {
            number: SAME
            for number, known in self._known.items()
            if text and known.digest == digest
        }


def latest_decisions(store: Store) -> LatestDecisions:
    """Return those of a store: the same ones as long as somebody keeps it."""
    return _OF_STORES.setdefault(store, LatestDecisions())


@lru_cache(maxsize=1_000)
def words_of(text: str) -> frozenset[str]:
    """Return what the words of a text begin with, in small letters."""
    return frozenset(word[:_STEM] for word in WORD.findall(text.casefold()))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


_OF_STORES: Final[WeakKeyDictionary[Store, LatestDecisions]] = WeakKeyDictionary()
