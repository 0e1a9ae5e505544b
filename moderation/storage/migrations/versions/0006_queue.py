"""Searching in texts, the order of the queue, saved views and receipts."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from moderation.domain.search import SearchKind
from moderation.domain.urgency import decided_rank, due_at, waiting_rank
from moderation.storage.search_index import (
    SEARCHED_TEXTS,
    document,
    index_documents,
)
from moderation.storage.types import AnyRow, UtcDateTime

revision = "0006"
down_revision = "0005"

CHUNK = 2_000
ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, and fill them from what is stored."""
    _create_search()
    _index_comments()
    _index_decisions()
    _add_order()
    _fill_order()
    _index_order()
    _create_views()
    _create_receipts()


def _create_search() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    words = sa.dialects.postgresql.TSVECTOR() if is_postgresql else sa.Text()
    op.create_table(
        "search_documents",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("number", ROW_ID, nullable=False),
        sa.Column("comment_id", ROW_ID),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("words", words, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_documents"),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comments.id"],
            name="fk_search_documents_comment_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_search_documents_comment_id", "search_documents", ["comment_id"]
    )
    if is_postgresql:
        op.execute("CREATE INDEX search_words ON search_documents USING gin (words)")
        return
    _create_fts()


def _create_fts() -> None:
    # The words come as stems of letters and digits: nothing is left to tokenise.
    # No places are kept: they are found again in the few texts that are shown.
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(words, "
        "content='search_documents', content_rowid='id', tokenize='ascii', "
        "detail=none, columnsize=0)"
    )
    op.execute(
        "CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents "
        "BEGIN INSERT INTO search_words(rowid, words) "
        "VALUES (new.id, new.words); END"
    )
    op.execute(
        "CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents "
        "BEGIN INSERT INTO search_words(search_words, rowid, words) "
        "VALUES ('delete', old.id, old.words); END"
    )


def _chunks(query: str, **types: UtcDateTime) -> Iterator[Sequence[AnyRow]]:
    """Yield rows by rising key, a chunk at a time, in constant memory."""
    chunk = sa.text(f"{query} LIMIT {CHUNK}").columns(**types)
    last = 0
    while rows := op.get_bind().execute(chunk, {"last": last}).all():
        yield rows
        last = rows[-1].key


def _index_comments() -> None:
    query = (
        "SELECT id AS key, channel, text, posted_at, received_at FROM comments "
        "WHERE id > :last ORDER BY id"
    )
    for rows in _chunks(query, posted_at=UtcDateTime(), received_at=UtcDateTime()):
        documents = [
            document(
                SearchKind.COMMENT,
                row.key,
                at=row.posted_at or row.received_at,
                comment_id=row.key,
                channel=row.channel,
                text=row.text,
            )
            for row in rows
        ]
        index_documents(op.get_bind(), documents)


def _index_decisions() -> None:
    query = (
        "SELECT number AS key, channel, at, payload FROM log_entries "
        "WHERE number > :last ORDER BY number"
    )
    for rows in _chunks(query):
        texts = _texts(rows[0].key, rows[-1].key)
        comment_ids = _comment_ids(rows)
        documents = [
            document(
                SearchKind.DECISION,
                row.key,
                at=datetime.fromisoformat(row.at),
                comment_id=comment_ids.get(row.key),
                channel=row.channel,
                text="\n".join(texts[row.key]),
            )
            for row in rows
            if row.key in texts and _is_moment(row.at)
        ]
        index_documents(op.get_bind(), documents)


def _texts(first: int, last: int) -> dict[int, list[str]]:
    names = ", ".join(f"'{name}'" for name in SEARCHED_TEXTS)
    query = sa.text(
        "SELECT number, text FROM log_texts "
        f"WHERE number BETWEEN :first AND :last AND text <> '' AND name IN ({names})"
    )
    texts: dict[int, list[str]] = {}
    for row in op.get_bind().execute(query, {"first": first, "last": last}):
        texts.setdefault(row.number, []).append(row.text)
    return texts


