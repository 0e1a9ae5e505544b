"""Finds which of many word lists a word belongs to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

NONE: Final[frozenset[int]] = frozenset()
_START: Final = 3
"""Letters by which words with a star after them are looked up."""


class WordLists:
    """Lists of single words by number; `*` at an end stands for any further letters."""

    def __init__(self, lists: Iterable[Sequence[str]]) -> None:
        self._exact: dict[str, set[int]] = {}
        self._prefixes: dict[str, set[int]] = {}
        self._parts: dict[str, set[int]] = {}
        for number, words in enumerate(lists):
            for word in words:
                self._add(word, number)
        self._prefixes_by_start = _by_start(self._prefixes)
        self._parts_by_start = _by_start(self._parts)
        self._part_lengths = sorted(set(map(len, self._parts_by_start)))

    def of(self, word: str) -> frozenset[int]:
        """Return the numbers of the lists that a plain word belongs to."""
        found: set[int] = set()
        found |= self._exact.get(word, NONE)
        for length in range(1, _START + 1):
            for prefix in self._prefixes_by_start.get(word[:length], ()):
                if word.startswith(prefix):
                    found |= self._prefixes[prefix]
        for length in self._part_lengths:
            for at in range(len(word) - length + 1):
                for part in self._parts_by_start.get(word[at : at + length], ()):
                    if word.startswith(part, at):
                        found |= self._parts[part]
        return frozenset(found) if found else NONE

    def _add(self, word: str, number: int) -> None:
        if word.startswith("*"):
            table = self._parts
        elif "*" in word:
            table = self._prefixes
        else:
            table = self._exact
        known = word.lstrip("*").partition("*")[0]
        table.setdefault(known, set()).add(number)


def _by_start(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Return the words by their first letters."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[:_START], []).append(word)
    return found
