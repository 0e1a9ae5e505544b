"""Who is to see to what, and who has which function."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    insert,
    nulls_last,
    or_,
    select,
)

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.collaboration import AssignedEntry, Assignment, Function
from moderation.domain.triage import QueueStatus
from moderation.storage.account_tables import user_functions as functions_table
from moderation.storage.channel_limits import in_channels
from moderation.storage.queue_items import entries_query, to_entry
from moderation.storage.tables import queue_items
from moderation.storage.types import AnyRow
from moderation.storage.upsert import upsert
from moderation.storage.work_tables import assignments as table

_COLUMNS = (
    table.c.comment_id.label("of_comment"),
    table.c.status.label("in_status"),
    table.c.user_name,
    table.c.function,
    table.c.due,
    table.c.reason,
    table.c.given_by,
    table.c.given_at,
    table.c.was,
)
"""Named apart from the columns of the items that they are read with."""


def assignments(
    connection: Connection, comment_ids: Collection[int]
) -> dict[int, Assignment]:
    """Return who is to see to which of the items, as they stand now."""
    query = (
        select(*_COLUMNS)
        .join(queue_items, _counts())
        .where(table.c.comment_id.in_(comment_ids))
    )
    return {row.of_comment: _to_assignment(row) for row in connection.execute(query)}


def parked(
    connection: Connection,
    *,
    first: str,
    limit: int,
    offset: int,
    channels: ChannelLimit,
) -> list[AssignedEntry]:
    """Return parked items: the user's own first, then by last day."""
    query = (
        _assigned(QueueStatus.PARKED, channels)
        .order_by(table.c.user_name != first, table.c.due, table.c.comment_id)
        .limit(limit)
        .offset(offset)
    )
    return _entries(connection, query)


def assigned_to(  # noqa: PLR0913 - The port's values, and the connection.
    connection: Connection,
    user: str,
    functions: Collection[Function],
    *,
    status: QueueStatus,
    limit: int,
    channels: ChannelLimit,
) -> list[AssignedEntry]:
    """Return what waits for the user or one of the functions, by last day."""
    query = (
        _assigned(status, channels)
        .where(or_(table.c.user_name == user, table.c.function.in_(functions)))
        .order_by(nulls_last(table.c.due), table.c.comment_id)
        .limit(limit)
    )
    return _entries(connection, query)


def assign(connection: Connection, assignment: Assignment) -> None:
    """Let somebody see to the item, in place of whoever did in that status."""
    key = {"comment_id": assignment.comment_id, "status": assignment.status}
    values = {
        "user_name": assignment.user,
        "function": assignment.function,
        "due": assignment.due,
        "reason": assignment.reason,
        "given_by": assignment.given_by,
        "given_at": assignment.given_at,
        "was": assignment.was,
    }
    connection.execute(
        upsert(connection, table)
        .values(**key, **values)
        .on_conflict_do_update(
            index_elements=[table.c.comment_id, table.c.status], set_=values
        )
    )


def unassign(
    connection: Connection, comment_id: int, status: QueueStatus
) -> Assignment | None:
    """End an assignment and return it, or None if there is none."""
    ended = connection.execute(
        delete(table)
        .where(table.c.comment_id == comment_id, table.c.status == status)
        .returning(*_COLUMNS)
    ).one_or_none()
    return None if ended is None else _to_assignment(ended)


def user_functions(connection: Connection) -> dict[str, frozenset[Function]]:
    """Return the functions of every user who has any."""
    found: dict[str, frozenset[Function]] = {}
    for row in connection.execute(select(functions_table)):
        found[row.user_name] = found.get(row.user_name, frozenset()) | {row.function}
    return found


def set_functions(
    connection: Connection, user: str, functions: Collection[Function]
) -> None:
    """Let the user have these functions and no others."""
    mine = functions_table.c.user_name == user
    connection.execute(delete(functions_table).where(mine))
    rows = [{"user_name": user, "function": one} for one in sorted(set(functions))]
    if rows:
        connection.execute(insert(functions_table), rows)


def _counts() -> ColumnElement[bool]:
    return and_(
        queue_items.c.comment_id == table.c.comment_id,
        queue_items.c.status == table.c.status,
    )


def _assigned(status: QueueStatus, channels: ChannelLimit) -> Select[*tuple[Any, ...]]:
    return (
        entries_query()
        .add_columns(*_COLUMNS)
        .join(table, _counts())
        .where(table.c.status == status, *in_channels(queue_items.c.channel, channels))
    )


def _entries(
    connection: Connection, query: Select[*tuple[Any, ...]]
) -> list[AssignedEntry]:
    return [
        AssignedEntry(entry=to_entry(row), assignment=_to_assignment(row))
        for row in connection.execute(query)
    ]


def _to_assignment(row: AnyRow) -> Assignment:
    return Assignment(
        comment_id=row.of_comment,
        status=row.in_status,
        user=row.user_name,
        function=row.function,
        due=row.due,
        reason=row.reason,
        given_by=row.given_by,
        given_at=row.given_at,
        was=row.was,
    )
