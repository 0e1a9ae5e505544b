import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from moderation.detection.figures import (
    draw_functions,
    draw_precision_recall,
    draw_reliability,
    refuse_without_matplotlib,
    reliability,
)
from moderation.domain import labels
from moderation.domain.category import CATEGORIES, FLAGGING, POSITION, Category
from moderation.domain.errors import UppsiktError

ROOT = Path(__file__).parents[3]
THRESHOLDS: Mapping[Category, float] = dict.fromkeys(FLAGGING, 0.37)
UNREACHED: Mapping[Category, float] = dict.fromkeys(FLAGGING, 1.1)
FUNCTIONS = {"hot-rakt": 0.5, "vardag": 1.0, "citat": 0.25}
PROGRAM = """
import sys
from pathlib import Path
from moderation.detection.figures import draw_functions
draw_functions(Path(sys.argv[1]), {"hot-rakt": 0.5, "vardag": 1.0, "citat": 0.25})
"""
RANDOM = np.random.default_rng(0)
SCORES = RANDOM.random((60, len(CATEGORIES)))
TRUTHS = RANDOM.random(SCORES.shape) < SCORES


def draw_all(folder: Path) -> list[str]:
    """Draw the three figures and return their text."""
    folder.mkdir()
    draw_reliability(folder / "a.svg", TRUTHS, SCORES)
    draw_precision_recall(folder / "b.svg", TRUTHS, SCORES, THRESHOLDS)
    draw_functions(folder / "c.svg", FUNCTIONS)
    return [(folder / name).read_text("utf-8") for name in ("a.svg", "b.svg", "c.svg")]


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    assert draw_all(tmp_path / "ena") == draw_all(tmp_path / "andra")


def test_another_process_draws_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path / "c.svg"],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )
    draw_functions(tmp_path / "här.svg", FUNCTIONS)

    assert (tmp_path / "c.svg").read_bytes() == (tmp_path / "här.svg").read_bytes()


def test_a_figure_tells_no_date(tmp_path: Path) -> None:
    assert not [text for text in draw_all(tmp_path / "mapp") if "<dc:date>" in text]


def test_every_category_that_flags_is_drawn_under_its_swedish_name(
    tmp_path: Path,
) -> None:
    by_confidence, by_threshold, _ = draw_all(tmp_path / "mapp")

    for category in FLAGGING:
        assert f"{labels.CATEGORY[category]} (Brier 0," in by_confidence
        assert f"{labels.CATEGORY[category]} (tröskel 0,37)" in by_threshold
    assert labels.CATEGORY[Category.QUESTION] + " (" not in by_confidence


def test_a_category_without_examples_is_said_to_have_none(tmp_path: Path) -> None:
    truths = TRUTHS.copy()
    truths[:, POSITION[Category.SPAM]] = False

    draw_precision_recall(tmp_path / "b.svg", truths, SCORES, THRESHOLDS)

    drawn = (tmp_path / "b.svg").read_text("utf-8")
    assert "reklam eller skräp: inga exempel" in drawn
    assert drawn.count("inga exempel") == 1


def test_a_threshold_that_nothing_reaches_leaves_no_mark(tmp_path: Path) -> None:
    low, none = tmp_path / "låg.svg", tmp_path / "hög.svg"

    draw_precision_recall(low, TRUTHS, SCORES, THRESHOLDS)
    draw_precision_recall(none, TRUTHS, SCORES, UNREACHED)

    assert "#b3261e" in low.read_text("utf-8")
    assert "#b3261e" not in none.read_text("utf-8")


def test_functions_are_sorted_with_the_best_on_top(tmp_path: Path) -> None:
    *_, drawn = draw_all(tmp_path / "mapp")

    assert drawn.index("citat") < drawn.index("hot-rakt") < drawn.index("vardag")
    assert "25 %" in drawn


def test_confidence_is_compared_with_truth_bin_by_bin() -> None:
    score = np.array([0.11, 0.12, 0.13, 0.14, 0.15, 1.0, 0.95, 0.95, 0.95, 0.95, 0.5])
    truth = np.array([True] + [False] * 4 + [True] * 5 + [True])

    at, share = reliability(truth, score)

    assert at == pytest.approx([0.13, 0.96])
    assert share == pytest.approx([0.2, 1.0])


def test_without_matplotlib_the_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(UppsiktError, match=r"matplotlib saknas.*uppsikt\[report\]"):
        refuse_without_matplotlib()
