"""What waits for a person."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    func,
    select,
    update,
)

from moderation.domain.triage import (
    Outcome,
    QueueEntry,
    QueueFilter,
    QueueItem,
    QueueStatus,
)
from moderation.domain.verdict import Verdict
from moderation.storage.bulk import Values, run_many
from moderation.storage.comments import VERDICT_COLUMNS, to_stored, to_verdict
from moderation.storage.tables import comments, queue_items, verdicts
from moderation.storage.types import AnyRow, utc_text


def queue_item(connection: Connection, comment_id: int) -> QueueItem | None:
    """Return a comment's item, or None if it never was queued."""
    query = select(queue_items).where(queue_items.c.comment_id == comment_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else to_item(row)


def queue(
    connection: Connection, chosen: QueueFilter, *, limit: int, offset: int
) -> list[QueueEntry]:
    """Return a page of the queue: most urgent first, then oldest."""
    query = (
        select(
            queue_items.c.comment_id,
            queue_items.c.status,
            queue_items.c.outcome,
            queue_items.c.urgency,
            queue_items.c.category,
            queue_items.c.opened_at,
            queue_items.c.decided_at,
            comments,
            *VERDICT_COLUMNS,
        )
        .join(comments, comments.c.id == queue_items.c.comment_id)
        .join(verdicts, verdicts.c.comment_id == queue_items.c.comment_id)
        .where(*_fits(chosen))
        .order_by(
            queue_items.c.urgency.desc(),
            queue_items.c.opened_at,
            queue_items.c.comment_id,
        )
        .limit(limit)
        .offset(offset)
    )
    return [
        QueueEntry(item=to_item(row), stored=to_stored(row), verdict=to_verdict(row))
        for row in connection.execute(query)
    ]


def count_queue(connection: Connection, chosen: QueueFilter) -> int:
    """Return how many items fit the filter."""
    query = select(func.count()).select_from(queue_items).where(*_fits(chosen))
    return connection.scalar(query) or 0


def close_queue_item(  # noqa: PLR0913 - The port's values, and the connection.
    connection: Connection,
    comment_id: int,
    *,
    expected: QueueStatus,
    status: QueueStatus,
    outcome: Outcome,
    at: datetime,
) -> bool:
    """Change an item's status if it still is the expected one. False if not."""
    decided_at = at if status is QueueStatus.DECIDED else None
    changed = connection.execute(
        update(queue_items)
        .where(queue_items.c.comment_id == comment_id, queue_items.c.status == expected)
        .values(status=status, outcome=outcome, decided_at=decided_at)
    )
    return changed.rowcount == 1


def restore_queue_item(
    connection: Connection, comment_id: int, *, at: datetime
) -> bool:
    """Mark a hidden comment's item as restored. False if it is not hidden."""
    changed = connection.execute(
        update(queue_items)
        .where(
            queue_items.c.comment_id == comment_id,
            queue_items.c.outcome == Outcome.HIDDEN,
        )
        .values(outcome=Outcome.RESTORED, decided_at=at)
    )
    return changed.rowcount == 1


def new_item(
    comment_id: int,
    *,
    channel: str,
    verdict: Verdict,
    status: QueueStatus,
    at: datetime,
) -> Values:
    """Return a row for queue_items."""
    return {
        "comment_id": comment_id,
        "channel": channel,
        **_advice(verdict),
        "status": status.value,
        "outcome": Outcome.NONE.value,
        "opened_at": utc_text(at),
        "decided_at": None,
    }


def _advice(verdict: Verdict) -> Values:
    category = verdict.category
    return {
        "category": None if category is None else category.value,
        "urgency": verdict.score,
        "only_unassessed": category is None,
    }


def move_many(
    connection: Connection,
    comment_ids: Sequence[int],
    *,
    expected: QueueStatus,
    status: QueueStatus,
) -> None:
    """Change the status of those items that still have the expected one."""
    if not comment_ids:
        return
    connection.execute(
        update(queue_items)
        .where(
            queue_items.c.comment_id.in_(comment_ids),
            queue_items.c.status == expected,
        )
        .values(status=status)
    )


def refresh_many(connection: Connection, advice: Mapping[int, Verdict]) -> None:
    """Let open items be as urgent as the new advice on their comments says."""
    run_many(
        connection,
        update(queue_items).where(
            queue_items.c.comment_id == bindparam("of_comment"),
            queue_items.c.status == bindparam("waiting"),
        ),
        [
            {
                "of_comment": comment_id,
                "waiting": QueueStatus.OPEN.value,
                **_advice(verdict),
            }
            for comment_id, verdict in advice.items()
        ],
    )


def _fits(chosen: QueueFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [queue_items.c.status == chosen.status]
    if chosen.channel:
        conditions.append(queue_items.c.channel == chosen.channel)
    if chosen.category is not None:
        conditions.append(queue_items.c.category == chosen.category)
    if chosen.unassessed_only:
        conditions.append(queue_items.c.only_unassessed)
    return conditions


def to_item(row: AnyRow) -> QueueItem:
    """Return a row of queue_items as a value."""
    return QueueItem(
        comment_id=row.comment_id,
        status=row.status,
        outcome=row.outcome,
        urgency=row.urgency,
        category=row.category,
        opened_at=row.opened_at,
        decided_at=row.decided_at,
    )
