import pytest
from alembic import command
from sqlalchemy import text

from moderation.domain.account import AccountChange
from moderation.storage import open_store
from moderation.storage.engine import open_engine
from moderation.storage.migrate import _config
from tests.databases import execute

COMMENT = (
    "INSERT INTO comments (id, channel, external_id, version, text, text_sha256, "
    "author, thread, parent, url, received_at, is_current) VALUES "
    "({id}, 'hemsidan', '{id}', 1, 'a', '{id}', '', '', '', '', "
    "'2026-03-02 11:00:00.000000', '1')"
)
ITEM = (
    "INSERT INTO queue_items (comment_id, channel, urgency, status, outcome, "
    "opened_at, decided_at, only_unassessed, due_at, rank) VALUES "
    "({id}, 'hemsidan', 0.9, 'decided', '{outcome}', '2026-03-02 11:00:00.000000', "
    "'2026-03-20 11:00:00.000000', '0', '2026-03-02 12:00:00.000000', 1)"
)
EVENT = (
    "INSERT INTO account_events (at, name, actor, change, detail) VALUES "
    "('2026-03-02 11:00:00.000000', 'eva', 'ada', 'closed', '')"
)


ENTRY = (
    "INSERT INTO log_entries (number, action, channel, external_id, ground, "
    "moderator, at, payload, previous_seal, seal) VALUES ({number}, '{action}', "
    "'hemsidan', '2', '', 'eva', '2026-03-02T11:0{number}:00.000000+00:00', "
    "'{payload}', '', '')"
)
ABOUT_2 = '{"comment_id": 2}'


def an_entry(number: int, action: str, payload: str = ABOUT_2) -> str:
    return ENTRY.format(number=number, action=action, payload=payload)


@pytest.fixture
def older(empty_database_url: str) -> str:
    """Return a database of the form before, with four decided comments."""
    engine = open_engine(empty_database_url)
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0006")
    engine.dispose()
    outcomes = {1: "hidden", 2: "restored", 3: "restored", 4: "none"}
    execute(
        empty_database_url,
        *(COMMENT.format(id=one) for one in outcomes),
        *(ITEM.format(id=one, outcome=word) for one, word in outcomes.items()),
        an_entry(1, "escalate"),
        an_entry(2, "hide", "ingen json"),
        an_entry(3, "hide"),
        an_entry(4, "hide"),
        EVENT,
    )
    return empty_database_url


def test_the_first_decisions_are_found_where_they_are_known(older: str) -> None:
    store = open_store(older)
    store.close()

    engine = open_engine(older)
    query = "SELECT comment_id, first_decided_at FROM queue_items ORDER BY comment_id"
    with engine.connect() as connection:
        found = [(row[0], str(row[1])[:16]) for row in connection.execute(text(query))]
    engine.dispose()
    assert found == [
        (1, "2026-03-20 11:00"),
        (2, "2026-03-02 11:03"),
        (3, "None"),
        (4, "None"),
    ]


def test_events_from_before_are_kept(older: str) -> None:
    store = open_store(older)

    [event] = store.account_events("eva")
    store.close()

    assert event.change is AccountChange.CLOSED
    assert event.actor == "ada"
