import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moderation.cli import cli
from tests.moderation.detection.small_corpus import write_corpus


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a small corpus."""
    return write_corpus(tmp_path_factory.mktemp("samples"))


def evaluate(samples: Path, *flags: str | Path) -> Result:
    """Measure the product as it ships on the small corpus."""
    file = str(samples / "corpus" / "test.csv")
    return CliRunner().invoke(
        cli, ["evaluate", file, *map(str, flags)], prog_name="uppsikt"
    )


def test_the_figures_are_told_as_a_table(samples: Path) -> None:
    done = evaluate(samples)

    assert done.exit_code == 0
    assert done.stdout.startswith("80 kommentarer; inom parentes")
    assert "Makro-F1 över de elva som flaggar" in done.stdout
    assert done.stderr == ""


def test_the_report_is_written_beside_figures_that_a_program_can_read(
    samples: Path, tmp_path: Path
) -> None:
    done = evaluate(samples, "--json", "--report", tmp_path, "--samples", samples)

    assert done.exit_code == 0
    assert json.loads(done.stdout)["comments"] == 80
    assert f"Rapporten ligger i {tmp_path}." in done.stderr
    assert {path.suffix for path in tmp_path.iterdir()} == {".svg", ".md"}


def test_without_matplotlib_one_sentence_says_what_to_install(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    done = evaluate(samples, "--report", tmp_path / "ny", "--samples", samples)

    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == (
        "Rapporten kan inte ritas: matplotlib saknas. "
        'Installera det med pip install "uppsikt[report]" och kör igen.'
    )
    assert not (tmp_path / "ny").exists()
