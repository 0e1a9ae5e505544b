"""Looks for rules in texts."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Final

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
    expression,
    unless_expressions,
)
from moderation.detection.rule_index import RuleIndex
from moderation.detection.token_rules import TokenRules
from moderation.domain.finding import Finding, Span


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """What the rules found in one text, and which could not be tried in time."""

    findings: tuple[Finding, ...]
    timed_out: tuple[str, ...] = ()


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
        self._expressions: dict[int, Expression] = {}
        self._unless: dict[int, list[Expression]] = {}
        self._token_rules = TokenRules(
            {n: rule for n, rule in enumerate(self._rules) if rule.tokens}, lists
        )
        self.index = RuleIndex(self._rules, lists)

    def find(self, text: str, *, only: int | None = None) -> tuple[Finding, ...]:
        """Return what the active rules, or only one rule by number, find in a text."""
        normalised = self._normaliser.normalise(text)
        candidates = self.index.candidates_of(TOKEN.findall(normalised.text))
        wanted = self._active if only is None else {only}
        return self._find(candidates & wanted, text, None).findings

    def find_among(
        self, candidates: Iterable[int], text: str, plain: str | None = None
    ) -> RuleFindings:
        """Return what some active rules find in one text.

        `plain` is its plain spelling, where that is at hand.
        """
        return self._find(self._active.intersection(candidates), text, plain)

    def forgetting(self) -> AbstractContextManager[object]:
        """Let what was met in a block be forgotten at its end."""
        return self._token_rules.forgetting()

    def _find(
        self, candidates: Iterable[int], text: str, plain: str | None
    ) -> RuleFindings:
        numbers = sorted(candidates)
        if not numbers:
            return NOTHING
        trial = _Trial(text, plain, self._normaliser)
        token_places: dict[int, list[Span]] = {}
        if not self._token_rules.numbers.isdisjoint(numbers):
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
        possible = trial.possible.get(number)
        if possible is None:
            possible = [e for e in self._unless[number] if e.may_match(trial.plain)]
            trial.possible[number] = possible
        if not possible:
            return False
        around = trial.neighbourhood(span)
        if (number, around) not in trial.is_silent:
            trial.is_silent[number, around] = any(
                one.is_in(trial.plain, *around) for one in possible
            )
        return trial.is_silent[number, around]

    def _places(self, number: int, trial: "_Trial") -> list[Span]:
        rule = self._rules[number]
        if rule.tokens:
            return []
        if number not in self._expressions:
            self._expressions[number] = expression(rule, self._lists, self._marks)
        pattern = self._expressions[number]
        if not self._is_marked[number]:
            return [trial.original(*span) for span in pattern.spans(trial.plain)]
        marked = trial.marked(self._marks)
        return [
            trial.original(marked.plain(start), marked.plain(end))
            for start, end in pattern.spans(marked.text)
        ]

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
                    one.compile()
            except ValueError as error:
                raise BrokenRuleError(rule, str(error)) from error


class _Trial:
    """One text under trial; its way back is made only once a rule has matched."""

    def __init__(self, text: str, plain: str | None, normaliser: Normaliser) -> None:
        self.text = text
        self._given = plain
        self._marked: Marked | None = None
        self._normaliser = normaliser
        self.possible: dict[int, Sequence[Expression]] = {}
        """Of each rule met so far, what might silence it."""
        self.is_silent: dict[tuple[int, tuple[int, int]], bool] = {}
        """Whether a rule is silenced in a stretch of the plain spelling."""

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
        ends = self._sentence_ends
        before, after = bisect_right(ends, first), bisect_right(ends, last)
        start = ends[before - 2] if before > 1 else 0
        end = ends[after + 1] if after + 1 < len(ends) else len(self.plain)
        return start, end

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [match.end() for match in _SENTENCE_END.finditer(self.plain)]


def _finding(rule: Rule, span: Span) -> Finding:
    return Finding(
        category=rule.category,
        source=f"rule:{rule.name}",
        confidence=rule.confidence,
        explanation=rule.explanation,
        span=span,
    )
