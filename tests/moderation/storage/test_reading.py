"""A database that one may only read."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from moderation.domain.errors import StorageError
from moderation.log import verify
from moderation.storage import open_store, open_store_to_read
from tests.databases import execute
from tests.factories import a_log_text, a_payload, a_user
from tests.moderation.storage.test_errors import as_ordinary_user


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that everybody may enter, unlike those of pytest."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def a_log(url: str) -> None:
    store = open_store(url)
    with store.transaction() as tx:
        tx.append_to_log(a_payload(), {"reasons": a_log_text()})
    store.close()


def entries_in(url: str) -> int:
    store = open_store_to_read(url)
    checked = verify(store)
    store.close()
    assert checked.is_sound
    return checked.entries


@pytest.mark.parametrize("rights", [0o755, 0o555])
def test_a_write_protected_file_can_be_read(folder: Path, rights: int) -> None:
    path = folder / "åäö 100 %.sqlite3"
    a_log(str(path))
    path.chmod(0o444)
    folder.chmod(rights)

    with as_ordinary_user():
        assert entries_in(str(path)) == 1
        assert entries_in(f"sqlite:///{path}") == 1


def test_an_address_that_asks_to_read_only_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "uppsikt.sqlite3"
    a_log(str(path))

    assert entries_in(f"sqlite:///file:{path}?mode=ro&uri=true") == 1


def test_a_database_in_use_is_read_with_what_was_written_last(tmp_path: Path) -> None:
    path = tmp_path / "uppsikt.sqlite3"
    a_log(str(path))
    writer = open_store(str(path))
    with writer.transaction() as tx:
        tx.append_to_log(a_payload(), {})

    assert entries_in(str(path)) == 2
    writer.close()


def test_reading_changes_neither_database(database_url: str) -> None:
    a_log(database_url)
    store = open_store_to_read(database_url)

    with pytest.raises(StorageError, match="skrivskyddad"), store.transaction() as tx:
        tx.add_user(a_user())

    assert store.users() == []
    store.close()


def test_a_server_that_only_reads_will_do(postgresql_url: str) -> None:
    a_log(postgresql_url)
    reading = f"{postgresql_url}&options=-cdefault_transaction_read_only%3Don"

    assert entries_in(reading) == 1


def test_an_older_database_is_read_as_it_is(tmp_path: Path) -> None:
    path = str(tmp_path / "uppsikt.sqlite3")
    a_log(path)
    execute(path, "UPDATE alembic_version SET version_num = '0001'")

    assert entries_in(path) == 1


def test_a_newer_one_and_a_strange_one_are_refused(empty_database_url: str) -> None:
    execute(empty_database_url, "CREATE TABLE annat (id INTEGER)")
    with pytest.raises(StorageError, match="hör inte till Uppsikt"):
        open_store_to_read(empty_database_url)

    execute(empty_database_url, "DROP TABLE annat")
    open_store(empty_database_url).close()
    execute(empty_database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="nyare version"):
        open_store_to_read(empty_database_url)


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "saknas.sqlite3"

    with pytest.raises(StorageError, match="går inte att öppna"):
        open_store_to_read(str(path))

    assert not path.exists()
