"""The command as a process of its own: encodings, pipes, signals, surprises."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from moderation.cli import cli
from tests.moderation.cli.conftest import Run

FAKED = [sys.executable, "-m", "tests.journeys.command"]


def process(
    *arguments: str | Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command with stand-in detectors and return what it said."""
    return subprocess.run(
        [*FAKED, *map(str, arguments)],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_the_package_can_be_run_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "moderation.cli", "--version"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    assert done.stdout.startswith("uppsikt 0.")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_swedish_help(run: Run, name: str) -> None:
    result = run(name, "--help")

    assert result.exit_code == 0
    assert "Användning: uppsikt" in result.stdout
    assert "Visa den här hjälpen." in result.stdout
    assert "Usage" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["skanna"], "Kommandot finns inte, eller har ett argument för mycket."),
        (["deliver", "nu"], "Kommandot finns inte, eller har ett argument för mycket."),
        (["scan"], "FIL… saknas."),
        (["scan", "--fort"], "Flaggan --fort finns inte."),
        (["user", "add", "eva"], "--role saknas."),
        (["serve", "--port", "x"], "Värdet för --port går inte att använda."),
        (["--database"], "Flaggan --database är fel använd."),
    ],
)
def test_a_command_that_cannot_be_understood_is_one_sentence(
    run: Run, arguments: list[str], sentence: str
) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"{sentence} Skriv «uppsikt")
    assert len(result.stderr.splitlines()) == 1


def test_the_database_can_be_chosen_before_the_command_or_after(
    run: Run, tmp_path: Path
) -> None:
    one, two = tmp_path / "ett.sqlite3", tmp_path / "två.sqlite3"

    run("--database", one, "deliver")
    run("deliver", "--database", two)

    assert one.exists()
    assert two.exists()


def test_a_database_that_cannot_be_used_is_one_sentence(
    run: Run, tmp_path: Path
) -> None:
    result = run("deliver", "--database", tmp_path)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"Databasfilen {tmp_path} går inte att öppna")
    assert len(result.stderr.splitlines()) == 1


def test_output_is_utf_8_whatever_the_console_says(tmp_path: Path) -> None:
    done = process(
        "log", "verify", "--database", tmp_path / "å.sqlite3",
        environment={"PYTHONIOENCODING": "ascii"},
    )  # fmt: skip

    assert "å.sqlite3 går inte att öppna" in done.stderr


def test_a_programming_error_is_one_sentence_without_its_words() -> None:
    done = process("deliver", environment={"TEST_SERVICES": "broken"})

    assert done.returncode == 1
    assert done.stderr == (
        "Uppsikt gjorde fel (ZeroDivisionError): anmäl det till den som sköter "
        "driften; med UPPSIKT_DEBUG=1 syns var felet uppstod.\n"
    )


def test_a_programming_error_shows_where_when_that_is_asked_for() -> None:
    done = process(
        "deliver", environment={"TEST_SERVICES": "broken", "UPPSIKT_DEBUG": "1"}
    )

    assert done.returncode == 1
    assert "Traceback" in done.stderr


def many_comments(folder: Path, count: int) -> Path:
    path = folder / "många.csv"
    path.write_text("text\n" + "Min åsikt om hotord\n" * count, encoding="utf-8")
    return path


def test_a_reader_that_has_seen_enough_ends_it_quietly(tmp_path: Path) -> None:
    command = [*FAKED, "scan", str(many_comments(tmp_path, 20_000)), "--no-store"]
    with subprocess.Popen(
        [*command, "--out", "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()

    assert said == b""
    assert running.returncode == 1


def test_ctrl_c_ends_with_a_sentence(tmp_path: Path) -> None:
    command = [*FAKED, "scan", str(many_comments(tmp_path, 200_000)), "--no-store"]
    with subprocess.Popen(
        [*command, "--out", "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()

    assert said.decode() == "Avbrutet.\n"
    assert running.returncode == 130
