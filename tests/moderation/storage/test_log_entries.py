import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from moderation.domain.log_entry import first_broken
from moderation.storage import SqlStore
from tests.databases import execute
from tests.factories import a_log_text, a_payload


@pytest.fixture
def unprotected(store: SqlStore, database_url: str) -> SqlStore:
    """Return a log of three, its triggers removed as an intruder would."""
    with store.transaction() as tx:
        for _ in range(3):
            tx.append_to_log(a_payload(), {"reasons": a_log_text()})
    if database_url.startswith("postgresql"):
        tables = ("log_entries", "log_texts")
        drops = [f"DROP TRIGGER {t}_append_only ON {t}" for t in tables]
        drops.append("DROP TRIGGER log_texts_no_delete ON log_texts")
    else:
        kinds = ("update", "delete", "replace")
        tables = ("log_entries", "log_texts")
        drops = [f"DROP TRIGGER {t}_no_{kind}" for t in tables for kind in kinds]
    execute(database_url, *drops)
    return store


@pytest.mark.parametrize(
    "change",
    [
        "moderator = 'bo'",
        "ground = ''",
        "at = '2026-03-02T11:00:00.000001+00:00'",
        "at = 'igår'",
        "external_id = '2'",
        "payload = replace(payload, 'eva', 'bo')",
        "payload = payload || ' '",
        "payload = ''",
        "payload = '{'",
        "payload = '[]'",
        "payload = '{}'",
        "payload = 'null'",
        "payload = replace(payload, '\"eva\"', '\"\\ud800\"')",
        "seal = upper(seal)",
        "previous_seal = seal",
    ],
)
def test_a_changed_entry_is_named(
    unprotected: SqlStore, database_url: str, change: str
) -> None:
    sql = f"UPDATE log_entries SET {change} WHERE number = 2"  # noqa: S608 - Ours.
    execute(database_url, sql)

    assert first_broken(unprotected.log_entries(), unprotected.log_head()) == 2
    assert len(list(unprotected.log_entries())) == 3
    assert unprotected.log_entry(2).number == 2


def test_a_changed_text_is_named(unprotected: SqlStore, database_url: str) -> None:
    execute(database_url, "UPDATE log_texts SET text = 'annat' WHERE number = 2")

    assert first_broken(unprotected.log_entries(), unprotected.log_head()) == 2


def test_an_erased_text_breaks_nothing(
    unprotected: SqlStore, database_url: str
) -> None:
    execute(database_url, "DELETE FROM log_texts WHERE number = 2")

    assert first_broken(unprotected.log_entries(), unprotected.log_head()) is None
    assert unprotected.log_entry(2).texts == {}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_entry_is_named(
    unprotected: SqlStore, database_url: str, number: int
) -> None:
    for table in ("log_texts", "log_entries"):
        sql = f"DELETE FROM {table} WHERE number = {number}"  # noqa: S608 - Ours.
        execute(database_url, sql)

    assert first_broken(unprotected.log_entries(), unprotected.log_head()) == number


@pytest.mark.parametrize(
    "change", ["DELETE FROM log_head", "UPDATE log_head SET number = 4"]
)
def test_a_changed_head_is_noticed(
    unprotected: SqlStore, database_url: str, change: str
) -> None:
    execute(database_url, change)

    assert first_broken(unprotected.log_entries(), unprotected.log_head()) is not None


@pytest.mark.parametrize("column", ["payload", "moderator", "seal"])
def test_a_byte_that_is_no_text_is_named_and_not_fatal(
    sqlite_store: SqlStore, tmp_path: Path, column: str
) -> None:
    with sqlite_store.transaction() as tx:
        tx.append_to_log(a_payload(), {})
    with closing(sqlite3.connect(tmp_path / "uppsikt.sqlite3")) as intruder:
        intruder.execute("DROP TRIGGER log_entries_no_update")
        intruder.execute(
            f"UPDATE log_entries SET {column} = CAST(X'7BFF7D' AS TEXT)"  # noqa: S608 - Ours.
        )
        intruder.commit()

    assert first_broken(sqlite_store.log_entries(), sqlite_store.log_head()) == 1
