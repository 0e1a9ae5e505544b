"""`uppsikt deliver`: what waits in the outbox."""

import click

from moderation import delivery
from moderation.cli.start import Start, database_option, pass_start
from moderation.cli.swedish import Command


@click.command(cls=Command)
@database_option
@pass_start
def deliver(start: Start, *, database: str | None) -> None:
    """Skicka det som väntar i utkorgen, en gång."""
    waiting = delivery.waiting(start.services(database).store)
    if not waiting:
        click.echo("Inget väntar i utkorgen.")
        return
    channels = ", ".join(f"{name}: {count}" for name, count in sorted(waiting.items()))
    click.echo(
        f"{sum(waiting.values())} beslut väntar på att utföras för hand hos källan, "
        f"för ingen anslutning finns till kanalen ({channels}). "
        "Bekräfta dem på sidan Att göra."
    )
