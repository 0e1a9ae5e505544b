"""All detectors as one: rules, personal data and the classifier, a chunk at a time."""

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from moderation.detection.chunk import Chunk
from moderation.detection.classifier import Classifier, Scored
from moderation.detection.model_file import ModelFile, load_model
from moderation.detection.normalise import TOKEN, places_of_tokens
from moderation.detection.personal_data import find_personal_data
from moderation.detection.rule_matcher import NOTHING, RuleFindings
from moderation.detection.ruleset import Ruleset, load_rules
from moderation.detection.word_groups import WordGroups
from moderation.detection.word_table import WordTable
from moderation.domain import labels
from moderation.domain.category import FLAGGING, POSITION, Category
from moderation.domain.finding import Detection, Finding, Span
from moderation.domain.stop_words import STOP_WORDS

logger = logging.getLogger(__name__)

CLASSIFIER: Final = "classifier"
"""The source of the model's findings."""
CLEAN: Final = Detection()
_MOST_WORDS_SHOWN: Final = 3
_ENOUGH: Final = 0.6
"""Words are named until they carry this share of the classifier's suspicion."""

Part = Callable[[Chunk], list[Detection]]
T = TypeVar("T")


def load_detector(*, rules: Path, models: Path) -> "RuleAndModelDetector":
    """Read rules and model, and refuse them with DetectionError if they do not hold."""
    return RuleAndModelDetector(load_rules(rules), load_model(models))


class RuleAndModelDetector:
    """Finds evidence by rules, by form and by likeness."""

    def __init__(self, ruleset: Ruleset, model: ModelFile) -> None:
        self.ruleset = ruleset.version
        self.model = model.version
        self.thresholds: Mapping[Category, float] = model.thresholds
        self._rules = ruleset.matcher
        self._normaliser = ruleset.normaliser
        self._linear = model.model
        self._lock = Lock()
        self._begin()

    def detect_many(self, texts: Sequence[str]) -> list[Detection]:
        """Return what was found in each text; what failed is marked there."""
        with self._lock:
            if self._table.is_full:
                self._begin()
            return self._detect(texts)

    def _begin(self) -> None:
        self._table = WordTable(self._normaliser)
        self._classifier = Classifier(self._linear, self._table)
        self._groups = WordGroups(self._rules.index, self._table)
        self._is_latin = np.zeros(0, np.int64)

    def _detect(self, texts: Sequence[str]) -> list[Detection]:
        chunk = _attempt("ord", lambda: self._table.chunk(texts))
        if chunk is None:
            return self._one_by_one(texts)
        parts = [
            _guarded("reglerna", self._by_rules, chunk),
            _guarded("sökningen efter personuppgifter", _by_form, chunk),
            _guarded("klassificeraren", self._by_model, chunk),
        ]
        return [_joined(found) for found in zip(*parts, strict=True)]

    def _one_by_one(self, texts: Sequence[str]) -> list[Detection]:
        if len(texts) == 1:
            return [Detection(not_assessed=("Texten kunde inte delas i ord.",))]
        return [found for text in texts for found in self._detect([text])]

    def _by_rules(self, chunk: Chunk) -> list[Detection]:
        found = [CLEAN] * len(chunk.texts)
        with self._rules.forgetting():
            for i, numbers in enumerate(self._groups.candidates(chunk)):
                if numbers:
                    found[i] = self._of_candidates(numbers, chunk, i)
        return found

    def _of_candidates(self, numbers: set[int], chunk: Chunk, i: int) -> Detection:
        return _of_rules(
            self._rules.find_among(numbers, chunk.texts[i], chunk.plain(i))
        )

    def _look_up_new_rows(self) -> None:
        latin = self._table.is_latin(len(self._is_latin))
        self._is_latin = np.concatenate([self._is_latin, latin])

    def _by_model(self, chunk: Chunk) -> list[Detection]:
        scored = self._classifier.score(chunk)
        probabilities = scored.probabilities.round(4)
        suspected = self._suspected(probabilities)
        foreign = self._foreign(chunk)
        return [
            Detection(
                scores=tuple(scores),
                findings=self._why(scored, i, suspected[i], scores)
                if i in suspected
                else (),
                not_assessed=foreign.get(i, ()),
            )
            for i, scores in enumerate(probabilities.tolist())
        ]

    def _suspected(
        self, probabilities: NDArray[np.float64]
    ) -> Mapping[int, list[Category]]:
        suspected: dict[int, list[Category]] = {}
        for category in FLAGGING:
            over = probabilities[:, POSITION[category]] >= self.thresholds[category]
            for i in np.flatnonzero(over).tolist():
                suspected.setdefault(i, []).append(category)
        return suspected

    def _foreign(self, chunk: Chunk) -> dict[int, tuple[str, ...]]:
        """Mark texts written wholly in letters that rules and model do not know."""
        self._look_up_new_rows()
        without = np.flatnonzero(chunk.sums(self._is_latin) == 0).tolist()
        mark = "Texten är skriven med ett alfabet som Uppsikt inte kan läsa."
        return {i: (mark,) for i in without if any(map(str.isalpha, chunk.texts[i]))}

    def _why(
        self,
        scored: Scored,
        i: int,
        suspected: Sequence[Category],
        scores: Sequence[float],
    ) -> tuple[Finding, ...]:
        text = scored.chunk.texts[i]
        places = self._places(text)
        is_common = np.array([at.of(text).lower() in STOP_WORDS for at in places])
        findings: list[Finding] = []
        for category in suspected:
            shares = scored.shares(i, POSITION[category])
            findings += [
                Finding(
                    category=category,
                    source=CLASSIFIER,
                    confidence=scores[POSITION[category]],
                    explanation=_explanation(category, float(shares[at])),
                    span=places[at],
                )
                for at in _strongest(shares, is_common)
            ]
        return tuple(findings)

    def _places(self, text: str) -> list[Span]:
        """Return where each word stands, in the order of the text's rows."""
        if not self._normaliser.is_spaced(text):
            return [Span(*place) for place in places_of_tokens(text)]
        normalised = self._normaliser.normalise(text)
        matches = TOKEN.finditer(normalised.text)
        return [normalised.original(*match.span()) for match in matches]


