"""One piece of evidence."""

from dataclasses import dataclass

from moderation.domain.category import Category


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the comment as written, in code points: text[start:end]."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words at this place."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One piece of evidence, with its source, its reason in Swedish and its place."""

    category: Category
    source: str
    """rule:NAME, personal_data:KIND or classifier."""
    confidence: float
    """0 to 1."""
    explanation: str
    span: Span
    variant: str = ""
    """For personal data: säker, trolig or möjlig. Otherwise empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """All that the detectors have to say about one text."""

    findings: tuple[Finding, ...] = ()
    scores: tuple[float, ...] = ()
    """The classifier's probability for each of CATEGORIES; empty if it did not run."""
    not_assessed: tuple[str, ...] = ()
    """What was not looked at, and why, in Swedish. Never the same as clean."""
