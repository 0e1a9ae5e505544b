"""How certain a category must be before a person is asked.

All categories pay the same price for a benign comment that is sent to a person; the
price is the lowest that keeps to the budget. So a category that tells harmful from
benign well is let through early, and one that does not waits for more certainty.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moderation.detection.corpus import Labelled
from moderation.domain.category import FLAGGING, POSITION, Category

BUDGET: Final = 0.07
"""The share of benign comments that may be sent to a person."""
_WORTH: Final[Mapping[Category, float]] = {
    Category.THREAT: 2.5,
    Category.HATE: 2.0,
    Category.PERSONAL_DATA: 2.0,
}
"""A comment of these found is worth several of the others: what nobody must miss."""
_PRICES: Final = np.geomspace(0.5, 20, 80)
_LOWEST: Final = 0.1
_HIGHEST: Final = 0.95

Floats = NDArray[np.float64]


def choose_thresholds(rows: Labelled, scores: Floats) -> Mapping[Category, float]:
    """Return the thresholds that find most within the budget.

    `scores` are (comments, categories), by models that had not seen the writers.
    """
    chosen = _at_price(rows, scores, float(_PRICES[-1]))
    for price in _PRICES:
        chosen = _at_price(rows, scores, float(price))
        if _share_flagged(rows, scores, chosen) <= BUDGET:
            break
    return chosen


def _at_price(rows: Labelled, scores: Floats, price: float) -> dict[Category, float]:
    return {
        category: _best(
            scores[rows.labels[:, POSITION[category]], POSITION[category]],
            scores[rows.is_benign, POSITION[category]],
            price / _WORTH.get(category, 1.0),
        )
        for category in FLAGGING
    }


def _best(positive: Floats, benign: Floats, price: float) -> float:
    """Return the threshold where what is found less what it costs is greatest."""
    limits = np.round(np.arange(_LOWEST, _HIGHEST + 0.001, 0.01), 2)
    found = len(positive) - np.searchsorted(np.sort(positive), limits)
    wrong = len(benign) - np.searchsorted(np.sort(benign), limits)
    gain = found - price * wrong
    best = np.flatnonzero(gain == gain.max())
    return float(limits[best[len(best) // 2]])


def _share_flagged(
    rows: Labelled, scores: Floats, thresholds: Mapping[Category, float]
) -> float:
    columns = [POSITION[category] for category in FLAGGING]
    limits = np.array([thresholds[category] for category in FLAGGING])
    is_over = np.asarray(scores[rows.is_benign][:, columns] >= limits)
    return float(is_over.any(axis=1).mean()) if len(is_over) else 0.0
