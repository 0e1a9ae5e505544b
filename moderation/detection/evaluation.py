"""How good the detection is, with intervals."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from moderation.detection.corpus import Labelled, read_labelled
from moderation.domain.category import CATEGORIES, FLAGGING, POSITION
from moderation.domain.ports import Detector
from moderation.domain.verdict import Policy, Verdict, assess

_RESAMPLES: Final = 400
_INTERVAL: Final = (2.5, 97.5)
"""Percentiles of a 95 % interval."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Rows = NDArray[np.int64]
Report = dict[str, Any]


def evaluate_file(path: Path, detector: Detector, policy: Policy) -> Report:
    """Measure on a labelled file; see evaluate."""
    return evaluate(read_labelled(path), detector, policy)


def evaluate(rows: Labelled, detector: Detector, policy: Policy) -> Report:
    """Return figures for each category, and the share flagged of what is benign.

    Every figure comes with a 95 % bootstrap interval as [figure, low, high], or None
    where there is nothing to measure.
    """
    verdicts = verdicts_on(rows.texts, detector, policy)
    scores = np.array([verdict.scores for verdict in verdicts])
    is_flagged = np.array([verdict.is_flagged for verdict in verdicts])
    is_benign = rows.is_benign
    return {
        "comments": len(rows),
        "categories": {
            category.value: _figures(
                rows.labels[:, POSITION[category]],
                scores[:, POSITION[category]],
                policy.thresholds.get(category, 0.5),
            )
            for category in CATEGORIES
        },
        "macro_f1": _macro_f1(rows.labels, scores, policy),
        "benign": _share(is_flagged[is_benign]),
        "benign_by_domain": _by_domain(rows.domains, is_benign, is_flagged),
    }


def verdicts_on(
    texts: Sequence[str], detector: Detector, policy: Policy
) -> list[Verdict]:
    """Return the advice on each text."""
    return [
        assess(found, policy, ruleset=detector.ruleset, model=detector.model)
        for found in detector.detect_many(texts)
    ]


def _figures(is_positive: Bools, scores: Floats, threshold: float) -> Report:
    is_found = scores >= threshold

    def precision(chosen: Rows) -> float:
        return _ratio(is_positive[chosen], is_found[chosen])

    def recall(chosen: Rows) -> float:
        return _ratio(is_found[chosen], is_positive[chosen])

    def f1(chosen: Rows) -> float:
        both = int((is_found[chosen] & is_positive[chosen]).sum())
        total = int(is_found[chosen].sum() + is_positive[chosen].sum())
        return 2 * both / total if total else 0.0

    def auc(chosen: Rows) -> float:
        return roc_auc(is_positive[chosen], scores[chosen])

    return {
        "positives": int(is_positive.sum()),
        "threshold": threshold,
        "precision": _with_interval(precision, len(scores)),
        "recall": _with_interval(recall, len(scores)),
        "f1": _with_interval(f1, len(scores)),
        "roc_auc": _with_interval(auc, len(scores)),
    }


def roc_auc(is_positive: Bools, scores: Floats) -> float:
    """Return the area under the ROC curve, or NaN where all rows are alike.

    That is how often a positive scores above a negative, counted by ranks: the same
    as scikit-learn's, without its checks, which cost minutes over all resamples.
    """
    positives = int(is_positive.sum())
    pairs = positives * (len(scores) - positives)
    if not pairs:
        return float("nan")
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2
    above = ranks[place][is_positive].sum() - positives * (positives + 1) / 2
    return float(above / pairs)


def _ratio(hits: Bools, among: Bools) -> float:
    """Return the share of hits among some rows; 0 where there are none."""
    return float(hits[among].mean()) if among.any() else 0.0


def _with_interval(figure: Callable[[Rows], float], size: int) -> list[float] | None:
    """Return a figure and its interval over resampled rows; None if undefined."""
    whole = figure(np.arange(size))
    if np.isnan(whole):
        return None
    random = np.random.default_rng(0)
    resampled = [figure(random.integers(0, size, size)) for _ in range(_RESAMPLES)]
    low, high = np.nanpercentile(resampled, _INTERVAL)
    return [round(float(value), 4) for value in (whole, low, high)]


def _macro_f1(labels: Bools, scores: Floats, policy: Policy) -> list[float] | None:
    columns = [POSITION[category] for category in FLAGGING]
    limits = np.array([policy.thresholds[category] for category in FLAGGING])
    is_found = scores[:, columns] >= limits
    is_positive = labels[:, columns]

    def figure(chosen: Rows) -> float:
        right = (is_found[chosen] & is_positive[chosen]).sum(axis=0)
        total = is_found[chosen].sum(axis=0) + is_positive[chosen].sum(axis=0)
        return float(np.mean(2 * right / np.maximum(total, 1)))

    return _with_interval(figure, len(labels))


def _share(is_flagged: Bools) -> Report:
    flagged = int(is_flagged.sum())
    size = len(is_flagged)
    if not size:
        return {"comments": 0, "flagged": 0, "share": None}

    def figure(chosen: Rows) -> float:
        return float(is_flagged[chosen].mean())

    return {
        "comments": size,
        "flagged": flagged,
        "share": _with_interval(figure, size),
    }


def _by_domain(
    domains: Sequence[str], is_benign: Bools, is_flagged: Bools
) -> Mapping[str, Report]:
    rows: dict[str, list[int]] = defaultdict(list)
    for at, domain in enumerate(domains):
        if domain and is_benign[at]:
            rows[domain].append(at)
    return {domain: _share(is_flagged[at]) for domain, at in sorted(rows.items())}
