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
NEWER_WORDS: Mapping[str, Category] = {**WORDS, "nyord": Category.HATE}


class FakeDetector:
    """Finds invented words, and says that it cannot read «oläsbart»."""

    thresholds: Mapping[Category, float] = dict.fromkeys(NEWER_WORDS.values(), 0.5)

    def __init__(
        self, *, ruleset: str = "regler-1", words: Mapping[str, Category] = WORDS
    ) -> None:
        self.ruleset = ruleset
        self.model = "modell-1"
        self._words = words

    def detect_many(self, texts: Sequence[str]) -> list[Detection]:
        return [self._detection(text) for text in texts]

    def _detection(self, text: str) -> Detection:
        findings = tuple(
            Finding(
                category=category,
                source=f"rule:{word}",
                confidence=0.9,
                explanation="Kan vara ett angrepp.",
                span=Span(text.index(word), text.index(word) + len(word)),
            )
            for word, category in self._words.items()
            if word in text
        )
        unread = ("Texten gick inte att läsa.",) if "oläsbart" in text else ()
        return Detection(findings=findings, not_assessed=unread)


class FakedServices(Services):
    """The product's parts on a real store, with a detector that starts at once."""

    @cached_property
    def detector(self) -> FakeDetector:  # type: ignore[override]  # That is the point.
        return FakeDetector()


class NewerServices(Services):
    """The same with rules that know one word more."""

    @cached_property
    def detector(self) -> FakeDetector:  # type: ignore[override]  # That is the point.
        return FakeDetector(ruleset="regler-2", words=NEWER_WORDS)
