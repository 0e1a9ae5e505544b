"""Earlier decisions on like texts, so that like comments are treated alike."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from moderation.domain.comment import StoredComment
from moderation.domain.log_entry import LogEntry
from moderation.domain.ports import Store

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
    decisions. What has been undone, and the comment's own history, is left out.
    """
    decided = _standing(store.recent_decisions(limit=COMPARED), stored)
    rarity = _rarity(decided)
    own = _words(stored.comment.text)
    scored = [(_score(stored, entry, own, rarity), entry) for entry in decided]
    best = sorted(
        ((score, entry) for score, entry in scored if score >= _ALIKE),
        key=lambda pair: (-pair[0], -pair[1].number),
    )
    return [_likeness(stored, entry, own, rarity) for _, entry in best[:_SHOWN]]


def _standing(entries: Iterable[LogEntry], stored: StoredComment) -> list[LogEntry]:
    """Return decisions on other comments that nobody has taken back."""
    undone: set[object] = set()
    standing = []
    ref = stored.comment.ref
    for entry in entries:
        payload = entry.payload
        undone.add(payload.get("undoes"))
        name = payload.get("channel"), payload.get("external_id")
        is_own = name == (ref.channel, ref.external_id)
        is_decision = payload.get("action") in {"hide", "keep"}
        if is_decision and entry.number not in undone and not is_own:
            standing.append(entry)
    return standing


def _rarity(entries: Sequence[LogEntry]) -> Mapping[str, float]:
    counts = Counter(word for entry in entries for word in _words(_text(entry)))
    return {
        word: math.log((len(entries) + 1) / (count + 0.5))
        for word, count in counts.items()
    }


def _score(
    stored: StoredComment,
    entry: LogEntry,
    own: frozenset[str],
    rarity: Mapping[str, float],
) -> float:
    """Return 0 to 1, and more than 1 for the very same text."""
    text = _text(entry)
    if text and text == stored.comment.text:
        return 2.0
    other = _words(text)
    most = max(rarity.values(), default=0.0)
    every = sum(rarity.get(word, most) for word in own | other)
    return sum(rarity[word] for word in own & other) / every if every else 0.0


def _likeness(
    stored: StoredComment,
    entry: LogEntry,
    own: frozenset[str],
    rarity: Mapping[str, float],
) -> Likeness:
    text = _text(entry)
    shared = sorted(own & _words(text), key=lambda word: (-rarity[word], word))
    return Likeness(
        entry=entry,
        is_same_text=text == stored.comment.text,
        shared=tuple(_whole(word, stored.comment.text) for word in shared[:6]),
    )


def _whole(stem: str, text: str) -> str:
    """Return the word that a stem was cut from."""
    words = _WORD.findall(text.casefold())
    return next((word for word in words if word.startswith(stem)), stem)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))


def _text(entry: LogEntry) -> str:
    kept = entry.texts.get("text")
    return "" if kept is None else kept.text
