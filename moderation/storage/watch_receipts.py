"""Receipts for a day's watch, and the counts that they tell."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from moderation.domain.channel_limit import ChannelLimit, is_within
from moderation.domain.triage import QueueFilter
from moderation.domain.watch import WatchReceipt
from moderation.storage.channel_limits import in_channels
from moderation.storage.comments import channels
from moderation.storage.locks import Lock, wait_for
from moderation.storage.queue_items import count_queue
from moderation.storage.tables import queue_items
from moderation.storage.types import AnyRow
from moderation.storage.work_tables import watch_receipts as table


def sign_watch(
    connection: Connection,
    *,
    moderator: str,
    at: datetime,
    day_began: datetime,
    limit: ChannelLimit,
) -> WatchReceipt | None:
    """Add a receipt, or None if something waits. See QueueChanging."""
    wait_for(Lock.COMMENTS, connection)
    if count_queue(connection, QueueFilter(channels=limit), at_most=1):
        return None
    row = {
        "moderator": moderator,
        "signed_at": at,
        "channels": [one for one in channels(connection) if is_within(limit, one)],
        "decided": count_decided(
            connection, since=day_began, at_most=None, channels=limit
        ),
    }
    added = connection.execute(insert(table).values(row).returning(*table.c))
    return _to_receipt(added.one())


def watch_receipts(
    connection: Connection, *, limit: int, before: int | None
) -> list[WatchReceipt]:
    """Return receipts, the newest first; only those numbered below before."""
    query = select(table).order_by(table.c.number.desc()).limit(limit)
    if before is not None:
        query = query.where(table.c.number < before)
    return [_to_receipt(row) for row in connection.execute(query)]


def count_decided(
    connection: Connection,
    *,
    since: datetime,
    at_most: int | None,
    channels: ChannelLimit,
) -> int:
    """Return how many items were decided, without counting past at_most."""
    decided = select(queue_items.c.comment_id).where(
        queue_items.c.decided_at >= since, *in_channels(queue_items.c.channel, channels)
    )
    query = select(func.count()).select_from(decided.limit(at_most).subquery())
    return connection.scalar(query) or 0


def _to_receipt(row: AnyRow) -> WatchReceipt:
    return WatchReceipt(
        number=row.number,
        moderator=row.moderator,
        signed_at=row.signed_at,
        channels=tuple(row.channels),
        decided=row.decided,
    )
