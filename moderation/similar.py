"""Earlier decisions on like texts, so that like comments are treated alike."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from moderation.domain.comment import CommentRef, StoredComment
from moderation.domain.decision import Action
from moderation.domain.log_entry import LogEntry
from moderation.domain.ports import Store
from moderation.domain.ports_deciding import DecidedText

COMPARED: Final = 2_000
"""The latest decisions that are looked at."""
_SHOWN: Final = 5
_ALIKE: Final = 0.2
"""Of the weight of both texts' words, how much they must share."""
_STEM: Final = 6
"""Letters of a word that are compared, so that «kommunen» and «kommunens» agree."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """An earlier decision, and why it is thought to be like."""

    entry: LogEntry
    is_same_text: bool
    shared: tuple[str, ...]
    """The words in common, the rarest first."""


def similar_decisions(stored: StoredComment, store: Store) -> list[Likeness]:
    """Return earlier decisions on like texts, the most like first.

    Two texts are as like as the words that they share are rare among the latest
    decisions. What has been taken back, and the comment's own history, is left out.
    """
    decided = _standing(store.recent_decisions(limit=COMPARED), stored)
    rarity = _rarity(decided)
    own = _weighed(_words(stored.comment.text), rarity)
    scored = ((_score(stored, other, own, rarity), other) for other in decided)
    best = sorted(
        ((score, other) for score, other in scored if score >= _ALIKE),
        key=lambda pair: (-pair[0], -pair[1].number),
    )
    return [
        _likeness(stored, other, own, store.log_entry(other.number))
        for _, other in best[:_SHOWN]
    ]


def _standing(
    latest: Iterable[DecidedText], stored: StoredComment
) -> list[DecidedText]:
    """Return decisions on other comments that nobody has taken back.

    The newest come first, so that a restoring is known before its hiding.
    """
    undone: set[int | None] = set()
    restored: set[CommentRef] = set()
    standing = []
    for one in latest:
        undone.add(one.undoes)
        if one.action == Action.RESTORE:
            restored.add(one.ref)
        elif _stands(one, undone, restored) and one.ref != stored.comment.ref:
            standing.append(one)
    return standing


def _stands(
    one: DecidedText, undone: Collection[int | None], restored: Collection[CommentRef]
) -> bool:
    if one.action == Action.UNDO or one.number in undone:
        return False
    return one.action == Action.KEEP or one.ref not in restored


def _rarity(decided: Sequence[DecidedText]) -> Mapping[str, float]:
    counts = Counter(word for one in decided for word in _words(one.text))
    return {
        word: math.log((len(decided) + 1) / (count + 0.5))
        for word, count in counts.items()
    }


def _weighed(words: frozenset[str], rarity: Mapping[str, float]) -> Mapping[str, float]:
    """Return what each word weighs; one never seen is as rare as the rarest."""
    most = max(rarity.values(), default=0.0)
    return {word: rarity.get(word, most) for word in words}


def _score(
    stored: StoredComment,
    other: DecidedText,
    own: Mapping[str, float],
    rarity: Mapping[str, float],
) -> float:
    """Return 0 to 1, and more than 1 for the very same text."""
    if other.text and other.text == stored.comment.text:
        return 2.0
    words = _words(other.text)
    shared = sum(weight for word, weight in own.items() if word in words)
    if not shared:
        return 0.0
    every = sum(own.values()) + sum(rarity[word] for word in words) - shared
    return shared / every


def _likeness(
    stored: StoredComment,
    other: DecidedText,
    own: Mapping[str, float],
    entry: LogEntry,
) -> Likeness:
    shared = sorted(own.keys() & _words(other.text), key=lambda w: (-own[w], w))
    return Likeness(
        entry=entry,
        is_same_text=other.text == stored.comment.text,
        shared=tuple(_whole(word, stored.comment.text) for word in shared[:6]),
    )


def _whole(stem: str, text: str) -> str:
    """Return the word that a stem was cut from."""
    words = _WORD.findall(text.casefold())
    return next((word for word in words if word.startswith(stem)), stem)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))
