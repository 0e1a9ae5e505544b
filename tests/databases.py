"""Looks into, and reaches past, a store's database."""

from typing import Any

from alembic import command
from sqlalchemy import column, delete, insert, inspect, select, table, text

from moderation.storage.engine import open_engine
from moderation.storage.migrate import _config
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


def copy_to_older(source: str, target: str, *, revision: str) -> None:
    """Fill an empty database of an older form with what it has room for of another."""
    old, new = open_engine(target), open_engine(source)
    with old.begin() as connection, new.connect() as reading:
        command.upgrade(_config(connection), revision)
        older = inspect(connection)
        known = set(older.get_table_names())
        for one in metadata.sorted_tables:
            if one.name not in known:
                continue
            there = {found["name"] for found in older.get_columns(one.name)}
            columns = [c for c in one.c if c.name in there]
            room = table(one.name, *(column(c.name, c.type) for c in columns))
            if one.name == "log_head":
                connection.execute(delete(room))
            rows = [row._asdict() for row in reading.execute(select(*columns))]
            if rows:
                connection.execute(insert(room), rows)
    old.dispose()
    new.dispose()


def execute(url: str, *statements: str) -> None:
    """Run statements in one transaction, as somebody with the password could."""
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()
