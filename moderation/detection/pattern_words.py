"""Which words a text must have, in what order, for a pattern to match.

A pattern is read as a sequence of words, spaces and choices. Whatever is not
understood counts as any letters at all, so that too little is asked for, never too
much.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

Words = tuple[str, ...]
"""Words of which a text must have one; `*` stands for any further letters."""


class Needed(NamedTuple):
    """Words of which every match has one."""

    words: Words
    is_in_order: bool
    """Whether it stands after, or in, what is needed before it and is so marked."""


_FEWEST: Final = 3
"""Letters worth looking for inside words; two at a word's beginning."""
_OPENING: Final = re.compile(r"\((\?(?:[:>=!]|<=|<!))?(?!\?)")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_QUANTIFIER: Final = re.compile(r"(?:[*+?]|\{(\d*)(,?)(\d*)\})[?+]?")
_NAME: Final = re.compile(r"WORDS|\{[a-zåäö_]{2,}\}")
_ANY_CLASS: Final = re.compile(r"\\[pP]\{[^}]*\}|\\[DWSs]|\\\d|\.")
_EDGE: Final = re.compile(r"\\[bA]|[\^$ ]")
_LETTERS: Final = re.compile(r"[a-zåäöéü]+(?![a-zåäöéü?*+{])")
"""Letters that stand for themselves, once; the last may be repeated."""
_WORD_SIGN: Final = re.compile(r"\\[wd]")

EDGE: Final = "|"
"""Where a word begins or ends."""
ANY: Final = "~"
"""Anything, from nothing to many words."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, once."""

    branches: "tuple[Sequence_, ...]"


@dataclass(frozen=True, slots=True)
class Around:
    """What must stand before or after, without being part of the match."""

    sequence: "Sequence_"


Item = str | Choice | Around
"""A letter, `*` for any letters, EDGE, ANY, `?` for a question mark, a choice or what
is around."""
Sequence_ = tuple[Item, ...]


class UnreadablePatternError(ValueError):
    """The pattern has something that is not understood here."""


def needed_words(pattern: str) -> list[Needed]:
    """Return sets of words, of each of which every match has one.

    WORDS and each `{list}` stand among them by name, with a `*` where further letters
    may follow or go before. Nothing is needed where unsure.
    """
    try:
        sequence = _Reader(pattern).read()
    except UnreadablePatternError:
        return []
    return _needed(sequence, is_open=True, is_open_after=True)


