"""A verdict as a person reads it: by category, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from moderation.domain.category import CATEGORIES, FLAGGING, POSITION, Category
from moderation.domain.finding import Finding
from moderation.domain.verdict import Policy, Verdict
from webui import wording
from webui.language import swedish

_SEVERITY: Final = Policy().severity
_WORTH_NAMING: Final = 0.5
"""The classifier's probability alone is named from here, as when it queues."""
_MODEL: Final = "classifier"
_QUOTED: Final = 5
"""Quotations of one reason; a word repeated a thousand times is one reason."""
_LONGEST_QUOTE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One explanation, and the words in the comment that it is about."""

    explanation: str
    source: str
    confidence: float
    variant: str
    quotes: tuple[str, ...]
    more: int
    """Places beyond those quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """One category that the comment may belong to, in words."""

    category: Category
    phrase: str
    confidence: float
    """0 to 1."""
    reasons: tuple[Reason, ...]


def suspicions(verdict: Verdict, text: str) -> list[Suspicion]:
    """Return what the machine suspects, the most urgent first."""
    found = {finding.category for finding in verdict.findings}
    named = [c for c in CATEGORIES if c in found or _is_likely(c, verdict)]
    named.sort(key=lambda c: (c != verdict.category, -_urgency(c, verdict)))
    return [_suspicion(category, verdict, text) for category in named]


def _score(category: Category, verdict: Verdict) -> float:
    return verdict.scores[POSITION[category]] if verdict.scores else 0.0


def _urgency(category: Category, verdict: Verdict) -> float:
    return _score(category, verdict) * _SEVERITY[category]


def _is_likely(category: Category, verdict: Verdict) -> bool:
    return category in FLAGGING and _score(category, verdict) >= _WORTH_NAMING


def _suspicion(category: Category, verdict: Verdict, text: str) -> Suspicion:
    findings = [f for f in verdict.findings if f.category is category]
    return Suspicion(
        category=category,
        phrase=wording.suspicion(category, _score(category, verdict)),
        confidence=_score(category, verdict),
        reasons=tuple(_reasons(findings, text)),
    )


def _reasons(findings: Iterable[Finding], text: str) -> list[Reason]:
    grouped: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        by_model = finding.source == _MODEL
        explanation = "" if by_model else finding.explanation
        key = (finding.source, explanation, finding.variant)
        grouped.setdefault(key, []).append(finding)
    return [_reason(same, text) for same in sorted(grouped.values(), key=_order)]


def _order(same: list[Finding]) -> tuple[bool, float]:
    """Put a rule's clear sentence before the classifier's words, then the surest."""
    return same[0].source == _MODEL, -max(f.confidence for f in same)


def _quote(finding: Finding, text: str) -> str:
    """Return the words, or the first of them where there are very many."""
    words = finding.span.of(text)
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]} …"


def _reason(same: list[Finding], text: str) -> Reason:
    quotes = tuple(dict.fromkeys(_quote(finding, text) for finding in same))
    first = same[0]
    return Reason(
        explanation=(
            str(wording.WORDS_OF_MODEL)
            if first.source == _MODEL
            else swedish(first.explanation)
        ),
        source=wording.source(first.source),
        confidence=max(finding.confidence for finding in same),
        variant=first.variant,
        quotes=quotes[:_QUOTED],
        more=max(len(quotes) - _QUOTED, 0),
    )
