"""Writes many rows at once."""

import json
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from sqlalchemy import Connection, Insert, Table, Update, func, select, text

Value = str | int | float | None
Values = dict[str, Value]
"""A row as the driver takes it: enums, times and JSON already made into text."""

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def run_many(
    connection: Connection, statement: Insert | Update, rows: Sequence[Values]
) -> None:
    """Run a statement once for each row.

    Past SQLAlchemy's conversion of values, which took half the time of storing.
    """
    if not rows:
        return
    compiled = statement.compile(dialect=connection.dialect, column_keys=[*rows[0]])
    names = compiled.positiontup
    if names is None:
        connection.exec_driver_sql(str(compiled), list(rows))
        return
    connection.exec_driver_sql(str(compiled), list(map(itemgetter(*names), rows)))


def next_ids(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Take the next numbers of a table's rows. None is ever used twice."""
    if connection.dialect.name == "postgresql":
        taken = select(func.nextval(f"{table.name}_id_seq"))
        return connection.scalars(
            taken.select_from(func.generate_series(1, count))
        ).all()
    last = connection.scalar(
        text("SELECT seq FROM sqlite_sequence WHERE name = :name"),
        {"name": table.name},
    )
    first = (last or 0) + 1
    return range(first, first + count)


def to_json(given: object) -> str:
    """Return a list as JSON. Most comments have no findings: that goes fast."""
    return _encode(given) if given else "[]"
