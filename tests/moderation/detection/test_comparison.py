from pathlib import Path

import numpy as np
import pytest

from moderation.detection.comparison import (
    FAMILIES,
    Bayes,
    Measured,
    compare,
    comparison_table,
    recall_in_budget,
)
from moderation.detection.ruleset import Ruleset


@pytest.fixture(scope="module")
def measured(small_samples: Path, few_rules: Ruleset) -> list[Measured]:
    return compare(samples=small_samples, ruleset=few_rules)


def test_every_family_is_measured(measured: list[Measured]) -> None:
    assert [one.name for one in measured] == [family.name for family in FAMILIES]
    assert len(FAMILIES) == 4
    assert all(one.seconds > 0 for one in measured)


def test_every_family_learns_the_words_that_tell_the_categories(
    measured: list[Measured],
) -> None:
    assert all(one.average_precision > 0.95 for one in measured)
    assert all(one.recall > 0.9 for one in measured)


def test_what_is_certain_and_right_is_near_the_truth(measured: list[Measured]) -> None:
    always_never = 5 / 80

    assert all(0 <= one.brier < always_never for one in measured)


def test_recall_is_counted_where_the_budget_is_kept() -> None:
    benign = np.linspace(0.0, 0.5, 1000)
    scores = np.concatenate([benign, [0.9, 0.499, 0.1]])
    is_benign = np.arange(len(scores)) < len(benign)

    assert recall_in_budget(~is_benign, scores, is_benign) == pytest.approx(2 / 3)
    flagged = (benign > np.sort(benign)[::-1][6]).sum()
    assert flagged == 6


def test_a_bayes_score_is_above_zero_where_the_category_is_likelier() -> None:
    table = np.array([[3, 0], [2, 0], [0, 3], [0, 2]])
    bayes = Bayes().fit(table, np.array([True, True, False, False]))

    assert (bayes.decision_function(table) > 0).tolist() == [True, True, False, False]


def test_the_table_has_a_row_for_each_family() -> None:
    one = Measured(
        name="gissning", average_precision=0.5, recall=0.25, brier=0.2, seconds=7.4
    )

    table = comparison_table([one])

    assert "| gissning | 0.500 | 0.250 | 0.2000 | 7 |\n" in table
    assert len(table.splitlines()) == 3
