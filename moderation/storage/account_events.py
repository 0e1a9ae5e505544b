"""What was done to accounts."""

from sqlalchemy import Connection, insert, select

from moderation.domain.account import AccountEvent
from moderation.storage.account_tables import account_events as table
from moderation.storage.types import AnyRow


def add_event(connection: Connection, event: AccountEvent) -> None:
    """Store who did what to an account."""
    row = {
        "at": event.at,
        "name": event.name,
        "actor": event.actor,
        "change": event.change,
        "detail": event.detail,
    }
    connection.execute(insert(table).values(row))


def events_of(connection: Connection, name: str) -> list[AccountEvent]:
    """Return what was done to an account, newest first."""
    chosen = select(table).where(table.c.name == name).order_by(table.c.id.desc())
    return [_to_event(row) for row in connection.execute(chosen)]


def _to_event(row: AnyRow) -> AccountEvent:
    return AccountEvent(
        at=row.at,
        name=row.name,
        actor=row.actor,
        change=row.change,
        detail=row.detail,
    )
