"""A rule: data that carries its own proof."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Final

import regex

from moderation.detection.list_marks import ANY_MARK, ListMarks
from moderation.detection.pattern_words import needed_words
from moderation.domain.category import Category

SPACE: Final = r"""[\s,"'*_]+"""
"""What a space in a pattern stands for: whatever parts two words of one sentence.
Pauses (`...`) and dashes are spaces already in plain spelling, and quotation marks are
those of a typewriter: the fewer signs beyond Latin-1, the faster it compiles."""
_SPACE_WITH_MARKS: Final = rf"""[\s,"'*_{ANY_MARK}]+"""

TIME_LIMIT: Final = 0.25
"""Seconds for one rule on one text; the shipped ones need far less."""
SHORT: Final = 2_000
"""Characters that a pattern without repeated groups never needs long for."""
_REPEATED_GROUP: Final = re.compile(r"(?<!\\)\)(?:[*+]|\{\d*,\})")
"""A group repeated without end can take for ever, even on a short text."""
_MOST_LETTERS: Final = 60
"""More to look for would take as long as to try the pattern."""
_LIST_NAME: Final = regex.compile(r"(?<!\\[pP])\{([a-zåäö_]{2,})\}")


class RuleState(StrEnum):
    """Where in its life a rule is."""

    TRIAL = "trial"
    """Checked at load, does not yet count."""
    ACTIVE = "active"
    RETIRED = "retired"
    """Kept for the record, not even checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to look for, why, and examples that prove it.

    A rule needs one of its `words` in the text. Alone, a word is enough; with a
    `pattern` the words must stand as the pattern says, where `WORDS` is any of them,
    whole;
    with `tokens` as a sequence of tokens says, where "words" is any of them.
    What it `needs` besides only saves time: it must follow from the pattern.
    """

    name: str
    category: Category
    confidence: float
    explanation: str
    """A Swedish sentence that an officer can read."""
    words: tuple[str, ...]
    """In lower case; `*` at an end stands for any further letters."""
    catches: tuple[str, ...]
    spares: tuple[str, ...]
    state: RuleState = RuleState.ACTIVE
    pattern: str = ""
    needs: tuple[str, ...] = ()
    """Words, `{list}` or `?`, of which the text must have one besides, anywhere."""
    unless: tuple[str, ...] = ()
    """Patterns; where one fits the same or a neighbouring sentence, the rule is
    silent. Not the whole text: else one more sentence would hide a threat."""
    tokens: tuple[tuple[str | Mapping[str, object], ...], ...] = ()

    @property
    def version(self) -> str:
        """A hash over all of it: the same rule has the same version everywhere."""
        content = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:8]


Letters = tuple[str, ...]
"""Of which a text must have one."""
Lists = Mapping[str, Sequence[str]]
"""Shared word lists by name, as used in {name} by patterns."""


class Expression:
    """A regular expression, compiled when a text first has the letters it needs.

    The standard library's engine is the faster one; regex, which can be stopped,
    searches long texts and understands more.
    """

    def __init__(
        self, pattern: str, needed: Sequence[Letters] = (), *, space: str = SPACE
    ) -> None:
        self._pattern = pattern.replace(" ", space)
        self._needed = needed

    def may_match(self, plain: str) -> bool:
        """Say whether a text in plain spelling has the letters of any match."""
        return all(any(map(plain.__contains__, some)) for some in self._needed)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where it matches; raises TimeoutError where that takes too long."""
        if self._quick and len(text) <= SHORT:
            matches = [match.span() for match in self._quick.finditer(text)]
        else:
            found = self._bounded.finditer(text, timeout=TIME_LIMIT)
            matches = [match.span() for match in found]
        return [(start, end) for start, end in matches if start < end]

    def is_in(self, text: str, start: int, end: int) -> bool:
        """Say whether it matches in text[start:end]; raises TimeoutError as above."""
        if self._quick and end - start <= SHORT:
            return self._quick.search(text, start, end) is not None
        found = self._bounded.search(text, start, end, timeout=TIME_LIMIT)
        return found is not None

    def compile(self) -> None:
        """Compile it; raises ValueError if that cannot be done."""
        _ = self._quick, self._bounded

    @cached_property
    def _quick(self) -> re.Pattern[str] | None:
        if _REPEATED_GROUP.search(self._pattern):
            return None
        try:
            return re.compile(self._pattern)
        except re.error:
            return None

    @cached_property
    def _bounded(self) -> "regex.Pattern[str]":
        try:
            return regex.compile(self._pattern)
        except regex.error as error:
            msg = f"mönstret kan inte läsas ({error})"
            raise ValueError(msg) from error


def expression(rule: Rule, lists: Lists, marks: ListMarks) -> Expression:
    """Return the regular expression for a rule that looks at characters.

    It looks at a marked text where the pattern has a long list.
    Raises ValueError if the pattern does not need WORDS.
    """
    words = rf"\b{_alternatives(rule.words)}\b"
    if not rule.pattern:
        return Expression(words)
    if not _is_needed(rule.pattern, "WORDS"):
        msg = "WORDS måste stå utanför valfria delar och alternativ i mönstret"
        raise ValueError(msg)
    pattern = _filled(marks.filled(rule.pattern), lists).replace("WORDS", words)
    is_marked = marks.used_in(rule.pattern)
    return Expression(pattern, space=_SPACE_WITH_MARKS if is_marked else SPACE)


def unless_expressions(rule: Rule, lists: Lists) -> list[Expression]:
    """Return the expressions that silence the rule."""
    return [_expression(_filled(pattern, lists)) for pattern in rule.unless]


@cache
def _expression(pattern: str) -> Expression:
    """Return the expression for a pattern that several rules may have."""
    needed = (_letters(words) for words, _ in needed_words(pattern))
    return Expression(pattern, [some for some in needed if len(some) <= _MOST_LETTERS])


def _letters(words: Sequence[str]) -> Letters:
    """Return of each word, or phrase, the longest letters that stand together."""
    return tuple(max(re.split(r"[ *]", word), key=len) for word in words)


def _filled(pattern: str, lists: Lists) -> str:
    for name, words in lists.items():
        if "{" + name + "}" in pattern:
            pattern = pattern.replace("{" + name + "}", _alternatives(words))
    if unknown := _LIST_NAME.search(pattern):
        msg = f"listan {unknown[1]} finns inte"
        raise ValueError(msg)
    return pattern


def _alternatives(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(word_pattern, longest_first)) + ")"


def word_pattern(word: str) -> str:
    r"""Return the expression for a word with `*` for further letters."""
    return regex.escape(word, literal_spaces=True).replace(r"\*", r"\w*")


def _is_needed(pattern: str, placeholder: str) -> bool:
    """Say whether nothing can match without it: it stands at the top level."""
    before, found, after = pattern.partition(placeholder)
    if not found or after[:1] in {"?", "*"} or after[:2] == "{0":
        return False
    return _depth(before) == 0 and not _has_top_level_choice(pattern)


def _depth(pattern: str) -> int:
    return pattern.count("(") - pattern.count(")")


def _has_top_level_choice(pattern: str) -> bool:
    depth = 0
    for char in pattern:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "|" and depth == 0:
            return True
    return False
