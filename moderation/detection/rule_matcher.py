"""Looks for rules in texts."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final, TypeVar

from moderation.detection.normalise import (
    TOKEN,
    Normalised,
    Normaliser,
    only_lowered,
)
from moderation.detection.rule import (
    Lists,
    Rule,
    RuleState,
    compiled,
    compiled_unless,
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


NOTHING: Final = RuleFindings(())
_SENTENCE_END: Final = re.compile(r"[.!?]+(?=\s|$)")
T = TypeVar("T")


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
        self._patterns = [
            _of_rule(rule, compiled, lists) if not rule.tokens else None
            for rule in self._rules
        ]
        self._unless = [_of_rule(rule, compiled_unless, lists) for rule in self._rules]
        self._token_rules = TokenRules()
        for number, rule in enumerate(self._rules):
            if rule.tokens:
                _of_rule(rule, partial(self._token_rules.add, number), lists)
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

        `plain` is its plain spelling, where that needs no more than lower case.
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
        if not self._unless[number]:
            return False
        start, end = trial.neighbourhood(span)
        return any(
            pattern.search(trial.plain, start, end, timeout=TIME_LIMIT)
            for pattern in self._unless[number]
        )

    def _places(self, number: int, trial: "_Trial") -> list[Span]:
        pattern = self._patterns[number]
        if pattern is None:
            return []
        matches = pattern.finditer(trial.plain, timeout=TIME_LIMIT)
        return [trial.original(*match.span()) for match in matches if match.group()]


class _Trial:
    """One text under trial; its way back is made only once a rule has matched."""

    def __init__(self, text: str, plain: str | None, normaliser: Normaliser) -> None:
        self.text = text
        self._given = plain
        self._normaliser = normaliser

    @cached_property
    def plain(self) -> str:
        """The text in plain spelling."""
        return self._whole.text if self._given is None else self._given

    @cached_property
    def _whole(self) -> Normalised:
        if self._given is None:
            return self._normaliser.normalise(self.text)
        return only_lowered(self.text, self._given)

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


def _of_rule(rule: Rule, make: Callable[[Rule, Lists], T], lists: Lists) -> T:
    try:
        return make(rule, lists)
    except ValueError as error:
        raise BrokenRuleError(rule, str(error)) from error


def _finding(rule: Rule, span: Span) -> Finding:
    return Finding(
        category=rule.category,
        source=f"rule:{rule.name}",
        confidence=rule.confidence,
        explanation=rule.explanation,
        span=span,
    )
