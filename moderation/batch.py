"""The night: the stored archive against today's rules and model."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from moderation import intake
from moderation.domain.comment import StoredComment
from moderation.domain.errors import StorageError
from moderation.domain.ports import Clock, Detector, Store
from moderation.domain.run import Run, RunTally
from moderation.domain.verdict import Policy, Verdict

logger = logging.getLogger(__name__)

CHUNK: Final = 2_000
"""Comments in a chunk: large enough for speed, small enough to lose little."""


def rescan(  # noqa: PLR0913 - everything it needs is handed in by name
    *,
    detector: Detector,
    store: Store,
    policy: Policy,
    now: Clock,
    since: datetime | None = None,
    on_progress: Callable[[int], None] = lambda _count: None,
) -> Run:
    """Assess the archive again, from where an earlier run was stopped.

    A chunk's advice and the checkpoint are saved in one transaction, so that a
    stopped run continues with nothing lost and nothing done twice.
    """
    run = _resumed_or_new(detector, store, now, since)
    while chunk := store.comments_after(run.last_comment_id, limit=CHUNK, since=since):
        verdicts = _verdicts(chunk, detector, policy)
        run = _try_to_save(verdicts, run, store, now)
        on_progress(len(chunk))
    run = replace(run, finished_at=now())
    with store.transaction() as tx:
        tx.advance_run(run)
    return run


def stopped_run(
    *, detector: Detector, store: Store, since: datetime | None = None
) -> Run | None:
    """Return the run that a rescan would go on with: of the same rules and model."""
    run = store.unfinished_run(since=since)
    versions = (detector.ruleset, detector.model)
    return run if run and (run.ruleset, run.model) == versions else None


def _resumed_or_new(
    detector: Detector, store: Store, now: Clock, since: datetime | None
) -> Run:
    stopped = stopped_run(detector=detector, store=store, since=since)
    if stopped is not None:
        return stopped
    with store.transaction() as tx:
        return tx.start_run(
            since=since, ruleset=detector.ruleset, model=detector.model, at=now()
        )


def _verdicts(
    chunk: list[tuple[StoredComment, Verdict]], detector: Detector, policy: Policy
) -> dict[int, Verdict]:
    """Return today's advice on a chunk, by comment id."""
    assessed = intake.assess_many(
        [stored.comment for stored, _ in chunk], detector=detector, policy=policy
    )
    return {
        stored.id: new.verdict for (stored, _), new in zip(chunk, assessed, strict=True)
    }


def _try_to_save(
    verdicts: dict[int, Verdict], run: Run, store: Store, now: Clock
) -> Run:
    try:
        return _save_chunk(verdicts, run, store, now)
    except StorageError as error:
        # Its kind only: what lies behind it may quote the comments.
        kind = type(error.__cause__ or error).__name__
        logger.error("After comment %s: %s", run.last_comment_id, kind)  # noqa: TRY400 - see above
        failed = RunTally(seen=len(verdicts), failed=len(verdicts))
        return replace(run, last_comment_id=max(verdicts), tally=run.tally + failed)


def _save_chunk(
    verdicts: dict[int, Verdict], run: Run, store: Store, now: Clock
) -> Run:
    with store.transaction() as tx:
        tally = tx.reassess_many(verdicts, at=now())
        run = replace(run, last_comment_id=max(verdicts), tally=run.tally + tally)
        tx.advance_run(run)
    return run
