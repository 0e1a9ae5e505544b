from alembic import command

from moderation.storage import open_store
from moderation.storage.engine import open_engine
from moderation.storage.migrate import _config
from tests.databases import execute
from tests.factories import a_user


def test_users_from_before_keep_what_they_had_and_are_not_hindered(
    empty_database_url: str,
) -> None:
    engine = open_engine(empty_database_url)
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0001")
    engine.dispose()
    execute(
        empty_database_url,
        "INSERT INTO users VALUES "
        "('eva', 'Eva', 'moderator', '$argon2id$exempel', '1')",
    )

    store = open_store(empty_database_url)

    users = store.users()
    store.close()
    assert users == [a_user()]
