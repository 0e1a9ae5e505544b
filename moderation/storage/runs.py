"""The night's work through the archive, and how far it has come."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from moderation.domain.run import Run, RunTally
from moderation.storage.tables import runs
from moderation.storage.types import AnyRow


def start_run(
    connection: Connection,
    *,
    since: datetime | None,
    ruleset: str,
    model: str,
    at: datetime,
) -> Run:
    """Begin a rescan."""
    row = connection.execute(
        insert(runs)
        .values(
            started_at=at,
            finished_at=None,
            since=since,
            ruleset=ruleset,
            model=model,
            last_comment_id=0,
            seen=0,
            newly_flagged=0,
            changed=0,
            failed=0,
        )
        .returning(*runs.c)
    ).one()
    return _to_run(row)


def advance_run(connection: Connection, run: Run) -> None:
    """Save a run's checkpoint, tally and finishing time."""
    connection.execute(
        update(runs)
        .where(runs.c.id == run.id)
        .values(
            finished_at=run.finished_at,
            last_comment_id=run.last_comment_id,
            seen=run.tally.seen,
            newly_flagged=run.tally.newly_flagged,
            changed=run.tally.changed,
            failed=run.tally.failed,
        )
    )


def unfinished_run(connection: Connection, *, since: datetime | None) -> Run | None:
    """Return the latest run with the same limit that was not finished."""
    query = (
        select(runs)
        .where(runs.c.finished_at.is_(None), runs.c.since.is_not_distinct_from(since))
        .order_by(runs.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else _to_run(row)


def last_run(connection: Connection) -> Run | None:
    """Return the latest run."""
    query = select(runs).order_by(runs.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else _to_run(row)


def _to_run(row: AnyRow) -> Run:
    return Run(
        id=row.id,
        started_at=row.started_at,
        finished_at=row.finished_at,
        since=row.since,
        ruleset=row.ruleset,
        model=row.model,
        last_comment_id=row.last_comment_id,
        tally=RunTally(
            seen=row.seen,
            newly_flagged=row.newly_flagged,
            changed=row.changed,
            failed=row.failed,
        ),
    )
