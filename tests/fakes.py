"""Stand-ins for tests that are not about detection."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from moderation.bootstrap import Services
from moderation.domain.category import Category
from moderation.domain.finding import Detection, Finding, Span

WORDS: Mapping[str, Category] = {
    "hotord": Category.THREAT,
    "glåpord": Category.INSULT,
}


class FakeDetector:
    """Finds two invented words, and says that it cannot read «oläsbart»."""

    thresholds: Mapping[Category, float] = {
        Category.THREAT: 0.5,
        Category.INSULT: 0.5,
    }

    def __init__(self, *, ruleset: str = "regler-1") -> None:
        self.ruleset = ruleset
        self.model = "modell-1"

    def detect_many(self, texts: Sequence[str]) -> list[Detection]:
        return [_detection(text) for text in texts]


def _detection(text: str) -> Detection:
    findings = tuple(
        Finding(
            category=category,
            source=f"rule:{word}",
            confidence=0.9,
            explanation="Kan vara ett angrepp.",
            span=Span(text.index(word), text.index(word) + len(word)),
        )
        for word, category in WORDS.items()
        if word in text
    )
    unread = ("Texten gick inte att läsa.",) if "oläsbart" in text else ()
    return Detection(findings=findings, not_assessed=unread)


class FakedServices(Services):
    """The product's parts on a real store, with a detector that starts at once."""

    @cached_property
    def detector(self) -> FakeDetector:  # type: ignore[override]
        return FakeDetector()
