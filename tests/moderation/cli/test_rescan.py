from datetime import UTC, datetime
from pathlib import Path

import pytest

from moderation.domain.run import RunTally
from moderation.storage import open_store
from tests.databases import execute
from tests.moderation.cli.conftest import Run


@pytest.fixture
def archive(run: Run, tmp_path: Path, database: Path) -> Path:
    """Return a database with three comments, of which the old rules flag one."""
    path = tmp_path / "fil.csv"
    path.write_text("text\nhotord\nnyord\nHej\n", encoding="utf-8")
    assert run("scan", path).exit_code == 0
    return database


def test_the_report_says_what_the_run_came_to(run: Run, archive: Path) -> None:
    result = run("rescan", newer=True)

    assert archive.exists()
    assert result.exit_code == 0
    assert result.stdout == (
        "Körning 1 är klar: 3 sedda, 1 nyflaggade, 1 ändrade, 0 misslyckade.\n"
    )


def test_a_second_run_changes_nothing(run: Run, archive: Path) -> None:
    run("rescan", newer=True)

    again = run("rescan", newer=True)

    assert archive.exists()
    assert again.stdout == (
        "Körning 2 är klar: 3 sedda, 0 nyflaggade, 0 ändrade, 0 misslyckade.\n"
    )


def test_an_empty_archive_is_done_at_once(run: Run) -> None:
    assert "0 sedda" in run("rescan").stdout


def test_since_limits_the_run_to_what_was_received_later(
    run: Run, archive: Path
) -> None:
    execute(
        str(archive), "UPDATE comments SET received_at = '2020-01-01 00:00:00.000000'"
    )

    assert "0 sedda" in run("rescan", "--since", "2024-01-01").stdout
    assert "3 sedda" in run("rescan", "--since", "2019-12-31").stdout


def test_a_stopped_run_goes_on_where_it_was(run: Run, archive: Path) -> None:
    store = open_store(str(archive))
    with store.transaction() as tx:
        started = tx.start_run(
            since=None,
            ruleset="regler-2",
            model="modell-1",
            at=datetime(2026, 11, 22, tzinfo=UTC),
        )
    [(first, _)] = store.comments_after(0, limit=1)
    store.close()
    assert started.tally == RunTally()
    execute(
        str(archive),
        f"UPDATE runs SET last_comment_id = {first.id}, seen = 1",  # noqa: S608 - a number
    )

    result = run("rescan", newer=True)

    assert result.stdout == (
        f"Körning 1 fortsätter från kommentar {first.id} (1 sedda).\n"
        "Körning 1 är klar: 3 sedda, 1 nyflaggade, 1 ändrade, 0 misslyckade.\n"
    )


def test_a_chunk_that_cannot_be_stored_gives_exit_code_1(
    run: Run, archive: Path
) -> None:
    execute(
        str(archive),
        "CREATE TRIGGER broken BEFORE UPDATE ON verdicts "
        "BEGIN SELECT RAISE(ABORT, 'no'); END",
    )

    result = run("rescan", newer=True)

    assert result.exit_code == 1
    assert result.stdout == (
        "Körning 1 är klar: 3 sedda, 0 nyflaggade, 0 ändrade, 3 misslyckade.\n"
    )


def test_a_date_that_is_none_is_one_sentence(run: Run) -> None:
    result = run("rescan", "--since", "igår")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        "--since igår är inget datum: skriv det som 2026-11-22. "
    )