def _sign(char: str) -> str:
    return "?" if char == "?" else EDGE


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def read(self) -> Sequence_:
        """Return the whole pattern."""
        found = self._choice()
        if self._at < len(self._pattern):
            raise UnreadablePatternError
        return found

    def _choice(self) -> Sequence_:
        branches = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else (Choice(tuple(branches)),)

    def _sequence(self) -> Sequence_:
        found: list[Item] = []
        while self._next() not in {"", "|", ")"}:
            if letters := self._take(_LETTERS):
                found += letters[0]
                continue
            item = self._item()
            if item is not None:
                found.extend(self._repeated(item))
        return tuple(found)

    def _next(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _take(self, kind: re.Pattern[str]) -> re.Match[str] | None:
        match = kind.match(self._pattern, self._at)
        if match:
            self._at = match.end()
        return match

    def _item(self) -> Item | None:
        """Read one item, or None for what only looks around."""
        if name := self._take(_NAME):
            return name[0]
        if self._next() == "(":
            return self._group()
        if self._take(_EDGE):
            return EDGE
        if self._take(_WORD_SIGN):
            return "*"
        if self._take(_CLASS) or self._take(_ANY_CLASS):
            return ANY
        return self._letter()

    def _group(self) -> Item | None:
        opening = self._take(_OPENING)
        if opening is None:
            raise UnreadablePatternError
        inner = self._choice()
        if self._next() != ")":
            raise UnreadablePatternError
        self._at += 1
        if opening[1] in {"?!", "?<!"}:
            self._take(_QUANTIFIER)
            return None
        if opening[1] in {"?=", "?<="}:
            return None if self._take(_QUANTIFIER) else Around(inner)
        only = inner[0] if len(inner) == 1 else None
        return only if isinstance(only, Choice) else Choice((inner,))

    def _letter(self) -> Item:
        escaped = self._next() == "\\"
        char = self._pattern[self._at + escaped : self._at + escaped + 1]
        if not char or (char.isalnum() if escaped else char in "*+?{["):
            raise UnreadablePatternError
        self._at += 1 + escaped
        return char if char == "_" or char.isalnum() else _sign(char)

    def _repeated(self, item: Item) -> Sequence_:
        match = self._take(_QUANTIFIER)
        if match is None:
            return (item,)
        fewest = int(match[1] or 0) if match[0][0] == "{" else match[0][0] == "+"
        if item in {"*", ANY}:
            return (item,)
        if item == EDGE:
            return (item,) if fewest else (ANY,)
        if isinstance(item, Around):
            return (item,)
        if isinstance(item, str):
            return (item, "*") if fewest else (ANY,) if item == "?" else ("*",)
        return _repeated_choice(item, fewest=int(fewest))


def _repeated_choice(choice: Choice, *, fewest: int) -> Sequence_:
    """Return what is known of a choice made once or more, or perhaps not at all.

    What ends with a space leaves the word after it whole.
    """
    is_closed = all(branch and branch[-1] == EDGE for branch in choice.branches)
    if fewest:
        return (choice, ANY, EDGE) if is_closed else (choice, ANY)
    return (_MAYBE_SPACED,) if is_closed else (ANY,)


_MAYBE_SPACED: Final = "/"
"""Perhaps some words and a space: a word's beginning stays one."""


def _needed(sequence: Sequence_, *, is_open: bool, is_open_after: bool) -> list[Needed]:
    """Return the sets of words that a sequence needs.

    It is open where further letters may stand right before or after it.
    """
    found: list[Needed] = []
    word = "*" if is_open else ""
    for at, item in enumerate(sequence):
        if isinstance(item, Around):
            around = _needed(item.sequence, is_open=True, is_open_after=True)
            found += [Needed(words, is_in_order=False) for words, _ in around]
        elif isinstance(item, Choice):
            follows = next(filter(_has_width, sequence[at + 1 :]), None)
            closed = follows == EDGE or (follows is None and not is_open_after)
            found += _worth(f"{word}*" if word.strip("*") else word)
            found += _of_choice(item, is_open=bool(word), is_open_after=not closed)
            word = "*"
        elif item == EDGE:
            found += _worth(word)
            word = ""
        elif item == _MAYBE_SPACED:
            if word:
                found += _worth(f"{word}*")
                word = "*"
        elif item == ANY:
            found += _worth(f"{word}*" if word else "")
            word = "*"
        elif item == "?":
            found += [*_worth(word), Needed(("?",), is_in_order=True)]
            word = ""
        else:
            word += item
    found += _worth(f"{word}*" if is_open_after and word else word)
    return found


def _has_width(item: Item) -> bool:
    return not isinstance(item, Around)


def _of_choice(choice: Choice, *, is_open: bool, is_open_after: bool) -> list[Needed]:
    needed = [
        _needed(branch, is_open=is_open, is_open_after=is_open_after)
        for branch in choice.branches
    ]
    if len(needed) == 1:
        return needed[0]
    if not all(needed):
        return []
    phrases = [
        _phrase(branch, is_open=is_open, is_open_after=is_open_after)
        for branch in choice.branches
    ]
    chosen = [
        Needed((phrase,), is_in_order=True) if phrase else _rarest(sets)
        for phrase, sets in zip(phrases, needed, strict=True)
    ]
    every = sorted({word for words, _ in chosen for word in words})
    return [Needed(tuple(every), all(one.is_in_order for one in chosen))]


def _phrase(sequence: Sequence_, *, is_open: bool, is_open_after: bool) -> str:
    """Return two or more words that stand side by side, or nothing."""
    spelled = "".join(
        (" " if item == EDGE else item)
        if isinstance(item, str) and (item == EDGE or item.isalnum())
        else ANY
        for item in sequence
    )
    words = spelled.split()
    if ANY in spelled or len(words) < 2:  # noqa: PLR2004 - one word is no phrase
        return ""
    before = "*" if is_open and not spelled.startswith(" ") else ""
    after = "*" if is_open_after and not spelled.endswith(" ") else ""
    return before + " ".join(words) + after


def _rarest(sets: Iterable[Needed]) -> Needed:
    """Return the set that the fewest texts will have: long words, few of them."""
    return max(sets, key=lambda one: (min(map(len, one.words)), -len(one.words)))


def _worth(word: str) -> Iterator[Needed]:
    """Yield the word as a set of its own where it is worth looking for."""
    word = re.sub(r"\*+", "*", word)
    if word.startswith("*"):
        part = word[1:].partition("*")[0]
        if len(part) >= _FEWEST:
            yield Needed((f"*{part}*",), is_in_order=True)
    elif "*" in word:
        part = word.partition("*")[0]
        if len(part) >= _FEWEST - 1:
            yield Needed((f"{part}*",), is_in_order=True)
    elif word:
        yield Needed((word,), is_in_order=True)
