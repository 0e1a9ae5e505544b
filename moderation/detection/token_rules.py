"""Rules over tokens, where words, capitals and distance say more than characters."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

from moderation.detection.rule import Lists, Rule, word_pattern
from moderation.domain.finding import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher

_RANGE: Final = re.compile(r"\{(\d*),?(\d*)\}")
_WORD: Final = re.compile(r"\w+")
_SLACK: Final = 10
"""Words more than tokens: spaCy keeps a word with hyphens whole."""
_UNBOUNDED: Final = 50
"""Tokens that a part with `*` or `+` is taken to span at most."""


@dataclass(frozen=True)
class _Sequence:
    """One way a token rule can match."""

    lists: tuple[tuple[str, ...], ...]
    """The word lists it needs, in their order."""
    longest: int
    """Tokens that it can span."""
    name: str
    pattern: list[dict[str, Any]]
    """As spaCy's matcher reads it."""

    @cached_property
    def matcher(self) -> "Matcher":
        """The sequence, ready to look for."""
        from spacy.matcher import Matcher  # noqa: PLC0415 - takes a second to load

        matcher = Matcher(_swedish().vocab)
        matcher.add(self.name, [self.pattern])
        return matcher


class TokenRules:
    """Sequences of tokens, found by spaCy's matcher in its Swedish tokens.

    The matcher is the costly part, so it runs only for sequences whose word lists
    all have a token in the text, in order and near enough.
    """

    def __init__(self, rules: Mapping[int, Rule], lists: Lists) -> None:
        self._rules = rules
        self.numbers = frozenset(rules)
        self._lists = lists
        self._sequences: dict[int, list[_Sequence]] = {}
        self._is_prepared = False
        self._members: dict[tuple[str, ...], _Members] = {}

    def compile(self, rule: Rule) -> None:
        """Raise ValueError if a rule's sequences cannot be read."""
        for parts in rule.tokens:
            _ = _sequence(parts, rule, self._lists).matcher

    def find(
        self, numbers: Sequence[int], text: str, plain: str
    ) -> dict[int, list[Span]]:
        """Return the places of each of the rules, in the text as written.

        `plain` is its plain spelling.
        """
        wanted = sorted(self.numbers.intersection(numbers))
        words = _Words(_WORD.findall(plain), self._members)
        possible = {
            number: [s for s in self._of(number) if words.may_have(s)]
            for number in wanted
        }
        if not any(possible.values()):
            return {}
        self._prepare()
        doc = _swedish()(text)
        return {
            number: _outermost(
                [
                    Span(span.start_char, span.end_char)
                    for sequence in sequences
                    for span in sequence.matcher(doc, as_spans=True)
                ]
            )
            for number, sequences in possible.items()
        }

    def forgetting(self) -> AbstractContextManager[object]:
        """Let spaCy forget, at the end of the block, the words it met in it.

        Where it is not loaded yet there is nothing to forget. The matchers are made
        before the block: what is made inside it would be forgotten too.
        """
        if not _swedish.cache_info().currsize:
            return nullcontext()
        self._prepare()
        return _swedish().memory_zone()

    def _prepare(self) -> None:
        """Make every matcher."""
        if self._is_prepared:
            return
        for number in self._rules:
            for sequence in self._of(number):
                _ = sequence.matcher
        self._is_prepared = True

    def _of(self, number: int) -> list[_Sequence]:
        """Return a rule's sequences, made when they are first needed."""
        if number not in self._sequences:
            rule = self._rules[number]
            made = [_sequence(parts, rule, self._lists) for parts in rule.tokens]
            self._sequences[number] = made
            for words in (words for sequence in made for words in sequence.lists):
                self._members[words] = _Members(words)
        return self._sequences[number]


class _Members(dict[str, bool]):
    """Whether a word is of a list, or begins an entry with a hyphen."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self._pattern = re.compile(_any_of([entry.split("-")[0] for entry in words]))

    def __missing__(self, word: str) -> bool:
        is_member = self[word] = self._pattern.match(word) is not None
        return is_member


class _Words:
    """The words of one text, and where those of each list stand."""

    def __init__(
        self, words: Sequence[str], members: Mapping[tuple[str, ...], _Members]
    ) -> None:
        self._words = words
        self._members = members
        self._places: dict[tuple[str, ...], list[int]] = {}

    def may_have(self, sequence: _Sequence) -> bool:
        """Say whether the sequence's lists have words in order and near enough."""
        places = [self._places_of(words) for words in sequence.lists]
        return all(places) and any(
            _reaches(first, places[1:], first + sequence.longest + _SLACK)
            for first in places[0]
        )

    def _places_of(self, words: tuple[str, ...]) -> list[int]:
        if words not in self._places:
            members = self._members[words]
            self._places[words] = [
                at for at, word in enumerate(self._words) if members[word]
            ]
        return self._places[words]


def _reaches(at: int, places: Sequence[Sequence[int]], limit: int) -> bool:
    """Say whether each list in turn has a place after the one before, within limit."""
    for further in places:
        after = bisect_right(further, at)
        if after == len(further) or further[after] >= limit:
            return False
        at = further[after]
    return True


@cache
def _swedish() -> "Language":
    """Return spaCy's Swedish tokeniser."""
    import spacy  # noqa: PLC0415 - as above

    return spacy.blank("sv")


def _sequence(
    parts: Sequence[str | Mapping[str, object]], rule: Rule, lists: Lists
) -> _Sequence:
    if "words" not in parts:
        msg = "words ska stå i varje följd i tokens"
        raise ValueError(msg)
    named = [part for part in parts if isinstance(part, str)]
    return _Sequence(
        lists=tuple(_words(name, rule, lists) for name in named),
        longest=sum(map(_most, parts)),
        name=rule.name,
        pattern=[_token(part, rule, lists) for part in parts],
    )


def _words(name: str, rule: Rule, lists: Lists) -> tuple[str, ...]:
    if name == "words":
        return rule.words
    if name not in lists:
        msg = f"listan {name} finns inte"
        raise ValueError(msg)
    return tuple(lists[name])


def _token(
    part: str | Mapping[str, object], rule: Rule, lists: Lists
) -> dict[str, Any]:
    """Return spaCy's form of one token: a word list by name, or spaCy's own."""
    if not isinstance(part, str):
        return dict(part)
    return {"LOWER": {"REGEX": _any_of(_words(part, rule, lists))}}


def _any_of(words: Sequence[str]) -> str:
    pattern = "|".join(map(word_pattern, words)).replace(r"\w*", r"[\w-]*")
    return f"^(?:{pattern})$"


def _most(part: str | Mapping[str, object]) -> int:
    """Return how many tokens a part can span."""
    how_often = "" if isinstance(part, str) else str(part.get("OP", ""))
    if how_often in {"*", "+"}:
        return _UNBOUNDED
    bounds = _RANGE.fullmatch(how_often)
    if bounds is None:
        return 1
    return int(bounds[2] or bounds[1] or _UNBOUNDED)


def _outermost(spans: list[Span]) -> list[Span]:
    """Drop places that lie inside another."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept
