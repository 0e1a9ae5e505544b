"""The command line with a detector that starts at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moderation.cli import cli
from tests.fakes import FakedServices, NewerServices

Run = Callable[..., Result]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return where the command keeps its database."""
    return tmp_path / "uppsikt.sqlite3"


@pytest.fixture
def run(database: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs the command; newer=True with rules that know one word more."""
    monkeypatch.setenv("UPPSIKT_DATABASE", str(database))

    def run_it(*arguments: str | Path, typed: str = "", newer: bool = False) -> Result:
        return CliRunner().invoke(
            cli,
            [str(argument) for argument in arguments],
            input=typed,
            obj=NewerServices if newer else FakedServices,
            prog_name="uppsikt",
        )

    return run_it
