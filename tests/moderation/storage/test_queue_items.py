import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from moderation.domain.category import Category
from moderation.domain.triage import QueueFilter
from moderation.storage import open_store
from moderation.storage.comments import channels
from moderation.storage.engine import open_engine
from moderation.storage.queue_items import queue


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    url = str(tmp_path / "uppsikt.sqlite3")
    open_store(url).close()
    engine = open_engine(url)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def steps(connection: Connection) -> list[str]:
    """Return a list that fills with how SQLite goes about each question."""
    found: list[str] = []

    def explain(
        _connection: object,
        cursor: sqlite3.Cursor,
        sql: str,
        values: Sequence[str | int],
        *_more: object,
    ) -> None:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        found.extend(row[3] for row in plan)

    event.listen(connection, "before_cursor_execute", explain)
    return found


@pytest.mark.parametrize(
    "chosen",
    [
        QueueFilter(),
        QueueFilter(channel="hemsidan"),
        QueueFilter(category=Category.THREAT),
        QueueFilter(channel="hemsidan", unassessed_only=True),
    ],
)
def test_a_page_of_the_queue_is_read_by_index_and_not_sorted(
    connection: Connection, steps: list[str], chosen: QueueFilter
) -> None:
    queue(connection, chosen, limit=50, offset=0)

    assert len(steps) == 3
    assert all(step.startswith("SEARCH") for step in steps)


def test_the_channels_are_found_without_reading_the_archive(
    connection: Connection, steps: list[str]
) -> None:
    channels(connection)

    assert len(steps) == 1
    assert steps[0].startswith("SEARCH")
