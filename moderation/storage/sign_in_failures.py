"""Counts of failed sign-ins, kept where a restart does not forget them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from moderation.domain.sign_in import FORGOTTEN_AFTER, Failures
from moderation.storage.account_tables import sign_in_failures as table


def counts(connection: Connection, keys: Sequence[str]) -> dict[str, Failures]:
    """Return the counts that exist."""
    rows = connection.execute(select(table).where(table.c.key.in_(keys)))
    return {
        row["key"]: Failures(
            count=row["count"],
            last_at=row["last_at"],
            blocked_until=row["blocked_until"],
        )
        for row in rows.mappings().all()
    }


def save(connection: Connection, failures: Mapping[str, Failures]) -> None:
    """Store counts, and drop those that are forgotten by now."""
    if not failures:
        return
    clear(connection, list(failures))
    rows = [
        {
            "key": key,
            "count": one.count,
            "last_at": one.last_at,
            "blocked_until": one.blocked_until,
        }
        for key, one in failures.items()
    ]
    connection.execute(insert(table), rows)
    oldest = max(one.last_at for one in failures.values()) - FORGOTTEN_AFTER
    connection.execute(delete(table).where(table.c.last_at < oldest))


def clear(connection: Connection, keys: Sequence[str]) -> None:
    """Forget counts."""
    connection.execute(delete(table).where(table.c.key.in_(keys)))
