"""Which letters a text must have for a pattern to match: quick to look for first.

A look for a few letters costs a hundredth of trying the pattern, and a pattern whose
letters are never met need not even be compiled.
"""

import re
from collections.abc import Sequence
from typing import Final

Needed = tuple[tuple[str, ...], ...]
"""Of each set of letters, a text must have at least one."""

_FEWEST: Final = 2
"""Letters worth looking for; a sign such as `?` is worth it alone."""
_LARGEST: Final = 60
"""Sets of more letters take too long to look for."""
_OPENING: Final = re.compile(r"\((\?(?:[:>=!]|<=|<!))?(?!\?)")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_QUANTIFIER: Final = re.compile(r"(?:[*+?]|\{(\d*)[^}]*\})[?+]?")
_ESCAPED_CLASS: Final = re.compile(r"\\(?:[pP]\{[^}]*\}|\w)")


def has_needed(text: str, needed: Needed) -> bool:
    """Say whether a text has one of each set of letters."""
    for letters in needed:
        for some in letters:
            if some in text:
                break
        else:
            return False
    return True


def needed_letters(pattern: str) -> Needed:
    """Return sets of letters without which nothing matches; none where unsure."""
    try:
        found = _Reader(pattern).read()
    except _UnreadableError:
        return ()
    distinct = sorted({tuple(sorted(letters)) for letters in found}, key=len)
    return tuple(letters for letters in distinct if len(letters) <= _LARGEST)


class _UnreadableError(Exception):
    """The pattern has something that is not understood here."""


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def read(self) -> list[set[str]]:
        """Return what the whole pattern needs."""
        found = self._choice()
        if self._at < len(self._pattern):
            raise _UnreadableError
        return found

    def _choice(self) -> list[set[str]]:
        """Read alternatives: whichever matches, its best letters are in the text."""
        branches = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        if not all(branches):
            return []
        return [set().union(*(_best(branch) for branch in branches))]

    def _sequence(self) -> list[set[str]]:
        found: list[set[str]] = []
        run = ""
        while self._next() not in {"", "|", ")"}:
            literal = self._literal()
            needed = [] if literal else self._other()
            is_needed, is_once = self._quantifier()
            if literal and is_needed:
                run += literal
            if not literal or not is_once:
                found += _worth_seeking(run)
                run = ""
            if is_needed:
                found += needed
        return found + _worth_seeking(run)

    def _next(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _literal(self) -> str:
        """Read one character that stands for itself, or return nothing."""
        char = self._next()
        if char == "\\":
            escaped = self._pattern[self._at + 1 : self._at + 2]
            if not escaped or escaped.isalnum():
                return ""
            self._at += 2
            return escaped
        if char in " .^$[({*+?":
            return ""
        self._at += 1
        return char

    def _other(self) -> list[set[str]]:
        """Read a group, a class of characters or a place, and return what it needs."""
        if self._next() == "(":
            return self._group()
        for kind in (_CLASS, _ESCAPED_CLASS):
            if match := kind.match(self._pattern, self._at):
                self._at = match.end()
                return []
        if self._next() not in {" ", ".", "^", "$"}:
            raise _UnreadableError
        self._at += 1
        return []

    def _group(self) -> list[set[str]]:
        opening = _OPENING.match(self._pattern, self._at)
        if opening is None:
            raise _UnreadableError
        self._at = opening.end()
        inner = self._choice()
        if self._next() != ")":
            raise _UnreadableError
        self._at += 1
        return [] if opening[1] in {"?!", "?<!"} else inner

    def _quantifier(self) -> tuple[bool, bool]:
        """Read how often: whether at least once, and whether exactly once."""
        match = _QUANTIFIER.match(self._pattern, self._at)
        if match is None:
            return True, True
        self._at = match.end()
        if match[0][0] == "{":
            return int(match[1] or 0) > 0, False
        return match[0][0] == "+", False


def _worth_seeking(run: str) -> list[set[str]]:
    if len(run) >= _FEWEST or (run and not run.isalnum()):
        return [{run}]
    return []


def _best(found: Sequence[set[str]]) -> set[str]:
    """Return the set that the fewest texts will have: long letters, few of them."""
    return max(found, key=lambda letters: (min(map(len, letters)), -len(letters)))
