"""Looks for rules in texts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from moderation.detection.list_marks import ListMarks, Marked
from moderation.detection.normalise import (
    TOKEN,
    Normalised,
    Normaliser,
    lowered,
    only_lowered,
)
from moderation.detection.rule import (
    Expression,
    Lists,
    Rule,
    RuleState,
    beginnings,
    expression,
    unless_expressions,
)
from moderation.detection.rule_index import NONE, RuleIndex
from moderation.detection.token_rules import TokenRules
from moderation.domain.finding import Finding, Span

TIME_LIMIT: Final = 0.25
"""Seconds for one rule on one text; the shipped ones need far less."""


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """What the rules found in one text, and which could not be tried in time."""

    findings: tuple[Finding, ...]
    timed_out: tuple[str, ...] = ()


if TYPE_CHECKING:
    import regex

NOTHING: Final = RuleFindings(())
_SENTENCE_END: Final = re.compile(r"[.!?]+(?=\s|$)")


class BrokenRuleError(ValueError):
    """A rule cannot be compiled."""

    def __init__(self, rule: Rule, problem: str) -> None:
        super().__init__(problem)
        self.rule = rule


class RuleMatcher:
    """The rules, compiled, and the index over their words."""

    def __init__(
        self, rules: Sequence[Rule], lists: Lists, normaliser: Normaliser
    ) -> None:
        self._rules = tuple(rules)
        self._normaliser = normaliser
        self._active = {
            number
            for number, rule in enumerate(self._rules)
            if rule.state is RuleState.ACTIVE
        }
        self._lists = lists
        self._marks = ListMarks(lists)
        self._is_marked = [self._marks.used_in(rule.pattern) for rule in self._rules]
        self._beginnings = [beginnings(rule) for rule in self._rules]
        self._expressions: dict[int, Expression] = {}
        self._unless: dict[int, list[Expression]] = {}
        self._token_rules = TokenRules(
            {n: rule for n, rule in enumerate(self._rules) if rule.tokens}, lists
        )
        self.index = RuleIndex(self._rules, lists)

    def find(self, text: str, *, only: int | None = None) -> tuple[Finding, ...]:
        """Return what the active rules, or only one rule by number, find in a text."""
        normalised = self._normaliser.normalise(text)
        groups = NONE.union(
            *(self.index.groups_of(word) for word in TOKEN.findall(normalised.text))
        )
        [candidates] = self.index.candidates(self.index.marks([groups]))
        wanted = self._active if only is None else {only}
        return self._find(candidates & wanted, text, None).findings

    def find_among(
        self, candidates: Iterable[int], text: str, plain: str | None = None
    ) -> RuleFindings:
        """Return what some active rules find in one text.

        `plain` is its plain spelling, where that is at hand.
        """
        return self._find(self._active.intersection(candidates), text, plain)

    def _find(
        self, candidates: Iterable[int], text: str, plain: str | None
    ) -> RuleFindings:
        numbers = sorted(candidates)
        if not numbers:
            return NOTHING
        trial = _Trial(text, plain, self._normaliser)
        token_places = self._token_rules.find(numbers, text, trial.plain)
        findings: list[Finding] = []
        timed_out: list[str] = []
        for number in numbers:
            rule = self._rules[number]
            try:
                places = token_places.get(number) or self._places(number, trial)
                findings += [
                    _finding(rule, span)
                    for span in places
                    if not self._is_silenced(number, span, trial)
                ]
            except TimeoutError:
                timed_out.append(rule.name)
        if not findings and not timed_out:
            return NOTHING
        return RuleFindings(tuple(findings), tuple(timed_out))

    def _is_silenced(self, number: int, span: Span, trial: "_Trial") -> bool:
        rule = self._rules[number]
        if not rule.unless:
            return False
        if number not in self._unless:
            self._unless[number] = unless_expressions(rule, self._lists)
        possible = [e for e in self._unless[number] if e.may_match(trial.plain)]
        if not possible:
            return False
        start, end = trial.neighbourhood(span)
        return any(
            one.compiled.search(trial.plain, start, end, timeout=TIME_LIMIT)
            for one in possible
        )

    def _places(self, number: int, trial: "_Trial") -> list[Span]:
        rule = self._rules[number]
        if rule.tokens:
            return []
        if number not in self._expressions:
            self._expressions[number] = expression(rule, self._lists, self._marks)
        if not self._expressions[number].may_match(trial.plain):
            return []
        pattern = self._expressions[number].compiled
        if not self._is_marked[number]:
            found = self._matches(number, pattern, trial.plain)
            return [trial.original(*match.span()) for match in found]
        marked = trial.marked(self._marks)
        found = self._matches(number, pattern, marked.text)
        spans = [tuple(map(marked.plain, match.span())) for match in found]
        return [trial.original(start, end) for start, end in spans]

    def _matches(
        self, number: int, pattern: "regex.Pattern[str]", text: str
    ) -> "list[regex.Match[str]]":
        """Return what the pattern matches, tried only where a match can begin."""
        beginnings = self._beginnings[number]
        if beginnings is None:
            return [m for m in pattern.finditer(text, timeout=TIME_LIMIT) if m.group()]
        matches: list[regex.Match[str]] = []
        end = 0
        for at in _places_of(beginnings, text):
            match = pattern.match(text, at, timeout=TIME_LIMIT) if at >= end else None
            if match and match.group():
                matches.append(match)
                end = match.end()
        return matches

    def compile(self) -> None:
        """Compile every pattern, or raise BrokenRuleError for the first that cannot.

        Otherwise each is compiled when it is first needed.
        """
        for rule in self._rules:
            try:
                expressions = unless_expressions(rule, self._lists)
                if rule.tokens:
                    self._token_rules.compile(rule)
                else:
                    expressions.append(expression(rule, self._lists, self._marks))
                for one in expressions:
                    _ = one.compiled
            except ValueError as error:
                raise BrokenRuleError(rule, str(error)) from error


class _Trial:
    """One text under trial; its way back is made only once a rule has matched."""

    def __init__(self, text: str, plain: str | None, normaliser: Normaliser) -> None:
        self.text = text
        self._given = plain
        self._marked: Marked | None = None
        self._normaliser = normaliser

    @cached_property
    def plain(self) -> str:
        """The text in plain spelling."""
        return self._whole.text if self._given is None else self._given

    @cached_property
    def _whole(self) -> Normalised:
        if self._given is not None and self._given == lowered(self.text):
            return only_lowered(self.text, self._given)
        return self._normaliser.normalise(self.text)

    def marked(self, marks: ListMarks) -> Marked:
        """Return the plain spelling with the marks of long lists."""
        if self._marked is None:
            self._marked = marks.mark(self.plain)
        return self._marked

    def original(self, start: int, end: int) -> Span:
        """Return the place in the text as written."""
        return self._whole.original(start, end)

    def neighbourhood(self, span: Span) -> tuple[int, int]:
        """Return where the sentences around a place begin and end in plain spelling."""
        whole = self._whole
        first, last = whole.position(span.start), whole.position(span.end - 1)
        ends = [match.end() for match in _SENTENCE_END.finditer(self.plain)]
        before = [end for end in ends if end <= first]
        after = [end for end in ends if end > last]
        start = before[-2] if len(before) > 1 else 0
        end = after[1] if len(after) > 1 else len(self.plain)
        return start, end


def _places_of(beginnings: Iterable[str], text: str) -> list[int]:
    """Return where any of some letters stand at the beginning of a word, in order."""
    places: list[int] = []
    find = text.find
    for letters in beginnings:
        at = find(letters)
        while at >= 0:
            if not at or not text[at - 1].isalpha():
                places.append(at)
            at = find(letters, at + 1)
    places.sort()
    return places


def _finding(rule: Rule, span: Span) -> Finding:
    return Finding(
        category=rule.category,
        source=f"rule:{rule.name}",
        confidence=rule.confidence,
        explanation=rule.explanation,
        span=span,
    )
