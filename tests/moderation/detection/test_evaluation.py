from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score

from moderation.detection.corpus import Labelled
from moderation.detection.evaluation import (
    evaluate,
    evaluate_file,
    roc_auc,
)
from moderation.domain.category import CATEGORIES, POSITION, Category
from moderation.domain.finding import Detection
from moderation.domain.verdict import Policy

SCORES = [0.9, 0.7, 0.7, 0.6, 0.4, 0.3, 0.5, 0.1]
IS_THREAT = [True, True, False, True, True, False, False, False]
DOMAINS = ["harmful", "harmful", "idiom", "harmful", "harmful", "idiom", "news", ""]
AT = POSITION[Category.THREAT]


class ScoreDetector:
    """Reads a threat's score from the text itself."""

    ruleset = "regler-1"
    model = "modell-1"

    def detect_many(self, texts: Sequence[str]) -> list[Detection]:
        return [Detection(scores=self._scores(float(text))) for text in texts]

    def _scores(self, score: float) -> tuple[float, ...]:
        return tuple(score if c is Category.THREAT else 0.0 for c in CATEGORIES)


def rows() -> Labelled:
    labels = np.zeros((len(SCORES), len(CATEGORIES)), dtype=bool)
    labels[:, AT] = IS_THREAT
    return Labelled(
        texts=list(map(str, SCORES)),
        labels=labels,
        domains=DOMAINS,
        voices=[""] * len(SCORES),
    )


def test_the_figures_are_scikit_learns() -> None:
    is_found = [score >= 0.5 for score in SCORES]

    report = evaluate(rows(), ScoreDetector(), Policy())

    threat = report["categories"]["threat"]
    assert report["comments"] == 8
    assert (threat["positives"], threat["threshold"]) == (4, 0.5)
    assert threat["precision"][0] == pytest.approx(
        precision_score(IS_THREAT, is_found), abs=1e-4
    )
    assert threat["recall"][0] == pytest.approx(
        recall_score(IS_THREAT, is_found), abs=1e-4
    )
    assert threat["f1"][0] == pytest.approx(f1_score(IS_THREAT, is_found), abs=1e-4)
    assert threat["roc_auc"][0] == pytest.approx(
        roc_auc_score(IS_THREAT, SCORES), abs=1e-4
    )


def test_the_area_under_the_curve_is_scikit_learns_with_ties_and_without() -> None:
    random = np.random.default_rng(0)
    for _ in range(50):
        scores = random.integers(0, 10, 40) / 10
        labels = random.random(40) < 0.3

        assert roc_auc(labels, scores) == pytest.approx(roc_auc_score(labels, scores))


def test_an_interval_holds_its_figure() -> None:
    threat = evaluate(rows(), ScoreDetector(), Policy())["categories"]["threat"]

    for name in ("precision", "recall", "f1", "roc_auc"):
        figure, low, high = threat[name]
        assert 0.0 <= low <= figure <= high <= 1.0


def test_a_category_without_examples_has_no_area_under_the_curve() -> None:
    hate = evaluate(rows(), ScoreDetector(), Policy())["categories"]["hate"]

    assert hate["positives"] == 0
    assert hate["roc_auc"] is None


def test_the_share_flagged_of_what_is_benign_is_told_by_domain() -> None:
    report = evaluate(rows(), ScoreDetector(), Policy())

    assert (report["benign"]["comments"], report["benign"]["flagged"]) == (4, 2)
    assert report["benign"]["share"][0] == 0.5
    assert {name: d["flagged"] for name, d in report["benign_by_domain"].items()} == {
        "idiom": 1,
        "news": 1,
    }


def test_macro_f1_is_the_mean_over_the_flagging_categories() -> None:
    report = evaluate(rows(), ScoreDetector(), Policy())

    assert report["macro_f1"][0] == pytest.approx(2 * 3 / 9 / 11, abs=1e-4)


def test_the_chosen_threshold_counts() -> None:
    policy = Policy(thresholds={**Policy().thresholds, Category.THREAT: 0.8})

    threat = evaluate(rows(), ScoreDetector(), policy)["categories"]["threat"]

    assert (threat["precision"][0], threat["recall"][0]) == (1.0, 0.25)


def test_where_nothing_is_benign_there_is_no_share() -> None:
    labels = np.ones((1, len(CATEGORIES)), dtype=bool)
    only_harm = Labelled(texts=["0.9"], labels=labels, domains=["x"], voices=[""])

    benign = evaluate(only_harm, ScoreDetector(), Policy())["benign"]

    assert benign == {"comments": 0, "flagged": 0, "share": None}


def test_the_same_rows_give_the_same_report() -> None:
    first = evaluate(rows(), ScoreDetector(), Policy())

    assert evaluate(rows(), ScoreDetector(), Policy()) == first


def test_a_labelled_file_is_measured(tmp_path: Path) -> None:
    path = tmp_path / "prov.csv"
    path.write_text("text,categories\n0.9,threat\n0.1,\n", encoding="utf-8")

    report = evaluate_file(path, ScoreDetector(), Policy())

    assert report["categories"]["threat"]["f1"][0] == 1.0
