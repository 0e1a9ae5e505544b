"""`uppsikt rescan`: the archive against today's rules and model."""

from datetime import datetime

import click
from tqdm import tqdm

from moderation import batch
from moderation.cli.errors import FAILED, WrongValueError
from moderation.cli.start import Start, database_option, pass_start
from moderation.cli.swedish import Command
from moderation.connectors.files.dates import to_utc
from moderation.domain.run import Run


def _moment(
    _context: click.Context, _parameter: click.Parameter, given: str | None
) -> datetime | None:
    if given is None:
        return None
    moment = to_utc(given)
    if moment is None:
        msg = f"--since {given} är inget datum: skriv det som 2026-11-22."
        raise WrongValueError(msg)
    return moment


@click.command(cls=Command, short_help="Bedöm hela arkivet på nytt.")
@click.option(
    "--since",
    metavar="DATUM",
    callback=_moment,
    help="Bara kommentarer som togs emot från och med detta datum.",
)
@database_option
@pass_start
@click.pass_context
def rescan(
    context: click.Context,
    start: Start,
    *,
    since: datetime | None,
    database: str | None,
) -> None:
    """Bedöm hela arkivet på nytt; en avbruten körning fortsätter där den slutade."""
    services = start.services(database)
    stopped = batch.stopped_run(
        detector=services.detector, store=services.store, since=since
    )
    if stopped is not None:
        click.echo(
            f"Körning {stopped.id} fortsätter från kommentar {stopped.last_comment_id} "
            f"({stopped.tally.seen} sedda)."
        )
    with tqdm(
        total=services.store.count_comments(since=since),
        initial=0 if stopped is None else stopped.tally.seen,
        unit=" kommentarer",
        disable=None,
    ) as bar:

        def on_progress(count: int) -> None:
            bar.update(count)

        run = batch.rescan(
            detector=services.detector,
            store=services.store,
            policy=services.policy,
            now=services.now,
            since=since,
            on_progress=on_progress,
        )
    click.echo(_report(run))
    if run.tally.failed:
        context.exit(FAILED)


def _report(run: Run) -> str:
    tally = run.tally
    return (
        f"Körning {run.id} är klar: {tally.seen} sedda, {tally.newly_flagged} "
        f"nyflaggade, {tally.changed} ändrade, {tally.failed} misslyckade."
    )
