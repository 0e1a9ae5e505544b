import numpy as np

from moderation.detection.corpus import Labelled
from moderation.detection.thresholds import BUDGET, choose_thresholds
from moderation.domain.category import CATEGORIES, FLAGGING, POSITION, Category


def rows(labels: list[Category | None]) -> Labelled:
    table = np.zeros((len(labels), len(CATEGORIES)), np.bool_)
    for row, label in enumerate(labels):
        if label is not None:
            table[row, POSITION[label]] = True
    return Labelled(
        texts=["x"] * len(labels),
        labels=table,
        domains=[""] * len(labels),
        voices=[""] * len(labels),
    )


def scored(category: Category, certainties: list[float]) -> np.ndarray:
    scores = np.zeros((len(certainties), len(CATEGORIES)))
    scores[:, POSITION[category]] = certainties
    return scores


def test_a_category_that_tells_well_is_let_through_right_above_the_benign() -> None:
    labelled = rows([Category.SPAM] * 10 + [None] * 100)
    scores = scored(Category.SPAM, [0.5] * 10 + [0.3] * 100)

    threshold = choose_thresholds(labelled, scores)[Category.SPAM]

    assert 0.3 < threshold <= 0.5


def test_a_category_that_tells_nothing_stays_silent() -> None:
    labelled = rows([Category.SPAM] * 10 + [None] * 100)
    scores = scored(Category.SPAM, [0.4] * 110)

    assert choose_thresholds(labelled, scores)[Category.SPAM] > 0.4


def test_the_budget_is_kept_also_where_more_could_be_found() -> None:
    chance = np.random.default_rng(0)
    labelled = rows([Category.THREAT] * 200 + [None] * 1000)
    harmful, benign = chance.beta(4, 2, 200), chance.beta(2, 4, 1000)
    scores = scored(Category.THREAT, [*harmful, *benign])

    threshold = choose_thresholds(labelled, scores)[Category.THREAT]

    assert (benign >= threshold).mean() <= BUDGET
    assert (harmful >= threshold).mean() > 0.1


def test_what_must_not_be_missed_is_let_through_sooner_than_the_rest() -> None:
    chance = np.random.default_rng(0)
    certainties = [*chance.beta(4, 2, 200), *chance.beta(2, 4, 1000)]
    chosen = {
        category: choose_thresholds(
            rows([category] * 200 + [None] * 1000), scored(category, certainties)
        )[category]
        for category in (Category.HATE, Category.SPAM)
    }

    assert chosen[Category.HATE] <= chosen[Category.SPAM]


def test_every_category_has_a_threshold_even_without_rows() -> None:
    found = choose_thresholds(rows([]), np.zeros((0, len(CATEGORIES))))

    assert set(found) == set(FLAGGING)
