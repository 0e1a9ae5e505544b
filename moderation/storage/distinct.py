"""Lists the few values of a column without reading every row."""

from sqlalchemy import Column, Connection, func, select


def distinct_values(connection: Connection, column: Column[str]) -> list[str]:
    """Return the column's values, sorted, by one look in its index for each.

    SELECT DISTINCT would read the whole index, and get slower with the archive.
    """
    values: list[str] = []
    query = select(func.min(column))
    value = connection.scalar(query)
    while value is not None:
        values.append(value)
        value = connection.scalar(query.where(column > value))
    return sorted(values)
