"""The outbox."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from moderation.domain.comment import CommentRef
from moderation.domain.delivery import Delivery, DeliveryStatus, Visibility
from moderation.domain.log_entry import LogEntry
from moderation.storage.tables import deliveries
from moderation.storage.types import AnyRow


def enqueue_delivery(
    connection: Connection,
    entry: LogEntry,
    ref: CommentRef,
    desired: Visibility,
    *,
    at: datetime,
) -> None:
    """Put a wish in the outbox."""
    connection.execute(
        insert(deliveries).values(
            entry_number=entry.number,
            channel=ref.channel,
            external_id=ref.external_id,
            desired=desired,
            status=DeliveryStatus.PENDING,
            attempts=0,
            due_at=at,
            note="",
        )
    )


def deliveries_of(connection: Connection, ref: CommentRef) -> list[Delivery]:
    """Return the outbox's rows about a comment, oldest first."""
    query = (
        select(deliveries)
        .where(
            deliveries.c.channel == ref.channel,
            deliveries.c.external_id == ref.external_id,
        )
        .order_by(deliveries.c.id)
    )
    return [to_delivery(row) for row in connection.execute(query)]


def to_delivery(row: AnyRow) -> Delivery:
    """Return a row of the outbox as a value."""
    return Delivery(
        id=row.id,
        entry_number=row.entry_number,
        ref=CommentRef(row.channel, row.external_id),
        desired=row.desired,
        status=row.status,
        attempts=row.attempts,
        due_at=row.due_at,
        note=row.note,
        handled_by=row.handled_by or "",
        handled_at=row.handled_at,
    )
