"""Fills a database with a generated archive, straight into the tables."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, insert, select, update

from moderation.domain.stop_words import STOP_WORDS
from moderation.domain.swedish_time import swedish_day
from moderation.domain.triage import QueueStatus
from moderation.domain.user import Role, User
from moderation.grounds import load_grounds
from moderation.passwords import hash_password
from moderation.storage import SqlStore, open_store
from moderation.storage.bulk import Values, next_ids, run_many
from moderation.storage.engine import for_writing, open_engine
from moderation.storage.search_index import index_documents
from moderation.storage.tables import (
    comments,
    deliveries,
    log_entries,
    log_head,
    log_texts,
    queue_items,
    verdicts,
)
from moderation.storage.work_tables import assignments
from tests.bench.archive_rows import (
    MODERATORS,
    Generator,
    Rows,
    Shape,
    now_in_whole_seconds,
    texts_of,
)

PASSWORD = "ett långt lösenord"
_CHUNK = 20_000
_PLACES = 200
_INDEX = "CREATE INDEX search_words ON search_documents USING gin (words)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a visitor needs to know about a filled archive."""

    shape: dict[str, int]
    view: int
    """A saved view's number."""
    items: list[int]
    """Some open items."""
    long_items: list[int]
    """Comments of 100,000 characters that are in the queue."""
    places: list[str]
    """Places all through the queue, as they stand in an address."""
    common: list[str]
    middling: list[str]
    rare: list[str]
    """Words, by how many texts have them."""


def filled(url: str, shape: Shape, facts_file: Path) -> Facts:
    """Return the facts about a database, having filled it if it was not."""
    if facts_file.exists():
        known = Facts(**json.loads(facts_file.read_text(encoding="utf-8")))
        if known.shape == asdict(shape):
            return known
        message = f"{facts_file.parent} has an archive of another size"
        raise SystemExit(message)
    facts = fill(url, shape)
    facts_file.write_text(json.dumps(asdict(facts)), encoding="utf-8")
    return facts


def fill(url: str, shape: Shape) -> Facts:
    """Make the tables, and fill them."""
    store = open_store(url)
    view = _add_people(store)
    end = now_in_whole_seconds()
    grounds = [*load_grounds().in_force(swedish_day(end)).values()]
    generator = Generator(shape, grounds, store.log_head(), end=end)
    store.close()
    engine = open_engine(url)
    with for_writing(engine).connect() as connection:
        _write_all(connection, shape, generator)
        facts = _facts(connection, shape, generator, view)
    engine.dispose()
    return facts


def _add_people(store: SqlStore) -> int:
    hashed = hash_password(PASSWORD)
    with store.transaction() as tx:
        for name in MODERATORS:
            role = Role.OFFICER if name == "lena" else Role.MODERATOR
            person = User(
                name=name,
                display_name=name.capitalize(),
                role=role,
                password_hash=hashed,
            )
            tx.add_user(person)
        return tx.add_view(
            owner="eva",
            name="Äldre hot",
            query={"kategori": "threat", "alder": "7d"},
            is_shared=True,
        )


def _write_all(connection: Connection, shape: Shape, generator: Generator) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.exec_driver_sql("PRAGMA cache_size = -400000")
    else:
        # One row after the other, PostgreSQL's index of words takes an hour.
        connection.exec_driver_sql("DROP INDEX search_words")
    connection.commit()
    for first in range(0, shape.comments, _CHUNK):
        size = min(_CHUNK, shape.comments - first)
        ids = next_ids(connection, comments, size)
        _write(connection, generator.chunk(first, ids))
        connection.commit()
    head = generator.head
    connection.execute(update(log_head).values(number=head.number, seal=head.seal))
    if not is_sqlite:
        connection.exec_driver_sql(_INDEX)
    connection.commit()
    if not is_sqlite:
        # As the server itself does after a while.
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("VACUUM ANALYZE")


def _write(connection: Connection, rows: Rows) -> None:
    for table, values in (
        (comments, rows.comments),
        (verdicts, rows.verdicts),
        (queue_items, rows.queue_items),
        (assignments, rows.assignments),
        (log_entries, rows.log_entries),
        (log_texts, rows.log_texts),
        (deliveries, rows.deliveries),
    ):
        _insert(connection, table, values)
    if connection.dialect.name == "sqlite":
        index_documents(connection, rows.documents)
        return
    _index_by_copy(connection, rows.documents)


def _insert(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    if connection.dialect.name == "sqlite":
        run_many(connection, insert(table), rows)
        return
    _copy(connection, table.name, rows)


def _copy(connection: Connection, table: str, rows: Sequence[Values]) -> None:
    """Write rows the way that PostgreSQL takes many."""
    if not rows:
        return
    driver = connection.connection.driver_connection
    columns = ", ".join(f'"{name}"' for name in rows[0])
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copying,
    ):
        for row in rows:
            copying.write_row(tuple(row.values()))


def _index_by_copy(connection: Connection, documents: Sequence[Values]) -> None:
    connection.exec_driver_sql(
        "CREATE TEMP TABLE found_by (id bigint, number bigint, comment_id bigint, "
        "channel text, words text) ON COMMIT DROP"
    )
    _copy(connection, "found_by", documents)
    connection.exec_driver_sql(
        "INSERT INTO search_documents (id, number, comment_id, channel, words) "
        "SELECT id, number, comment_id, channel, to_tsvector('simple', words) "
        "FROM found_by"
    )


def _facts(
    connection: Connection, shape: Shape, generator: Generator, view: int
) -> Facts:
    place = (queue_items.c.rank, queue_items.c.comment_id)
    is_open = queue_items.c.status == QueueStatus.OPEN
    ranked = connection.execute(select(*place).where(is_open).order_by(*place)).all()
    some = ranked[:: max(len(ranked) // _PLACES, 1)]
    counted = Counter(texts_of(generator.halves[:40_000]))
    telling = [w for w, _ in counted.most_common() if w not in STOP_WORDS]
    waiting = {row.comment_id for row in ranked}
    return Facts(
        shape=asdict(shape),
        view=view,
        items=[row.comment_id for row in some],
        long_items=[one for one in generator.long_ids if one in waiting][:20],
        places=[f"{row.rank}_{row.comment_id}" for row in some],
        common=telling[:10],
        middling=telling[100:200],
        rare=telling[-500:],
    )
