"""The machine's advice on one comment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from moderation.domain.category import CATEGORIES, FLAGGING, POSITION, Category
from moderation.domain.comment import Comment
from moderation.domain.finding import Detection, Finding


class Recommendation(StrEnum):
    """What the machine advises. A person decides."""

    KEEP = "keep"
    REVIEW = "review"


_SEVERITY: Final = MappingProxyType(
    {
        Category.THREAT: 1.0,
        Category.INCITEMENT: 0.95,
        Category.HATE: 0.92,
        Category.SECRECY: 0.9,
        Category.PRIVACY: 0.85,
        Category.PERSONAL_DATA: 0.85,
        Category.SEXUAL: 0.75,
        Category.INSULT: 0.65,
        Category.COPYRIGHT: 0.5,
        Category.SPAM: 0.4,
        Category.PROFANITY: 0.35,
        Category.QUESTION: 0.0,
    }
)
"""How urgent a certain finding of each kind is: the five that the law asks us to
act on at once (5 § lagen 1998:112, OSL) come first, rude words last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """When the evidence is strong enough to ask a person."""

    thresholds: Mapping[Category, float] = field(
        default_factory=lambda: dict.fromkeys(FLAGGING, 0.5)
    )
    severity: Mapping[Category, float] = field(default_factory=lambda: _SEVERITY)
    unassessed_urgency: float = 0.05
    """What could not be assessed is shown to a person, after all that was found."""
    limits: tuple[tuple[int, float, float], ...] = field(init=False, compare=False)
    """Of each category with a threshold: its position, threshold and severity."""

    def __post_init__(self) -> None:
        """Put together what assess asks for every comment."""
        limits = tuple(
            (POSITION[category], threshold, self.severity[category])
            for category, threshold in self.thresholds.items()
        )
        object.__setattr__(self, "limits", limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Advice on one comment: what was found, how sure, and what was not looked at."""

    recommendation: Recommendation
    score: float
    """0 to 1: how urgent a person's look is. Orders the queue."""
    scores: tuple[float, ...]
    """The confidence for each of CATEGORIES, also those below the threshold."""
    findings: tuple[Finding, ...]
    not_assessed: tuple[str, ...]
    ruleset: str
    model: str

    @property
    def is_flagged(self) -> bool:
        """Whether the comment goes to the queue."""
        return self.recommendation is Recommendation.REVIEW

    @property
    def category(self) -> Category | None:
        """The most urgent category with evidence, or None where nothing was found."""
        found = {finding.category for finding in self.findings} - {Category.QUESTION}
        if not found:
            return None
        return max(found, key=lambda c: (self.scores[POSITION[c]] * _SEVERITY[c], c))


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A comment and the advice on it."""

    comment: Comment
    verdict: Verdict


_ZEROS: Final = (0.0,) * len(CATEGORIES)


def assess(
    detection: Detection, policy: Policy, *, ruleset: str, model: str
) -> Verdict:
    """Weigh the evidence on one comment into advice.

    A category's confidence is the strongest evidence for it: the classifier's
    probability or a finding's confidence, whichever is greater.
    """
    scores = _combined(detection)
    urgency = 0.0
    for position, threshold, severity in policy.limits:
        score = scores[position]
        if score >= threshold and score * severity > urgency:
            urgency = score * severity
    is_flagged = urgency > 0.0 or bool(detection.not_assessed)
    if is_flagged:
        urgency = max(urgency, policy.unassessed_urgency)
    return Verdict(
        recommendation=Recommendation.REVIEW if is_flagged else Recommendation.KEEP,
        score=urgency,
        scores=scores,
        findings=detection.findings,
        not_assessed=detection.not_assessed,
        ruleset=ruleset,
        model=model,
    )


def _combined(detection: Detection) -> tuple[float, ...]:
    scores = detection.scores or _ZEROS
    if not detection.findings:
        return scores
    strongest = list(scores)
    for finding in detection.findings:
        at = POSITION[finding.category]
        strongest[at] = max(strongest[at], finding.confidence)
    return tuple(strongest)
