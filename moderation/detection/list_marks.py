"""Long word lists are marked in the text instead of written into every pattern.

A pattern with a list of hundreds of names takes longer to compile than to use a
thousand times. So each word of a long list is followed, in a copy of the text, by the
list's mark, a character that no text holds; the pattern asks for the mark.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LONG: Final = 100
"""Words in a list that is marked."""
_FIRST: Final = 0xE000
"""Marks come from Unicode's private use area."""
ANY_MARK: Final = "\ue000-\ue0ff"
"""For a character class: a mark stands where a space may."""
_WORD: Final = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with marks, and where they are."""

    text: str
    _marks: list[int]

    def plain(self, position: int) -> int:
        """Return where a place would be without the marks."""
        return position - bisect_left(self._marks, position)


class ListMarks:
    """The long lists, their marks, and which words they hold."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        names = [name for name in sorted(lists) if len(lists[name]) > LONG]
        self._mark = {name: chr(_FIRST + i) for i, name in enumerate(names)}
        self._marks_of = _MarksOfWords(
            {
                self._mark[name]: re.compile("|".join(map(_entry, lists[name])))
                for name in names
            }
        )

    def used_in(self, pattern: str) -> bool:
        """Say whether a pattern has a long list."""
        return any("{" + name + "}" in pattern for name in self._mark)

    def filled(self, pattern: str) -> str:
        """Return the pattern with long lists as words that have the list's mark."""
        for name, mark in self._mark.items():
            marked = rf"[\w-]+(?=[{ANY_MARK}]*{mark})"
            pattern = pattern.replace("{" + name + "}", marked)
        return pattern

    def mark(self, text: str) -> Marked:
        """Return the text with a mark after each word of a long list."""
        if not any(map(self._marks_of.__getitem__, _WORD.findall(text))):
            return Marked(text, [])
        parts: list[str] = []
        marks: list[int] = []
        at = length = 0
        for word in _WORD.finditer(text):
            found = self._marks_of[word.group()]
            if not found:
                continue
            parts += (text[at : word.end()], found)
            length += word.end() - at + len(found)
            marks.extend(range(length - len(found), length))
            at = word.end()
        return Marked("".join([*parts, text[at:]]), marks)


class _MarksOfWords(dict[str, str]):
    """The marks of each word met so far."""

    def __init__(self, patterns: Mapping[str, re.Pattern[str]]) -> None:
        super().__init__()
        self._patterns = patterns

    def __missing__(self, word: str) -> str:
        marks = self[word] = "".join(
            mark for mark, p in self._patterns.items() if p.fullmatch(word)
        )
        return marks


def _entry(entry: str) -> str:
    return re.escape(entry).replace(r"\*", r"[\w-]*")
