"""Work that is done by hand: the outbox with the comments and the decisions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select, update

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.comment import CommentRef
from moderation.domain.delivery import Delivery, DeliveryStatus
from moderation.domain.errors import NotFoundError
from moderation.domain.task import Task
from moderation.storage.channel_limits import in_channels
from moderation.storage.deliveries import to_delivery
from moderation.storage.reading import Reading
from moderation.storage.tables import comments, deliveries, log_entries
from moderation.storage.types import AnyRow

_waits = deliveries.c.status == DeliveryStatus.PENDING


class SqlTaskReads(Reading):
    """What the port TaskReads promises."""

    def tasks(
        self, *, limit: int, offset: int = 0, channels: ChannelLimit = None
    ) -> list[Task]:
        """Return a page of what waits to be done by hand, those due first."""
        seen = in_channels(deliveries.c.channel, channels)
        query = _with_its_comment().where(_waits, *seen)
        query = query.order_by(deliveries.c.due_at, deliveries.c.id)
        with self._reading() as connection:
            rows = connection.execute(query.limit(limit).offset(offset))
            return [_to_task(row) for row in rows]

    def count_tasks(self) -> Mapping[str, int]:
        """Return how many wait, by channel; a channel without any is left out."""
        query = (
            select(deliveries.c.channel, func.count().label("waiting"))
            .where(_waits)
            .group_by(deliveries.c.channel)
        )
        with self._reading() as connection:
            return {row.channel: row.waiting for row in connection.execute(query)}

    def task(self, delivery_id: int) -> Task:
        """Return one, waiting or not, or raise NotFoundError."""
        query = _with_its_comment().where(deliveries.c.id == delivery_id)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            msg = f"Uppgift {delivery_id} finns inte: gå tillbaka till Att göra."
            raise NotFoundError(msg)
        return _to_task(row)

    def deliveries_of_entries(self, numbers: Sequence[int]) -> dict[int, Delivery]:
        """Return what became of decisions at the source, by their entry's number."""
        query = select(deliveries).where(deliveries.c.entry_number.in_(numbers))
        with self._reading() as connection:
            found = [to_delivery(row) for row in connection.execute(query)]
        return {delivery.entry_number: delivery for delivery in found}


class SqlTaskChanges:
    """What the port TaskChanges promises."""

    _connection: Connection

    def settle_delivery(  # noqa: PLR0913 - Everything that is written down about it.
        self,
        delivery: Delivery,
        *,
        status: DeliveryStatus,
        attempts: int,
        by: str,
        at: datetime,
        note: str,
    ) -> bool:
        """Write down what a person did. False if it has changed since it was read."""
        changed = self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.id == delivery.id,
                _waits,
                deliveries.c.attempts == delivery.attempts,
            )
            .values(
                status=status,
                attempts=attempts,
                handled_by=by,
                handled_at=at,
                note=note,
            )
        )
        return changed.rowcount == 1

    def supersede_deliveries(self, ref: CommentRef) -> None:
        """Let nothing wait any longer about a comment: a newer wish counts."""
        self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.channel == ref.channel,
                deliveries.c.external_id == ref.external_id,
                _waits,
            )
            .values(status=DeliveryStatus.SUPERSEDED)
        )


def _with_its_comment() -> Select[Any]:
    is_its_comment = and_(
        comments.c.channel == deliveries.c.channel,
        comments.c.external_id == deliveries.c.external_id,
        comments.c.is_current,
    )
    return (
        select(
            deliveries,
            comments.c.id.label("comment_id"),
            comments.c.text,
            comments.c.url,
            log_entries.c.moderator,
            log_entries.c.at,
            log_entries.c.ground,
        )
        .join(log_entries, log_entries.c.number == deliveries.c.entry_number)
        .join(comments, is_its_comment, isouter=True)
    )


def _to_task(row: AnyRow) -> Task:
    return Task(
        delivery=to_delivery(row),
        comment_id=row.comment_id,
        text=row.text or "",
        url=row.url or "",
        decided_by=row.moderator,
        decided_at=_moment(row.at),
        ground=row.ground,
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
