from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from moderation.domain.errors import StorageError
from moderation.storage import open_store
from moderation.storage.engine import open_engine
from moderation.storage.migrate import migrate
from moderation.storage.tables import metadata
from tests.databases import dump, execute
from tests.factories import NOON, an_assessed_comment


def is_told_by_tables(name: str | None, _kind: str, _parents: object) -> bool:
    """Leave out the index of words: of tables of its own, or of a kind of its own."""
    return name is None or not name.startswith("search_words")


def test_an_empty_database_gets_exactly_the_tables_that_the_code_expects(
    empty_database_url: str,
) -> None:
    engine = open_engine(empty_database_url)
    migrate(engine)

    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": is_told_by_tables}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, metadata)
    engine.dispose()

    assert differences == []


def test_opening_again_keeps_what_is_stored(database_url: str) -> None:
    store = open_store(database_url)
    with store.transaction() as tx:
        tx.record_many([an_assessed_comment()], received_at=NOON)
    store.close()
    before = dump(database_url)

    open_store(database_url).close()

    assert dump(database_url) == before


def test_a_database_from_a_newer_version_is_refused_and_left_alone(
    database_url: str,
) -> None:
    open_store(database_url).close()
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StorageError, match="är från en nyare version av Uppsikt"):
        open_store(database_url)


def test_a_migration_that_fails_leaves_nothing_behind(
    empty_database_url: str,
) -> None:
    execute(empty_database_url, "CREATE TABLE users (name TEXT)")

    with pytest.raises(StorageError, match="svarade med felet"):
        open_store(empty_database_url)

    execute(empty_database_url, "CREATE TABLE comments (id INTEGER)")


def test_a_folder_with_a_percent_sign_in_its_name_is_no_obstacle(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "100 % åäö"
    folder.mkdir()

    open_store(str(folder / "uppsikt.sqlite3")).close()

    assert (folder / "uppsikt.sqlite3").is_file()
