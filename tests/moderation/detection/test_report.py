import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from moderation.detection.detector import RuleAndModelDetector
from moderation.detection.model_card import CARD
from moderation.detection.model_file import ModelFile
from moderation.detection.report import COMPARISON, VERDICTS, WORST, EvaluationReport
from moderation.detection.ruleset import Ruleset
from moderation.domain.errors import FileError
from moderation.domain.verdict import Policy

MARKED = "# Kort\n<!-- comparison -->\n{}<!-- /comparison -->\nslut\n"


@pytest.fixture(scope="module")
def report(
    small_samples: Path,
    few_rules_folder: Path,
    few_rules: Ruleset,
    small_model: ModelFile,
) -> EvaluationReport:
    """Return a report on the small corpus."""
    return EvaluationReport(
        file=small_samples / "corpus" / "test.csv",
        samples=small_samples,
        rules=few_rules_folder,
        detector=RuleAndModelDetector(few_rules, small_model),
        policy=Policy(thresholds=small_model.thresholds),
    )


@pytest.fixture(scope="module")
def written(report: EvaluationReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the report and a card."""
    folder = tmp_path_factory.mktemp("rapport")
    (folder / CARD).write_text(MARKED.format("gammalt\n"), "utf-8")
    report.write(folder)
    return folder


@pytest.fixture(scope="module")
def written_on_own(
    report: EvaluationReport, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a folder with a report on a copy of the same file."""
    folder = tmp_path_factory.mktemp("egna")
    shutil.copy(report.file, folder / "egna.csv")
    replace(report, file=folder / "egna.csv").write(folder / "ny" / "rapport")
    return folder / "ny" / "rapport"


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def test_every_part_is_written(written_on_own: Path) -> None:
    assert sorted(path.name for path in written_on_own.iterdir()) == [
        "comparison.md",
        "functions.svg",
        "precision_recall.svg",
        "reliability.svg",
        "utlatanden.md",
        "varsta_fel.md",
    ]


def test_the_same_comments_give_the_same_figures(
    written: Path, written_on_own: Path
) -> None:
    drawn = sorted(written.glob("*.svg"))

    assert len(drawn) == 3
    for path in drawn:
        assert path.read_bytes() == (written_on_own / path.name).read_bytes()


def test_only_the_seconds_of_the_comparison_differ(
    written: Path, written_on_own: Path
) -> None:
    first, second = (
        [line.split("|")[:-2] for line in lines(folder / COMPARISON)]
        for folder in (written, written_on_own)
    )

    assert len(first) == 8  # The heading, a blank line and the table.
    assert first == second


def test_the_card_in_the_folder_gets_the_comparison(written: Path) -> None:
    table = (written / COMPARISON).read_text("utf-8").partition("\n\n")[2]

    assert table.count("\n") == 6
    assert (written / CARD).read_text("utf-8") == MARKED.format(table)


@pytest.mark.parametrize("name", [VERDICTS, WORST])
def test_only_texts_of_the_samples_are_called_invented(
    written: Path, written_on_own: Path, name: str
) -> None:
    assert "påhittade" in (written / name).read_text("utf-8")
    assert "påhittade" not in (written_on_own / name).read_text("utf-8")


def test_a_folder_that_cannot_be_made_is_told_in_swedish(
    report: EvaluationReport, tmp_path: Path
) -> None:
    (tmp_path / "upptagen").write_text("en fil")

    with pytest.raises(FileError, match="upptagen kan inte skapas"):
        report.write(tmp_path / "upptagen")
