"""What `pip install .` gives: the command with its model, rules and samples."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it alone into a folder."""
    wheels = tmp_path_factory.mktemp("wheels")
    site = tmp_path_factory.mktemp("site")
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels)]
    subprocess.run(
        [sys.executable, *build, str(ROOT)], check=True, stdout=subprocess.DEVNULL
    )
    [wheel] = wheels.glob("*.whl")
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site)]
    subprocess.run([sys.executable, *install, str(wheel)], check=True)
    return site


def run(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "moderation.cli", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_an_installed_product_scans_with_its_own_model_and_rules(
    installed: Path, tmp_path: Path
) -> None:
    comments = installed / "uppsikt_data" / "samples" / "comments.csv"

    done = run(installed, tmp_path, "scan", str(comments), "--no-store", "--out", "-")

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 160


def test_an_installed_product_has_the_pages_in_english(installed: Path) -> None:
    english = installed / "webui" / "translations" / "en" / "LC_MESSAGES"

    assert (english / "messages.mo").is_file()


def test_an_installed_product_makes_and_checks_its_own_database(
    installed: Path, tmp_path: Path
) -> None:
    made = run(installed, tmp_path, "deliver")
    done = run(installed, tmp_path, "log", "verify")

    assert made.returncode == 0, made.stderr
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "uppsikt.sqlite3").is_file()
