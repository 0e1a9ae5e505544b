"""The tables about what was shown on demand, and what was erased."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from moderation.domain.reveal import RevealPlace
from moderation.storage.tables import metadata
from moderation.storage.types import RowId, UtcDateTime, coded

reveals: Final = Table(
    "reveals",
    metadata,
    Column("number", RowId, primary_key=True),
    Column("user_name", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("comment_id", RowId, ForeignKey("comments.id"), nullable=False),
    Column("place", coded(RevealPlace), nullable=False),
    Index(None, "comment_id"),
    sqlite_autoincrement=True,
)
"""Triggers refuse every change."""

erased_comments: Final = Table(
    "erased_comments",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("external_id", Text, primary_key=True),
    Column("entry_number", RowId, ForeignKey("log_entries.number"), nullable=False),
    Column("user_name", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
"""Triggers refuse every change, and a row without a sealed log entry that says so.

Only where there is a row can a log text or a note be deleted.
"""
