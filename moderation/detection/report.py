"""The evaluation as a folder: figures, single verdicts and other kinds of model."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from moderation.detection.comparison import compare, comparison_table
from moderation.detection.corpus import read_labelled
from moderation.detection.figures import (
    FUNCTIONS,
    PRECISION_RECALL,
    RELIABILITY,
    draw_functions,
    draw_precision_recall,
    draw_reliability,
    refuse_without_matplotlib,
)
from moderation.detection.functional_test import accuracy_by_function, read_cases
from moderation.detection.judged import judge
from moderation.detection.model_card import write_comparison
from moderation.detection.ruleset import load_rules
from moderation.detection.verdict_page import verdict_page, worst_page
from moderation.domain.errors import FileError
from moderation.domain.ports import Detector
from moderation.domain.verdict import Policy

VERDICTS: Final = "utlatanden.md"
WORST: Final = "varsta_fel.md"
COMPARISON: Final = "comparison.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """What a report is made of."""

    file: Path
    """Labelled comments: those of the figures and the verdicts."""
    samples: Path
    """The folder of the corpus and of the functions of language."""
    rules: Path
    detector: Detector
    policy: Policy

    def write(self, folder: Path) -> None:
        """Write every part into a folder, which is made if need be.

        The same file, model and library versions give the same bytes, apart from the
        seconds in the comparison. Raises UppsiktError where matplotlib is missing.
        """
        refuse_without_matplotlib()
        _make(folder)
        self._write_verdicts(folder)
        self._draw_functions(folder)
        self._write_comparison(folder)

    def _write_verdicts(self, folder: Path) -> None:
        rows = read_labelled(self.file)
        judged = judge(rows, self.detector, self.policy)
        scores = np.array([one.verdict.scores for one in judged])
        limits = self.policy.thresholds
        draw_reliability(folder / RELIABILITY, rows.labels, scores)
        draw_precision_recall(folder / PRECISION_RECALL, rows.labels, scores, limits)
        is_invented = self.file.resolve().is_relative_to(self.samples.resolve())
        for name, page in ((VERDICTS, verdict_page), (WORST, worst_page)):
            text = page(judged, self.policy, is_invented=is_invented)
            (folder / name).write_text(text, encoding="utf-8")

    def _draw_functions(self, folder: Path) -> None:
        cases = read_cases(self.samples / "functions.csv")
        shares = accuracy_by_function(cases, self.detector, self.policy)
        draw_functions(folder / FUNCTIONS, shares)

    def _write_comparison(self, folder: Path) -> None:
        table = comparison_table(
            compare(samples=self.samples, ruleset=load_rules(self.rules))
        )
        text = f"# How the kinds of model compare\n\n{table}"
        (folder / COMPARISON).write_text(text, encoding="utf-8")
        write_comparison(folder, table)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"Mappen {folder} kan inte skapas. Välj en annan mapp."
        raise FileError(msg) from error
