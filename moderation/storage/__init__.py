"""Keeps everything in SQLite or PostgreSQL. Home of SQLAlchemy Core and Alembic."""

from moderation.storage.sql_store import SqlStore, open_store, open_store_to_read

__all__ = ["SqlStore", "open_store", "open_store_to_read"]
