import json
from pathlib import Path

import pytest

from moderation.decisions import decide
from moderation.domain.decision import Action, Decision, KeepReason
from moderation.grounds import load_grounds
from moderation.storage import open_store
from tests.databases import execute
from tests.factories import NOON
from tests.moderation.cli.conftest import Run


@pytest.fixture
def decided(run: Run, tmp_path: Path, database: Path) -> Path:
    """Return a database with two decisions in its log."""
    path = tmp_path / "fil.csv"
    path.write_text("text\nhotord ett\nhotord två\n", encoding="utf-8")
    assert run("scan", path).exit_code == 0
    store = open_store(str(database))
    for stored, _ in store.comments_after(0, limit=10):
        decision = Decision(
            comment_id=stored.id,
            action=Action.KEEP,
            moderator="eva",
            decided_at=NOON,
            keep_reason=KeepReason.QUOTE,
        )
        decide(decision, store=store, grounds=load_grounds())
    store.close()
    return database


def test_a_sound_log_is_said_to_be_so(run: Run, decided: Path) -> None:
    result = run("log", "verify")

    assert decided.exists()
    assert result.exit_code == 0
    assert result.stdout == "Loggen är hel: 2 poster kontrollerade.\n"


def test_a_broken_log_names_the_entry(run: Run, decided: Path) -> None:
    execute(
        str(decided),
        "DROP TRIGGER log_entries_no_update",
        "UPDATE log_entries SET payload = replace(payload, 'eva', 'eve') "
        "WHERE number = 2",
    )

    result = run("log", "verify")

    assert result.exit_code == 1
    assert result.stdout == (
        "Loggen är bruten: post 2 stämmer inte. Ändra inget, spara en kopia av "
        "databasen och kontakta den som ansvarar för loggen.\n"
    )


def test_the_log_is_exported_as_csv_for_excel(
    run: Run, decided: Path, tmp_path: Path
) -> None:
    out = tmp_path / "logg.csv"

    result = run("log", "export", "--format", "csv", "--out", out)

    assert decided.exists()
    assert result.stderr == "2 loggposter exporterade.\n"
    content = out.read_bytes().decode("utf-8-sig")
    assert content.startswith("nummer;")
    assert content.count("\r\n") == 3


def test_the_log_is_exported_as_json_lines(run: Run, decided: Path) -> None:
    result = run("log", "export", "--format", "json", "--out", "-")

    assert decided.exists()
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["number"] for line in lines] == [1, 2]


def test_a_form_that_is_not_known_is_one_sentence(run: Run) -> None:
    result = run("log", "export", "--format", "pdf", "--out", "-")

    assert result.exit_code == 2
    assert result.stderr == (
        "Värdet för --format går inte att använda. "
        "Skriv «uppsikt log export --help» för att se vad som går att ange.\n"
    )


def test_a_write_protected_database_is_checked_and_left_alone(
    run: Run, decided: Path
) -> None:
    before = decided.read_bytes()

    result = run(
        "log", "verify", "--database", f"sqlite:///file:{decided}?mode=ro&uri=true"
    )

    assert result.stdout == "Loggen är hel: 2 poster kontrollerade.\n"
    assert decided.read_bytes() == before


def test_a_database_that_is_not_there_is_not_said_to_be_sound(
    run: Run, database: Path
) -> None:
    result = run("log", "verify")

    assert result.exit_code == 1
    assert "går inte att öppna" in result.stderr
    assert not database.exists()