def _explanation(category: Category, share: float) -> str:
    return (
        f"Ordet bär {share:.0%} av klassificerarens misstanke om "
        f"{labels.CATEGORY[category]}: det är vanligare i sådana kommentarer "
        "än i andra."
    ).replace("%", " %")


def _strongest(shares: NDArray[np.float64], is_common: NDArray[np.bool_]) -> list[int]:
    """Return the words that together carry enough, strongest first.

    «en» and «och» say nothing to a person, and are named only where no other word
    carries any of it.
    """
    telling = np.where(is_common, 0.0, shares)
    worth = telling if telling.any() else shares
    enough = _ENOUGH * float(worth.sum())
    chosen: list[int] = []
    carried = 0.0
    for at in np.argsort(-worth, kind="stable")[:_MOST_WORDS_SHOWN].tolist():
        if carried >= enough or not worth[at]:
            break
        chosen.append(at)
        carried += float(worth[at])
    return chosen


def _of_rules(found: RuleFindings) -> Detection:
    if found is NOTHING:
        return CLEAN
    late = tuple(
        f"Regeln {name} hann inte prövas på den här texten." for name in found.timed_out
    )
    return Detection(findings=found.findings, not_assessed=late)


def _by_form(chunk: Chunk) -> list[Detection]:
    found = [CLEAN] * len(chunk.texts)
    for i in np.flatnonzero(chunk.may_be_personal).tolist():
        findings = find_personal_data(chunk.texts[i])
        if findings:
            found[i] = Detection(findings=findings)
    return found


def _joined(parts: Sequence[Detection]) -> Detection:
    rules, form, model = parts
    if rules is CLEAN and form is CLEAN:
        return model
    return Detection(
        findings=(*rules.findings, *form.findings, *model.findings),
        scores=model.scores,
        not_assessed=(*rules.not_assessed, *form.not_assessed, *model.not_assessed),
    )


def _guarded(name: str, part: Part, chunk: Chunk) -> list[Detection]:
    """Run one part; where it fails, find the texts it fails on and mark only those."""
    found = _attempt(name, lambda: part(chunk))
    if found is not None:
        return found
    if len(chunk.texts) == 1:
        return [Detection(not_assessed=(f"Ej bedömt: {name} gick fel på texten.",))]
    singles = (chunk.one(i) for i in range(len(chunk.texts)))
    return [found for one in singles for found in _guarded(name, part, one)]


def _attempt(name: str, action: Callable[[], T]) -> T | None:
    """Return what an action gives, or None where it fails in whatever way.

    The one place that catches everything: no text may stop the rest from being
    assessed. The log names the error's kind only, since its message may quote.
    """
    try:
        return action()
    except Exception as error:  # noqa: BLE001 - see above
        logger.error("%s: %s", name, type(error).__name__)  # noqa: TRY400 - see above
        return None
