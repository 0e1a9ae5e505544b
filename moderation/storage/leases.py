"""Who holds which item, and what they have typed about it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, case, delete, select

from moderation.domain.collaboration import LEASE, Draft, Lease
from moderation.storage.types import AnyRow
from moderation.storage.upsert import upsert
from moderation.storage.work_tables import assignments, drafts, leases


def held(
    connection: Connection, comment_ids: Collection[int], *, at: datetime
) -> dict[int, Lease]:
    """Return who holds which of the items; what has run out is left out."""
    query = select(leases).where(
        leases.c.comment_id.in_(comment_ids), leases.c.until > at
    )
    return {row.comment_id: _to_lease(row) for row in connection.execute(query)}


def hold(connection: Connection, comment_id: int, user: str, *, at: datetime) -> Lease:
    """Give the item to the user, or renew it, unless another holds it."""
    table = leases.c
    wanted = upsert(connection, leases).values(_row(comment_id, user, at))
    goes_on = (table.holder == user) & (table.until > at)
    connection.execute(
        wanted.on_conflict_do_update(
            index_elements=[table.comment_id],
            set_={
                "holder": user,
                "since": case((goes_on, table.since), else_=at),
                "until": at + LEASE,
            },
            where=(table.holder == user) | (table.until <= at),
        )
    )
    query = select(leases).where(table.comment_id == comment_id)
    return _to_lease(connection.execute(query).one())


def take_over(
    connection: Connection, comment_id: int, user: str, *, at: datetime
) -> str:
    """Give the item to the user whoever holds it, and return who did, or «»."""
    before = hold(connection, comment_id, user, at=at).holder
    if before == user:
        return ""
    row = _row(comment_id, user, at)
    connection.execute(
        leases.update().where(leases.c.comment_id == comment_id).values(row)
    )
    return before


def release(connection: Connection, comment_id: int, user: str) -> None:
    """End the user's lease, if there is one."""
    connection.execute(
        delete(leases).where(leases.c.comment_id == comment_id, leases.c.holder == user)
    )


def settle(connection: Connection, comment_id: int, *, by: str) -> None:
    """End what only a waiting item has: lease, assignments, the decider's draft."""
    for table in (leases, assignments):
        connection.execute(delete(table).where(table.c.comment_id == comment_id))
    drop_draft(connection, by, comment_id)


def draft(connection: Connection, user: str, comment_id: int) -> Draft | None:
    """Return what the user has typed about the item, or None."""
    query = select(drafts).where(
        drafts.c.user_name == user, drafts.c.comment_id == comment_id
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Draft(
        user=row.user_name,
        comment_id=row.comment_id,
        fields=row.fields,
        saved_at=row.saved_at,
    )


def save_draft(connection: Connection, typed: Draft) -> None:
    """Keep a draft in place of the user's last one about the item."""
    changed = {"fields": dict(typed.fields), "saved_at": typed.saved_at}
    key = {"user_name": typed.user, "comment_id": typed.comment_id}
    connection.execute(
        upsert(connection, drafts)
        .values(**key, **changed)
        .on_conflict_do_update(
            index_elements=[drafts.c.user_name, drafts.c.comment_id], set_=changed
        )
    )


def drop_draft(connection: Connection, user: str, comment_id: int) -> None:
    """Throw a draft away, if there is one."""
    connection.execute(
        delete(drafts).where(
            drafts.c.user_name == user, drafts.c.comment_id == comment_id
        )
    )


def _row(comment_id: int, user: str, at: datetime) -> dict[str, object]:
    return {
        "comment_id": comment_id,
        "holder": user,
        "since": at,
        "until": at + LEASE,
    }


def _to_lease(row: AnyRow) -> Lease:
    return Lease(
        comment_id=row.comment_id, holder=row.holder, since=row.since, until=row.until
    )
