import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from moderation.domain.category import Category
from moderation.domain.log_entry import LogFilter
from moderation.domain.search import SearchFilter
from moderation.domain.triage import QueueFilter, QueueStatus
from moderation.domain.urgency import Place, Source
from moderation.storage import open_store
from moderation.storage.comments import channels
from moderation.storage.engine import open_engine
from moderation.storage.log_entries import log_page
from moderation.storage.queue_items import count_queue, queue
from moderation.storage.searching import search
from moderation.storage.watch_receipts import count_decided, watch_receipts
from tests.factories import NOON, an_assessed_comment

SEVERAL = frozenset({"forum", "hemsidan", "nord"})


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
        QueueFilter(source=Source.RULE, opened_by=NOON),
        QueueFilter(channel="hemsidan", opened_by=NOON),
        QueueFilter(status=QueueStatus.DECIDED),
        QueueFilter(status=QueueStatus.DECIDED, channels=frozenset({"hemsidan"})),
    ],
)
@pytest.mark.parametrize("after", [None, Place(7, 7)])
def test_a_page_of_the_queue_is_read_by_index_and_not_sorted(
    connection: Connection, steps: list[str], chosen: QueueFilter, after: Place | None
) -> None:
    queue(connection, chosen, limit=50, after=after)

    assert len(steps) == 3
    assert all(step.startswith("SEARCH") for step in steps)


@pytest.mark.parametrize("after", [None, Place(7, 7)])
def test_a_page_of_several_channels_reads_each_in_its_own_order(
    connection: Connection, steps: list[str], after: Place | None
) -> None:
    chosen = QueueFilter(status=QueueStatus.DECIDED, channels=SEVERAL, opened_by=NOON)

    queue(connection, chosen, limit=50, after=after)

    of_each = [step for step in steps if "ix_queue_items_channel_page" in step]
    assert len(of_each) == len(SEVERAL)
    assert all("(status=? AND channel=?" in step for step in of_each)
    assert not any("SCAN queue_items" in step for step in steps), steps
    assert not any("ix_queue_items_page" in step for step in steps), steps


@pytest.mark.parametrize(
    "chosen",
    [
        QueueFilter(),
        QueueFilter(channels=SEVERAL, opened_by=NOON),
        QueueFilter(channels=SEVERAL, opened_after=NOON),
        QueueFilter(channel="hemsidan", opened_by=NOON),
        QueueFilter(category=Category.THREAT, opened_after=NOON),
        QueueFilter(opened_after=NOON),
    ],
)
def test_what_waits_is_counted_by_index(
    connection: Connection, steps: list[str], chosen: QueueFilter
) -> None:
    count_queue(connection, chosen, at_most=500)

    assert_no_table_is_read_through(steps)


def test_the_other_figures_of_the_queue_page_are_read_by_index(
    connection: Connection, steps: list[str]
) -> None:
    for limit in (None, SEVERAL):
        count_decided(connection, since=NOON, at_most=500, channels=limit)
    watch_receipts(connection, limit=1, before=7)

    assert_no_table_is_read_through(steps)


@pytest.mark.parametrize("channels", [frozenset({"forum"}), SEVERAL])
def test_a_page_of_the_log_reads_each_channel_in_its_own_order(
    connection: Connection, steps: list[str], channels: frozenset[str]
) -> None:
    log_page(connection, LogFilter(channels=channels), limit=26, offset=25)

    of_each = [step for step in steps if "ix_log_entries_channel_number" in step]
    assert len(of_each) == len(channels)
    assert not any(step.startswith("SCAN log_entries") for step in steps), steps


def test_a_search_reads_the_index_of_words_and_the_rows_it_names(
    connection: Connection, steps: list[str], tmp_path: Path
) -> None:
    store = open_store(str(tmp_path / "uppsikt.sqlite3"))
    with store.transaction() as tx:
        comment = an_assessed_comment("Bron", channel="forum")
        tx.record_many([comment], received_at=NOON)
    store.close()
    chosen = SearchFilter(words=("bron",), channel="forum", status=QueueStatus.OPEN)
    assert len(search(connection, chosen, limit=50, before=None).hits) == 1

    scanned = [step for step in steps if step.startswith("SCAN")]
    assert scanned == [step for step in scanned if "search_words VIRTUAL TABLE" in step]
    assert len(scanned) == 1
    assert not any("TEMP B-TREE" in step for step in steps)


def assert_no_table_is_read_through(steps: list[str]) -> None:
    of_tables = [step for step in steps if "queue_items" in step or "watch" in step]
    assert of_tables
    assert all(step.startswith("SEARCH") for step in of_tables), steps
    assert not any("TEMP B-TREE" in step for step in steps)


def test_the_channels_are_found_without_reading_the_archive(
    connection: Connection, steps: list[str]
) -> None:
    channels(connection)

    of_tables = [step for step in steps if "comments" in step]
    assert len(of_tables) == 2
    assert all(step.startswith("SEARCH") for step in of_tables)
