"""What an edit at the source changed, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

_WORD: Final = re.compile(r"\s+|\w+|[^\w\s]")
_COMPARED: Final = 1_500
"""Words of each text that are compared; of a longer change all is told as new."""
_STEPS: Final = 100
"""Changes told one by one; beyond these a text is as good as new."""
_AROUND: Final = 12
"""Words and spaces shown on each side of a change."""


class Change(StrEnum):
    """What happened to some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    LEFT_OUT = "left_out"
    """The same in both, and too long to show."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words, and what happened to them."""

    change: Change
    text: str


def version_diff(before: str, after: str) -> list[Stretch]:
    """Return how one text became the other; unchanged words only near a change."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    middle = _changes(old[head : len(old) - tail], new[head : len(new) - tail])
    whole = [
        (Change.SAME, new[:head]),
        *middle,
        (Change.SAME, new[len(new) - tail :] if tail else []),
    ]
    shown = [(change, words) for change, words in whole if words]
    return list(_shortened(shown))


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many words the two begin with in common."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))


_Part = tuple[Change, Sequence[str]]


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Part]:
    if max(len(old), len(new)) > _COMPARED:
        yield Change.REMOVED, old
        yield Change.ADDED, new
        return
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    if len(steps) > _STEPS:
        yield Change.REMOVED, old
        yield Change.ADDED, new
        return
    for tag, i1, i2, j1, j2 in steps:
        if tag == "equal":
            yield Change.SAME, new[j1:j2]
            continue
        yield Change.REMOVED, old[i1:i2]
        yield Change.ADDED, new[j1:j2]


def _shortened(parts: Sequence[_Part]) -> Iterator[Stretch]:
    for place, (change, words) in enumerate(parts):
        if change is not Change.SAME or len(words) <= 2 * _AROUND:
            yield Stretch(change, "".join(words))
            continue
        if place:
            yield Stretch(Change.SAME, "".join(words[:_AROUND]))
        yield Stretch(Change.LEFT_OUT, "…")
        if place < len(parts) - 1:
            yield Stretch(Change.SAME, "".join(words[-_AROUND:]))
