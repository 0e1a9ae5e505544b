"""What a page asks the database for does not grow with the archive.

Held without a clock: by how SQLite goes about each question, and by how many steps of
its machine a page takes on a small and on a larger archive.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from moderation.grounds import load_grounds
from moderation.storage import open_store
from tests.bench.archive import Facts, fill
from tests.bench.archive_rows import Shape, now_in_whole_seconds
from tests.webui.visitor import PageServices, Visitor
from webui import create_app, queue_list, removal_log

SMALL = Shape(comments=6_000, open_items=1_500, decisions=1_500)
LARGE = Shape(comments=12_000, open_items=3_000, decisions=3_000)
NOT_LARGE = {
    "users",
    "saved_views",
    "user_functions",
    "second_factor_roles",
    # One row a day, of which the last is read.
    "watch_receipts",
    # An index of words, asked for some of them.
    "search_words",
    # Parts of a question.
    "found",
    "anon_1",
    "CONSTANT",
}
_SCAN = re.compile(r"SCAN (\w+)")
_STEPS = 10

QUEUE = {
    "all": "/ko/",
    "far down": "/ko/?efter={place}",
    "channel": "/ko/?kanal=hemsidan",
    "category": "/ko/?kategori=threat",
    "both": "/ko/?kanal=hemsidan&kategori=threat",
    "source": "/ko/?kalla=rule",
    "decided": "/ko/?status=decided&kanal=hemsidan",
    "view": "/ko/vy/1",
}
OTHERS = {
    "item": "/kommentar/{item}",
    "decided item": "/kommentar/{decided}",
    "search": "/sok?fraga=tycker",
    "log": "/logg/?kanal=hemsidan",
}
READ_BY_INDEX = ("/ko/?status=escalated", *OTHERS.values())


class Archive:
    """A filled archive with somebody who looks at its pages."""

    def __init__(self, folder: Path, shape: Shape) -> None:
        url = str(folder / "uppsikt.sqlite3")
        self._facts = fill(url, shape)
        self.store = open_store(url)
        parts = PageServices(self.store, load_grounds(), now_in_whole_seconds())
        client = create_app(parts, secret_key="en nyckel för prov").test_client()
        with client.session_transaction() as session:
            session["_user_id"] = "eva"
        self._visitor = Visitor(client)

    def look_at(self, page: str) -> None:
        """Read a page of the middle of the archive."""
        answer = self._visitor.get(self._address(page, self._facts))
        assert answer.status_code == 200

    def _address(self, page: str, facts: Facts) -> str:
        middle = len(facts.items) // 2
        return page.format(
            place=facts.places[middle],
            item=facts.items[middle],
            decided=self.store.log_entry(700).payload["comment_id"],
        )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = Archive(tmp_path_factory.mktemp("small"), SMALL)
    yield archive
    archive.store.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = Archive(tmp_path_factory.mktemp("large"), LARGE)
    yield archive
    archive.store.close()


@contextmanager
def plans() -> Iterator[list[str]]:
    """Yield a list that fills with how SQLite goes about each question."""
    found: list[str] = []

    def explain(
        _connection: object,
        cursor: sqlite3.Cursor,
        sql: str,
        values: Sequence[str | int],
        *_more: object,
    ) -> None:
        if sql.startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
            plan = cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            found.extend(row[3] for row in plan)

    event.listen(Engine, "before_cursor_execute", explain)
    yield found
    event.remove(Engine, "before_cursor_execute", explain)


@contextmanager
def counted_steps() -> Iterator[list[int]]:
    """Yield a list that grows by one with each ten steps of SQLite's machine."""
    steps: list[int] = []

    def count(cursor_connection: sqlite3.Connection, *_more: object) -> None:
        cursor_connection.set_progress_handler(lambda: steps.append(1), _STEPS)

    def stop(cursor_connection: sqlite3.Connection, *_more: object) -> None:
        cursor_connection.set_progress_handler(None, 0)

    event.listen(Engine, "checkout", count)
    event.listen(Engine, "checkin", stop)
    yield steps
    event.remove(Engine, "checkout", count)
    event.remove(Engine, "checkin", stop)


@pytest.mark.parametrize("page", [*QUEUE.values(), *READ_BY_INDEX])
def test_no_page_of_the_day_reads_a_table_from_end_to_end(
    small: Archive, page: str
) -> None:
    with plans() as found:
        small.look_at(page)

    scanned = {name for step in found for name in _SCAN.findall(step)}
    assert len(found) > 10
    assert scanned <= NOT_LARGE


def test_an_end_to_end_reading_would_be_seen(small: Archive) -> None:
    with plans() as found:
        small.store.count_comments()

    assert "comments" in {name for step in found for name in _SCAN.findall(step)}


@pytest.mark.parametrize("page", [*QUEUE.values(), OTHERS["item"], OTHERS["log"]])
def test_a_page_is_as_much_work_in_an_archive_twice_as_large(
    small: Archive, large: Archive, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No count goes past a limit, which must be reached in both.
    for counting in (queue_list, removal_log):
        monkeypatch.setattr(counting, "COUNTED", 10)
    work = []
    for archive in (small, large):
        archive.look_at(page)
        with counted_steps() as steps:
            archive.look_at(page)
        work.append(len(steps))

    assert work[0] > 50
    assert work[1] <= 1.1 * work[0]
