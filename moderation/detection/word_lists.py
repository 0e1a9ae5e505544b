"""Finds which of many word lists a word belongs to."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

NONE: Final[frozenset[int]] = frozenset()
_START: Final = 2
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
        self._by_start: dict[str, list[str]] = {}
        for prefix in self._prefixes:
            self._by_start.setdefault(prefix[:_START], []).append(prefix)
        self._any_part = re.compile("|".join(map(re.escape, self._parts)) or r"(?!)")

    def of(self, word: str) -> frozenset[int]:
        """Return the numbers of the lists that a plain word belongs to."""
        found: set[int] = set()
        found |= self._exact.get(word, NONE)
        for start in (word[:1], word[:_START]):
            for prefix in self._by_start.get(start, ()):
                if word.startswith(prefix):
                    found |= self._prefixes[prefix]
        if self._any_part.search(word):
            found.update(*(self._parts[part] for part in self._parts if part in word))
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
