"""Replaces the advice on stored comments, and queues what is newly flagged."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Text, bindparam, cast, insert, select, update

from moderation.domain.run import RunTally
from moderation.domain.triage import QueueStatus
from moderation.domain.verdict import Recommendation, Verdict
from moderation.storage.bulk import run_many
from moderation.storage.comments import from_verdict
from moderation.storage.erasing import ERASED_DIGEST
from moderation.storage.locks import Lock, wait_for
from moderation.storage.queue_items import move_many, new_item, refresh_many
from moderation.storage.tables import comments, queue_items, verdicts
from moderation.storage.types import AnyRow, utc_text

_CHUNK: Final = 2_000

_ADVICE: Final = ("recommendation", "findings", "not_assessed")
"""What counts as a change: not a new version of the rules or the model alone."""


def reassess_many(
    connection: Connection, given: Mapping[int, Verdict], *, at: datetime
) -> RunTally:
    """Replace the advice on stored comments, by comment id. See Transaction."""
    wait_for(Lock.COMMENTS, connection)
    ids = sorted(given)
    tally = RunTally()
    for start in range(0, len(ids), _CHUNK):
        rows = _stored(connection, ids[start : start + _CHUNK])
        _replace(connection, rows, given, at)
        _queue(connection, rows, given, at)
        tally += _count(rows, given)
    return tally


def _stored(connection: Connection, ids: Sequence[int]) -> Sequence[AnyRow]:
    query = (
        select(
            comments.c.id,
            comments.c.channel,
            comments.c.is_current,
            verdicts.c.recommendation,
            cast(verdicts.c.findings, Text).label("findings"),
            cast(verdicts.c.not_assessed, Text).label("not_assessed"),
            queue_items.c.status,
            queue_items.c.only_unassessed,
            queue_items.c.opened_at,
        )
        .join(verdicts, verdicts.c.comment_id == comments.c.id)
        .outerjoin(queue_items, queue_items.c.comment_id == comments.c.id)
        .where(
            comments.c.id.in_(ids),
            # The advice may be from before its text was erased.
            ~comments.c.text_sha256.startswith(ERASED_DIGEST),
        )
        .order_by(comments.c.id)
    )
    return connection.execute(query).all()


def _replace(
    connection: Connection,
    rows: Sequence[AnyRow],
    given: Mapping[int, Verdict],
    at: datetime,
) -> None:
    replacing = update(verdicts).where(verdicts.c.comment_id == bindparam("of_comment"))
    now = utc_text(at)
    new = [
        {"of_comment": row.id, **from_verdict(given[row.id]), "assessed_at": now}
        for row in rows
    ]
    run_many(connection, replacing, new)


def _queue(
    connection: Connection,
    rows: Sequence[AnyRow],
    given: Mapping[int, Verdict],
    at: datetime,
) -> None:
    flagged = [row for row in rows if given[row.id].is_flagged and row.is_current]
    new = [
        new_item(
            row.id,
            channel=row.channel,
            verdict=given[row.id],
            status=QueueStatus.OPEN,
            at=at,
        )
        for row in flagged
        if row.status is None
    ]
    run_many(connection, insert(queue_items), new)
    again = [row.id for row in flagged if row.status is QueueStatus.SUPERSEDED]
    move_many(
        connection, again, expected=QueueStatus.SUPERSEDED, status=QueueStatus.OPEN
    )
    clean = [
        row.id for row in rows if row.only_unassessed and not given[row.id].is_flagged
    ]
    move_many(
        connection, clean, expected=QueueStatus.OPEN, status=QueueStatus.SUPERSEDED
    )
    waiting = {
        row.id: (given[row.id], row.opened_at)
        for row in flagged
        if row.status is not None
    }
    refresh_many(connection, waiting)


def _count(rows: Sequence[AnyRow], given: Mapping[int, Verdict]) -> RunTally:
    return RunTally(
        seen=len(rows),
        newly_flagged=sum(
            row.recommendation is Recommendation.KEEP and given[row.id].is_flagged
            for row in rows
        ),
        changed=sum(_is_changed(row, given[row.id]) for row in rows),
    )


def _is_changed(row: AnyRow, verdict: Verdict) -> bool:
    new = from_verdict(verdict)
    return any(new[name] != getattr(row, name) for name in _ADVICE)
