"""Lists the few values of a column without reading every row."""

from sqlalchemy import Column, Connection, func, select


def distinct_values(connection: Connection, column: Column[str]) -> list[str]:
    """Return the column's values, sorted, by one look in its index for each.

    SELECT DISTINCT would read the whole index, and get slower with the archive.
    """
    least = select(func.min(column).label("value"))
    found = least.cte("found", recursive=True)
    following = select(func.min(column)).where(column > found.c.value)
    every = found.union_all(
        select(following.scalar_subquery()).where(found.c.value.is_not(None))
    )
    query = select(every.c.value).where(every.c.value.is_not(None))
    return sorted(connection.scalars(query))
