"""Looks into, and reaches past, a store's database."""

from typing import Any

from sqlalchemy import text

from moderation.storage.engine import open_engine
from moderation.storage.tables import metadata


def dump(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables, sorted."""
    engine = open_engine(url)
    with engine.connect() as connection:
        tables = {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return tables


def execute(url: str, *statements: str) -> None:
    """Run statements in one transaction, as somebody with the password could."""
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()
