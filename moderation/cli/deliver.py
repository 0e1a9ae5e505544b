"""`uppsikt deliver`: what waits in the outbox."""

import click

from moderation import delivery
from moderation.cli.start import Start, database_option, pass_start
from moderation.cli.swedish import Command
from moderation.overdue import escalate_overdue


@click.command(cls=Command)
@database_option
@pass_start
def deliver(start: Start, *, database: str | None) -> None:
    """Skicka det som väntar i utkorgen, en gång."""
    services = start.services(database)
    escalated = escalate_overdue(services.store, at=services.now())
    if escalated:
        click.echo(
            f"Tidsgränsen har passerat: {escalated} tillfälligt dolda eskalerade."
        )
    waiting = delivery.waiting(services.store)
    if not waiting:
        click.echo("Inget väntar i utkorgen.")
        return
    channels = ", ".join(f"{name}: {count}" for name, count in sorted(waiting.items()))
    click.echo(
        f"{sum(waiting.values())} beslut väntar på att utföras för hand hos källan, "
        f"för ingen anslutning finns till kanalen ({channels}). "
        "Bekräfta dem på sidan Att göra."
    )
