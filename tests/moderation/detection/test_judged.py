from collections import Counter
from collections.abc import Sequence

import numpy as np

from moderation.detection.corpus import Labelled
from moderation.detection.judged import Judged, Outcome, judge, sample, worst
from moderation.domain.category import CATEGORIES, POSITION, Category
from moderation.domain.finding import Detection
from moderation.domain.verdict import Policy

Row = tuple[str, Sequence[Category], str]
"""What the detector is to say, the labels, and the domain."""
THREAT, HATE = Category.THREAT, Category.HATE


class TellingDetector:
    """Reads the scores from the text itself: «threat 0.9 hate 0.2»."""

    ruleset = "regler-1"
    model = "modell-1"

    def detect_many(self, texts: Sequence[str]) -> list[Detection]:
        return [self._detection(text.split()) for text in texts]

    def _detection(self, words: list[str]) -> Detection:
        told = dict(zip(words[::2], map(float, words[1::2]), strict=True))
        return Detection(scores=tuple(told.get(c.value, 0.0) for c in CATEGORIES))


def judged(*rows: Row) -> list[Judged]:
    labels = np.zeros((len(rows), len(CATEGORIES)), dtype=bool)
    for i, (_, categories, _) in enumerate(rows):
        labels[i, [POSITION[c] for c in categories]] = True
    labelled = Labelled(
        texts=[text for text, _, _ in rows],
        labels=labels,
        domains=[domain for _, _, domain in rows],
        voices=[""] * len(rows),
    )
    return judge(labelled, TellingDetector(), Policy())


def test_a_comment_is_found_spared_missed_or_wrongly_flagged() -> None:
    rows = judged(
        ("threat 0.9", [THREAT], "harmful"),
        ("threat 0.1", [], "idiom"),
        ("threat 0.9", [], "idiom"),
        ("threat 0.1", [THREAT], "harmful"),
        ("hate 0.9", [THREAT], "harmful"),
    )

    assert [one.outcome for one in rows] == [
        Outcome.FOUND,
        Outcome.SPARED,
        Outcome.FALSE_ALARM,
        Outcome.MISSED,
        Outcome.MIXED_UP,
    ]


def test_a_question_is_no_label_that_flags() -> None:
    [one] = judged(("question 0.9", [Category.QUESTION], "question"))

    assert one.labels == ()
    assert one.outcome is Outcome.SPARED


def test_the_most_confident_category_comes_first() -> None:
    [one] = judged(("threat 0.6 hate 0.8 spam 0.4", [THREAT], "harmful"))

    assert one.flagged == (HATE, THREAT)
    assert one.group == "threat"
    assert one.nearest is THREAT


def test_a_sample_is_spread_over_the_categories() -> None:
    rows = judged(
        *[("threat 0.1", [THREAT], "harmful")] * 20,
        *[("hate 0.1", [HATE], "harmful")] * 2,
        ("spam 0.1", [Category.SPAM], "harmful"),
    )

    groups = Counter(one.group for one in sample(rows, Outcome.MISSED, 6))

    assert groups == {"threat": 3, "hate": 2, "spam": 1}


def test_a_sample_of_the_spared_is_of_hard_domains() -> None:
    rows = judged(("", [], "everyday"), ("", [], "idiom"), ("", [], "news"))

    spared = sample(rows, Outcome.SPARED, 10)

    assert {one.domain for one in spared} == {"idiom", "news"}


def test_the_same_comments_give_the_same_sample() -> None:
    rows = judged(*((f"threat 0.{i:03}", [THREAT], "harmful") for i in range(100)))

    first = sample(rows, Outcome.MISSED, 10)

    assert sample(rows, Outcome.MISSED, 10) == first
    assert first != rows[:10]


def test_the_worst_are_those_that_were_surest() -> None:
    rows = judged(
        ("threat 0.6", [], "idiom"),
        ("threat 0.9", [], "idiom"),
        ("threat 0.4", [THREAT], "harmful"),
        ("threat 0.1 hate 0.3", [THREAT], "harmful"),
    )

    false_alarms = worst(rows, Outcome.FALSE_ALARM, 10)
    missed = worst(rows, Outcome.MISSED, 1)

    assert [one.text for one in false_alarms] == ["threat 0.9", "threat 0.6"]
    assert [one.text for one in missed] == ["threat 0.1 hate 0.3"]
