"""The tables. A migration makes them; a test checks that the two agree."""

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from moderation.domain.category import Category
from moderation.domain.delivery import DeliveryStatus, Visibility
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.urgency import Source
from moderation.domain.user import Language, Role
from moderation.domain.verdict import Recommendation
from moderation.storage.types import RowId, UtcDateTime, coded

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

comments: Final = Table(
    "comments",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("author", Text, nullable=False),
    Column("posted_at", UtcDateTime),
    Column("thread", Text, nullable=False),
    Column("parent", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("is_current", Boolean, nullable=False),
    UniqueConstraint("channel", "external_id", "version"),
    UniqueConstraint("channel", "external_id", "text_sha256"),
    Index("ix_comments_thread", "channel", "thread"),
    Index(None, "received_at", "channel"),
    Index(None, "text_sha256"),
    sqlite_autoincrement=True,
)
"""One row for each text that a comment has had."""

verdicts: Final = Table(
    "verdicts",
    metadata,
    Column("comment_id", RowId, ForeignKey("comments.id"), primary_key=True),
    Column("recommendation", coded(Recommendation), nullable=False),
    Column("score", Double, nullable=False),
    Column("scores", JSON, nullable=False),
    Column("findings", JSON, nullable=False),
    Column("not_assessed", JSON, nullable=False),
    Column("ruleset", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("assessed_at", UtcDateTime, nullable=False),
)
"""The latest advice: scores in the order of CATEGORIES, findings without the words."""

queue_items: Final = Table(
    "queue_items",
    metadata,
    Column("comment_id", RowId, ForeignKey("comments.id"), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("category", coded(Category)),
    Column("urgency", Double, nullable=False),
    Column("status", coded(QueueStatus), nullable=False),
    Column("outcome", coded(Outcome), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("only_unassessed", Boolean, nullable=False),
    Column("source", coded(Source)),
    Column("due_at", UtcDateTime, nullable=False),
    Column("rank", RowId, nullable=False),
    Column("first_decided_at", UtcDateTime),
    Index("ix_queue_items_page", "status", "rank", "comment_id"),
    Index("ix_queue_items_channel_page", "status", "channel", "rank", "comment_id"),
    Index("ix_queue_items_category_page", "status", "category", "rank", "comment_id"),
    Index("ix_queue_items_source_page", "status", "source", "rank", "comment_id"),
    Index(
        "ix_queue_items_channel_category_page",
        *("status", "channel", "category", "rank", "comment_id"),
    ),
    Index(None, "status", "opened_at"),
    Index(None, "decided_at"),
)
"""The rank puts severity and deadline into one number, to list by."""

Index(None, queue_items.c.opened_at, queue_items.c.channel)
Index(None, queue_items.c.decided_at, queue_items.c.channel)
Index(None, queue_items.c.first_decided_at, queue_items.c.channel)

log_entries: Final = Table(
    "log_entries",
    metadata,
    Column("number", RowId, primary_key=True, autoincrement=False),
    Column("action", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("ground", Text, nullable=False),
    Column("moderator", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous_seal", Text, nullable=False),
    Column("seal", Text, nullable=False),
    Index(None, "channel", "external_id", "number"),
    Index(None, "channel", "number"),
    Index(None, "ground", "number"),
    Index(None, "moderator", "number"),
    Index(None, "action", "number"),
    Index(None, "at"),
)
"""Only the payload is sealed; the other columns repeat it, to search by.

All are text, so that a row that somebody has tampered with can still be read.
"""

log_texts: Final = Table(
    "log_texts",
    metadata,
    Column("number", RowId, ForeignKey("log_entries.number"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("text", Text, nullable=False),
)

log_head: Final = Table(
    "log_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", RowId, nullable=False),
    Column("seal", Text, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)

deliveries: Final = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("entry_number", RowId, ForeignKey("log_entries.number"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("desired", coded(Visibility), nullable=False),
    Column("status", coded(DeliveryStatus), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("handled_by", Text),
    Column("handled_at", UtcDateTime),
    Index(None, "channel", "external_id"),
    Index(None, "status", "due_at"),
    Index(None, "status", "channel"),
    Index(None, "entry_number"),
    sqlite_autoincrement=True,
)
"""The outbox."""

runs: Final = Table(
    "runs",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("since", UtcDateTime),
    Column("ruleset", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("last_comment_id", RowId, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("newly_flagged", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    sqlite_autoincrement=True,
)

users: Final = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("role", coded(Role), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False, server_default=false()),
    Column("session_generation", Integer, nullable=False, server_default="0"),
    Column("demands_second_factor", Boolean, nullable=False, server_default=false()),
    Column("channels", JSON, nullable=False, server_default="[]"),
    Column("language", coded(Language)),
)
