"""Earlier decisions on like texts, so that like comments are treated alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from moderation.domain.comment import StoredComment
from moderation.domain.log_entry import LogEntry
from moderation.domain.ports import Store
from moderation.latest_decisions import SAME, WORD, latest_decisions, words_of

_SHOWN: Final = 5
_ALIKE: Final = 0.2
"""Of the weight of both texts' words, how much they must share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """An earlier decision, and why it is thought to be like."""

    entry: LogEntry
    is_same_text: bool
    shared: tuple[str, ...]
    """The words in common, the rarest first."""


def similar_decisions(stored: StoredComment, store: Store) -> list[Likeness]:
    """Return earlier decisions on like texts, the most like first.

    What has been taken back, and the comment's own history, is left out.
    """
    latest, text = latest_decisions(store), stored.comment.text
    scores = latest.alike(text, but=stored.comment.ref, store=store, least=_ALIKE)
    best = sorted(scores, key=lambda number: (-scores[number], -number))[:_SHOWN]
    weights = latest.weights(text)
    entries = [store.log_entry(number) for number in best]
    return [
        Likeness(
            entry=entry,
            is_same_text=scores[entry.number] == SAME,
            shared=_shared(entry, text, weights),
        )
        for entry in entries
        # One whose text has been erased since says nothing any more.
        if "text" in entry.texts
    ]


def _shared(
    entry: LogEntry, text: str, weights: Mapping[str, float]
) -> tuple[str, ...]:
    other = words_of(entry.texts["text"].text)
    shared = sorted(weights.keys() & other, key=lambda word: (-weights[word], word))
    return tuple(_whole(word, text) for word in shared[:6])


def _whole(stem: str, text: str) -> str:
    """Return the word that a stem was cut from."""
    words = WORD.findall(text.casefold())
    return next((word for word in words if word.startswith(stem)), stem)
