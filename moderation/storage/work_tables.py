"""The tables about the work in progress: who holds what, notes, views, the search."""

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from moderation.domain.collaboration import Function, ItemEventKind
from moderation.domain.triage import QueueStatus
from moderation.storage.tables import metadata
from moderation.storage.types import RowId, UtcDateTime, coded


def _comment(*, is_key: bool) -> Column[int]:
    """Return the column that says which comment a row is about."""
    return Column(
        "comment_id",
        RowId,
        ForeignKey("comments.id"),
        primary_key=is_key,
        nullable=False,
    )


leases: Final = Table(
    "leases",
    metadata,
    _comment(is_key=True),
    Column("holder", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

drafts: Final = Table(
    "drafts",
    metadata,
    Column("user_name", Text, primary_key=True),
    _comment(is_key=True),
    Column("fields", JSON, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)

assignments: Final = Table(
    "assignments",
    metadata,
    _comment(is_key=True),
    Column("status", coded(QueueStatus), primary_key=True),
    Column("user_name", Text, nullable=False),
    Column("function", coded(Function)),
    Column("due", Date),
    Column("reason", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("was", coded(QueueStatus), nullable=False),
    Index(None, "status", "user_name"),
    Index(None, "status", "function"),
)
"""Each counts while its item has the same status."""

item_events: Final = Table(
    "item_events",
    metadata,
    Column("id", RowId, primary_key=True),
    _comment(is_key=False),
    Column("kind", coded(ItemEventKind), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("other", Text, nullable=False),
    Column("due", Date),
    Column("text", Text, nullable=False),
    Index(None, "comment_id"),
    sqlite_autoincrement=True,
)

notes: Final = Table(
    "notes",
    metadata,
    Column("id", RowId, primary_key=True),
    _comment(is_key=False),
    Column("author", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Index(None, "comment_id"),
    sqlite_autoincrement=True,
)
"""Triggers refuse every change of a note."""

mentions: Final = Table(
    "mentions",
    metadata,
    Column("note_id", RowId, ForeignKey("notes.id"), primary_key=True),
    Column("user_name", Text, primary_key=True),
    Column("read_at", UtcDateTime),
    Index(None, "user_name", "read_at"),
)

hide_deadlines: Final = Table(
    "hide_deadlines",
    metadata,
    _comment(is_key=True),
    Column("entry_number", RowId, ForeignKey("log_entries.number"), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Index(None, "due_at"),
)
"""Comments hidden for a time; a row goes when somebody has decided again."""

search_documents: Final = Table(
    "search_documents",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("number", RowId, nullable=False),
    Column(
        "comment_id", RowId, ForeignKey("comments.id", ondelete="CASCADE"), index=True
    ),
    Column("channel", Text, nullable=False),
    Column("words", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
)
"""What can be searched: stems of words. Triggers copy them to SQLite's FTS5 table
search_words; in PostgreSQL they are a tsvector, with the index search_words. The
migration makes those two."""

saved_views: Final = Table(
    "saved_views",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("query", JSON, nullable=False),
    Column("is_shared", Boolean, nullable=False),
    UniqueConstraint("owner", "name"),
    sqlite_autoincrement=True,
)

watch_receipts: Final = Table(
    "watch_receipts",
    metadata,
    Column("number", RowId, primary_key=True),
    Column("moderator", Text, nullable=False),
    Column("signed_at", UtcDateTime, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("decided", Integer, nullable=False),
    sqlite_autoincrement=True,
)
