import pytest
from sqlalchemy.exc import DBAPIError

from moderation.domain.log_entry import first_broken
from moderation.storage import SqlStore
from tests.databases import dump, execute
from tests.factories import a_log_text, a_payload

CHANGES = [
    "UPDATE log_entries SET moderator = 'bo'",
    "UPDATE log_entries SET payload = '{}' WHERE number = 1",
    "DELETE FROM log_entries",
    "DELETE FROM log_texts",
    "UPDATE log_texts SET text = 'annat'",
]
ONLY_SQLITE = [
    (
        "INSERT OR REPLACE INTO log_entries "
        "SELECT number, action, channel, external_id, ground, 'bo', at, payload, "
        "previous_seal, seal FROM log_entries"
    ),
    (
        "INSERT OR REPLACE INTO log_texts SELECT number, name, salt, 'annat' "
        "FROM log_texts"
    ),
]
ONLY_POSTGRESQL = [
    "TRUNCATE log_texts",
    "TRUNCATE log_entries CASCADE",
    (
        "INSERT INTO log_texts SELECT number, name, salt, 'annat' FROM log_texts "
        "ON CONFLICT (number, name) DO UPDATE SET text = EXCLUDED.text"
    ),
]


def test_the_log_cannot_be_changed_from_outside(
    store: SqlStore, database_url: str
) -> None:
    with store.transaction() as tx:
        tx.append_to_log(a_payload(), {"reasons": a_log_text()})
    before = dump(database_url)
    is_server = database_url.startswith("postgresql")

    for change in [*CHANGES, *(ONLY_POSTGRESQL if is_server else ONLY_SQLITE)]:
        with pytest.raises(DBAPIError, match="Borttagningsloggen kan inte ändras"):
            execute(database_url, change)

    assert dump(database_url) == before
    assert first_broken(store.log_entries(), store.log_head()) is None
