"""What waits for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    select,
    tuple_,
    union_all,
    update,
)

from moderation.domain.channel_limit import narrowed
from moderation.domain.triage import (
    Outcome,
    QueueEntry,
    QueueFilter,
    QueueItem,
    QueueStatus,
)
from moderation.domain.urgency import (
    Place,
    decided_rank,
    due_at,
    main_source,
    waiting_rank,
)
from moderation.domain.verdict import Verdict
from moderation.storage.bulk import Values, run_many
from moderation.storage.channel_limits import in_channels
from moderation.storage.comments import VERDICT_COLUMNS, to_stored, to_verdict
from moderation.storage.tables import comments, queue_items, verdicts
from moderation.storage.types import AnyRow, UtcDateTime, utc_text

SLIP: Final = timedelta(minutes=10)
"""What is taken back sooner was not a decision: the item has waited all the time."""
_FIRST: Final = queue_items.c.first_decided_at
ITEM_COLUMNS: Final = tuple(c for c in queue_items.c if c.name != "channel")
_ORDER: Final = (queue_items.c.rank, queue_items.c.comment_id)


def queue_item(connection: Connection, comment_id: int) -> QueueItem | None:
    """Return a comment's item, or None if it never was queued."""
    query = select(queue_items).where(queue_items.c.comment_id == comment_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else to_item(row)


def queue(
    connection: Connection, chosen: QueueFilter, *, limit: int, after: Place | None
) -> list[QueueEntry]:
    """Return the next of the queue: by severity, then deadline, then urgency."""
    query = (
        entries_query()
        .where(*_next(chosen, after=after, limit=limit))
        .order_by(*_ORDER)
        .limit(limit)
    )
    return [to_entry(row) for row in connection.execute(query)]


def entries_query() -> Select[Any]:
    """Return the query for items with their comments and the advice on them."""
    return (
        select(*ITEM_COLUMNS, comments, *VERDICT_COLUMNS)
        .join(comments, comments.c.id == queue_items.c.comment_id)
        .join(verdicts, verdicts.c.comment_id == queue_items.c.comment_id)
    )


def to_entry(row: AnyRow) -> QueueEntry:
    """Return a row of entries_query as a value."""
    return QueueEntry(item=to_item(row), stored=to_stored(row), verdict=to_verdict(row))


def count_queue(
    connection: Connection, chosen: QueueFilter, *, at_most: int | None
) -> int:
    """Return how many items fit the filter, without counting past at_most."""
    fitting = select(queue_items.c.comment_id).where(*_fits(chosen)).limit(at_most)
    query = select(func.count()).select_from(fitting.subquery())
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
    values: dict[str, object] = {"status": status, "outcome": outcome}
    values["decided_at"] = None
    if status is QueueStatus.DECIDED:
        values |= {"decided_at": at, "rank": decided_rank(at)}
        values["first_decided_at"] = func.coalesce(_FIRST, literal(at, UtcDateTime()))
    elif expected is QueueStatus.DECIDED:
        values["rank"] = _rank_as_waiting(connection, comment_id)
        values["first_decided_at"] = _first_unless_slip(at)
    changed = connection.execute(
        update(queue_items)
        .where(queue_items.c.comment_id == comment_id, queue_items.c.status == expected)
        .values(values)
    )
    return changed.rowcount == 1


def _first_unless_slip(at: datetime) -> ColumnElement[datetime | None]:
    """Return the time of the first decision, or nothing where that was a slip."""
    was_slip = and_(
        queue_items.c.decided_at == _FIRST,
        queue_items.c.decided_at >= literal(at - SLIP, UtcDateTime()),
    )
    return case((was_slip, null()), else_=_FIRST)


def _rank_as_waiting(connection: Connection, comment_id: int) -> int:
    """Return the place of an item that waits again."""
    columns = (queue_items.c.urgency, queue_items.c.opened_at)
    row = connection.execute(
        select(*columns).where(queue_items.c.comment_id == comment_id)
    ).one()
    return waiting_rank(row.urgency, row.opened_at)


def leave_hidden(
    connection: Connection, comment_id: int, outcome: Outcome, *, at: datetime
) -> bool:
    """Mark a hidden comment's item as restored or removed. False if not hidden."""
    changed = connection.execute(
        update(queue_items)
        .where(
            queue_items.c.comment_id == comment_id,
            queue_items.c.outcome == Outcome.HIDDEN,
        )
        .values(decided_values(outcome, at))
    )
    return changed.rowcount == 1


def decided_values(outcome: Outcome, at: datetime) -> dict[str, object]:
    """Return the columns of an item that has been decided on."""
    return {
        "status": QueueStatus.DECIDED,
        "outcome": outcome,
        "decided_at": at,
        "rank": decided_rank(at),
    }


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
        **_advice(verdict, at),
        "status": status.value,
        "outcome": Outcome.NONE.value,
        "opened_at": utc_text(at),
        "decided_at": None,
    }


def _advice(verdict: Verdict, opened_at: datetime) -> Values:
    category = verdict.category
    source = main_source(category, verdict.findings)
    return {
        "source": None if source is None else source.value,
        "rank": waiting_rank(verdict.score, opened_at),
        "due_at": utc_text(due_at(verdict.score, opened_at)),
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


def refresh_many(
    connection: Connection, advice: Mapping[int, tuple[Verdict, datetime]]
) -> None:
    """Let open items be as urgent as the new advice on their comments says.

    With each advice comes when its item was opened.
    """
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
                **_advice(verdict, opened_at),
            }
            for comment_id, (verdict, opened_at) in advice.items()
        ],
    )


def _next(
    chosen: QueueFilter, *, after: Place | None, limit: int
) -> list[ColumnElement[bool]]:
    """Return the condition on the next items, at least where there are so many.

    Among several channels the database would sort all that they have: so each is
    asked in its own order for as many as the page holds.
    """
    channels = narrowed(chosen.channels, chosen.channel)
    if channels is None or len(channels) < 2:  # noqa: PLR2004 - several
        return [*_fits(chosen), *_follows(after)]
    pages = [
        select(queue_items.c.comment_id)
        .where(*_fits(replace(chosen, channel=channel)), *_follows(after))
        .order_by(*_ORDER)
        .limit(limit)
        .subquery()
        for channel in sorted(channels)
    ]
    nearest = union_all(*(select(page.c.comment_id) for page in pages))
    return [queue_items.c.comment_id.in_(nearest)]


def _fits(chosen: QueueFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [queue_items.c.status == chosen.status]
    limit = narrowed(chosen.channels, chosen.channel)
    conditions += in_channels(queue_items.c.channel, limit)
    if chosen.category is not None:
        conditions.append(queue_items.c.category == chosen.category)
    if chosen.unassessed_only:
        conditions.append(queue_items.c.category.is_(None))
    if chosen.source is not None:
        conditions.append(queue_items.c.source == chosen.source)
    return [*conditions, *_opened(chosen)]


def _opened(chosen: QueueFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.opened_by is not None:
        # Nearly all had been opened by then: an index on the time would only have
        # the database sort them again. The function keeps it from being used.
        opened_at = func.coalesce(queue_items.c.opened_at, queue_items.c.opened_at)
        conditions.append(opened_at <= chosen.opened_by)
    if chosen.opened_after is not None:
        conditions.append(queue_items.c.opened_at > chosen.opened_after)
    return conditions


def _follows(after: Place | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    return [tuple_(*_ORDER) > tuple_(after.rank, after.comment_id)]


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
        due_at=row.due_at,
        place=Place(row.rank, row.comment_id),
    )
