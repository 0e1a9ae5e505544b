"""`uppsikt log`: check the removal log and hand it out."""

from typing import Final

import click

import moderation.log as removal_log
from moderation.cli.errors import FAILED
from moderation.cli.output import open_output
from moderation.cli.start import Start, database_option, pass_start
from moderation.cli.swedish import Group, Option

_EXPORTS: Final = {"csv": removal_log.export_csv, "json": removal_log.export_json}


@click.group(cls=Group)
def log() -> None:
    """Kontrollera eller exportera borttagningsloggen."""


@log.command()
@database_option
@pass_start
@click.pass_context
def verify(context: click.Context, start: Start, *, database: str | None) -> None:
    """Kontrollera loggens hela kedja."""
    verification = removal_log.verify(start.services(database).store_to_read)
    if verification.is_sound:
        click.echo(f"Loggen är hel: {verification.entries} poster kontrollerade.")
        return
    click.echo(
        f"Loggen är bruten: post {verification.broken_at} stämmer inte. Ändra inget, "
        "spara en kopia av databasen och kontakta den som ansvarar för loggen."
    )
    context.exit(FAILED)


@log.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_EXPORTS)),
    default="csv",
    help="csv för Excel (förvalt), eller json med allt som kedjan kontrolleras med.",
)
@click.option(
    "--out",
    cls=Option,
    required=True,
    metavar="FIL",
    help="Filen, eller - för skärmen.",
)
@database_option
@pass_start
def export(start: Start, *, form: str, out: str, database: str | None) -> None:
    """Skriv ut alla loggposter."""
    store = start.services(database).store_to_read
    with open_output(out) as stream:
        count = _EXPORTS[form](store.log_entries(), stream)
    click.echo(f"{count} loggposter exporterade.", err=True)