def _comment_ids(rows: Sequence[AnyRow]) -> dict[int, int]:
    """Return the comments that entries are about; a damaged entry has none."""
    named = {row.key: _comment_id(row.payload) for row in rows}
    wanted = [comment_id for comment_id in named.values() if comment_id]
    query = sa.text("SELECT id FROM comments WHERE id IN :ids").bindparams(
        sa.bindparam("ids", wanted, expanding=True)
    )
    stored = set(op.get_bind().scalars(query))
    return {key: found for key, found in named.items() if found and found in stored}


def _comment_id(payload: str) -> int | None:
    try:
        found = json.loads(payload)["comment_id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return found if isinstance(found, int) else None


def _is_moment(at: str) -> bool:
    try:
        return datetime.fromisoformat(at).tzinfo is not None
    except ValueError:
        return False


def _add_order() -> None:
    for name in ("ix_queue_items_page", "ix_queue_items_channel_page"):
        op.drop_index(name, "queue_items")
    op.add_column("queue_items", sa.Column("source", sa.String(20)))
    op.add_column("queue_items", sa.Column("due_at", sa.DateTime(timezone=True)))
    op.add_column("queue_items", sa.Column("rank", ROW_ID))


def _fill_order() -> None:
    query = (
        "SELECT q.comment_id AS key, q.urgency, q.category, q.status, q.opened_at, "
        "q.decided_at, CAST(v.findings AS TEXT) AS findings FROM queue_items AS q "
        "JOIN verdicts AS v ON v.comment_id = q.comment_id "
        "WHERE q.comment_id > :last ORDER BY q.comment_id"
    )
    update = sa.text(
        "UPDATE queue_items SET source = :source, due_at = :due_at, rank = :rank "
        "WHERE comment_id = :key"
    ).bindparams(sa.bindparam("due_at", type_=UtcDateTime()))
    for rows in _chunks(query, opened_at=UtcDateTime(), decided_at=UtcDateTime()):
        op.get_bind().execute(update, [_order(row) for row in rows])


def _order(row: AnyRow) -> dict[str, object]:
    is_decided = row.status == "decided" and row.decided_at is not None
    return {
        "key": row.key,
        "source": _source(row),
        "due_at": due_at(row.urgency, row.opened_at),
        "rank": decided_rank(row.decided_at)
        if is_decided
        else waiting_rank(row.urgency, row.opened_at),
    }


def _source(row: AnyRow) -> str | None:
    """Return what found the strongest evidence for the item's category."""
    named = [f for f in json.loads(row.findings) if f["category"] == row.category]
    if not named:
        return None
    kind: str = max(named, key=lambda found: found["confidence"])["source"]
    return kind.partition(":")[0]


def _index_order() -> None:
    with op.batch_alter_table("queue_items") as table:
        table.alter_column(
            "due_at", existing_type=sa.DateTime(timezone=True), nullable=False
        )
        table.alter_column("rank", existing_type=ROW_ID, nullable=False)
    place = ["rank", "comment_id"]
    for name, columns in {
        "page": ["status", *place],
        "channel_page": ["status", "channel", *place],
        "category_page": ["status", "category", *place],
        "source_page": ["status", "source", *place],
        "status_opened_at": ["status", "opened_at"],
        "decided_at": ["decided_at"],
    }.items():
        op.create_index(f"ix_queue_items_{name}", "queue_items", columns)


def _create_views() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.JSON, nullable=False),
        sa.Column("is_shared", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
        sa.UniqueConstraint("owner", "name", name="uq_saved_views_owner_name"),
        sqlite_autoincrement=True,
    )


def _create_receipts() -> None:
    op.create_table(
        "watch_receipts",
        sa.Column("number", ROW_ID, nullable=False),
        sa.Column("moderator", sa.Text, nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("decided", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_watch_receipts"),
        sqlite_autoincrement=True,
    )
