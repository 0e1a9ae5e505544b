"""Labelled comments beside the advice on them: which are right, which are wrong."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, zip_longest
from typing import Final

import numpy as np

from moderation.detection.corpus import Labelled
from moderation.detection.evaluation import verdicts_on
from moderation.domain.category import FLAGGING, POSITION, Category
from moderation.domain.ports import Detector
from moderation.domain.verdict import Policy, Verdict

_SEED: Final = 2026
_EASY: Final = frozenset({"everyday", "praise", "criticism", "question"})
"""Kinds of benign comments that hardly anything could be mistaken for."""


class Outcome(StrEnum):
    """What the advice was, against what a person said."""

    FOUND = "found"
    SPARED = "spared"
    FALSE_ALARM = "false_alarm"
    MISSED = "missed"
    MIXED_UP = "mixed_up"
    """Sent to a person, but for something else than what is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One labelled comment and the advice on it."""

    text: str
    domain: str
    labels: tuple[Category, ...]
    """Those that flag, as a person saw it."""
    flagged: tuple[Category, ...]
    """Those that reach their threshold, the most confident first."""
    verdict: Verdict

    @property
    def outcome(self) -> Outcome:
        """What came of it."""
        if not self.verdict.is_flagged:
            return Outcome.MISSED if self.labels else Outcome.SPARED
        if not self.labels:
            return Outcome.FALSE_ALARM
        is_found = bool(set(self.labels) & set(self.flagged))
        return Outcome.FOUND if is_found else Outcome.MIXED_UP

    @property
    def is_hard(self) -> bool:
        """Whether it is of a kind that is easily mistaken."""
        return self.domain not in _EASY

    @property
    def group(self) -> str:
        """What a sample is spread over: the category, or the domain if spared."""
        if self.outcome is Outcome.SPARED:
            return self.domain
        if self.outcome is Outcome.MISSED:
            return self.labels[0]
        right = [c for c in self.flagged if c in self.labels]
        return next(iter(right or self.flagged), "")

    def score(self, category: Category) -> float:
        """Return the confidence for a category."""
        return self.verdict.scores[POSITION[category]]

    @property
    def nearest(self) -> Category:
        """The category that counts most: a label's where there is one."""
        return max(self.labels or FLAGGING, key=self.score)


def judge(rows: Labelled, detector: Detector, policy: Policy) -> list[Judged]:
    """Return every comment of a labelled file with the advice on it."""
    return [
        Judged(
            text=text,
            domain=domain,
            labels=tuple(c for c in FLAGGING if row[POSITION[c]]),
            flagged=_flagged(verdict, policy),
            verdict=verdict,
        )
        for text, domain, row, verdict in zip(
            rows.texts,
            rows.domains,
            rows.labels,
            verdicts_on(rows.texts, detector, policy),
            strict=True,
        )
    ]


def _flagged(verdict: Verdict, policy: Policy) -> tuple[Category, ...]:
    over = [
        category
        for category, threshold in policy.thresholds.items()
        if verdict.scores[POSITION[category]] >= threshold
    ]
    return tuple(sorted(over, key=lambda c: -verdict.scores[POSITION[c]]))


def sample(judged: Sequence[Judged], outcome: Outcome, size: int) -> list[Judged]:
    """Return some comments with an outcome, spread over their groups, by a fixed seed.

    Those spared are of the hard kinds. The same comments give the same sample.
    """
    chosen = [one for one in judged if one.outcome is outcome]
    if outcome is Outcome.SPARED:
        chosen = [one for one in chosen if one.is_hard]
    random = np.random.default_rng(_SEED)
    groups: dict[str, list[Judged]] = defaultdict(list)
    for at in random.permutation(len(chosen)).tolist():
        groups[chosen[at].group].append(chosen[at])
    turns = chain.from_iterable(zip_longest(*groups.values()))
    return [one for one in turns if one is not None][:size]


def worst(judged: Sequence[Judged], outcome: Outcome, size: int) -> list[Judged]:
    """Return the most confident errors of a kind, the worst first."""
    wrong = [one for one in judged if one.outcome is outcome]
    sign = 1 if outcome is Outcome.MISSED else -1
    return sorted(wrong, key=lambda one: sign * one.score(one.nearest))[:size]
