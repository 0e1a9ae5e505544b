"""Long word lists are marked in the text instead of written into every pattern.

A pattern with a list of hundreds of names takes longer to compile than to use a
thousand times. So each word of a long list is followed, in a copy of the text, by the
list's mark, a control character; the pattern asks for the mark.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from moderation.detection.word_lists import WordLists

LONG: Final = 100
"""Words in a list that is marked."""
_MARKS: Final = tuple(map(chr, range(0x86, 0xA0)))
"""Control characters that no text needs; within Latin-1, so that patterns with them
compile fast. Further lists stay written out."""
ANY_MARK: Final = f"{_MARKS[0]}-{_MARKS[-1]}"
"""For a character class: a mark stands where a space may."""
_FALSE_MARK: Final = re.compile(f"[{ANY_MARK}]")
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
        self._mark = dict(zip(names, _MARKS, strict=False))
        self._marks_of = _MarksOfWords(
            {mark: lists[name] for name, mark in self._mark.items()}
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
        text = _FALSE_MARK.sub(" ", text)
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

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._marks = list(lists)
        # A word may have hyphens, and a star at its end stands for them too.
        ends = {
            mark: [w for w in words if _is_known_to_its_end(w)]
            for mark, words in lists.items()
        }
        self._lists = WordLists(ends.values())
        self._patterns = {
            mark: re.compile("|".join(map(_entry, others)))
            for mark, words in lists.items()
            if (others := [w for w in words if not _is_known_to_its_end(w)])
        }

    def __missing__(self, word: str) -> str:
        known = self._lists.of(word)
        marks = self[word] = "".join(
            mark
            for number, mark in enumerate(self._marks)
            if number in known or self._fits(mark, word)
        )
        return marks

    def _fits(self, mark: str, word: str) -> bool:
        pattern = self._patterns.get(mark)
        return pattern is not None and pattern.fullmatch(word) is not None


def _is_known_to_its_end(entry: str) -> bool:
    """Say whether an entry is one word, whole or with a star at its end."""
    return "*" not in entry[:-1] and " " not in entry


def _entry(entry: str) -> str:
    return re.escape(entry).replace(r"\*", r"[\w-]*")
