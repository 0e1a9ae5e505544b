"""`uppsikt serve`: the web pages on the configured database."""

import os
from pathlib import Path

import click

from moderation.cli.pages import PORT, new_secret_key, serve_pages
from moderation.cli.start import Start, database_option, pass_start
from moderation.cli.swedish import Command
from moderation.domain.errors import SettingsError
from moderation.settings import Settings


@click.command(cls=Command)
@click.option("--host", default="127.0.0.1", metavar="VÄRD", help="Förvalt 127.0.0.1.")
@click.option("--port", default=8080, type=PORT, metavar="PORT", help="Förvalt 8080.")
@database_option
@pass_start
def serve(start: Start, *, host: str, port: int, database: str | None) -> None:
    """Visa kön och loggen på webben, tills det avbryts med Ctrl-C."""
    services = start.services(database)
    services.store.count_comments()
    serve_pages(
        services,
        host=host,
        port=port,
        secret_key=secret_key(services.settings),
        announce=lambda address: click.echo(f"Uppsikt finns på {address}"),
    )
    click.echo("Uppsikt är stoppad.")


def secret_key(settings: Settings) -> str:
    """Return the installation's key, made once and kept beside a database file.

    Raises SettingsError where there is no file to keep it beside.
    """
    if settings.secret_key:
        return settings.secret_key
    address = settings.database.removeprefix("sqlite:///")
    if "://" in address:
        msg = (
            "Ange en hemlig nyckel i UPPSIKT_SECRET_KEY: databasen har ingen egen fil."
        )
        raise SettingsError(msg)
    path = Path(f"{address}-key")
    try:
        return _made(path)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    except OSError as error:
        msg = f"Nyckelfilen {path} kan inte skrivas: ange UPPSIKT_SECRET_KEY i stället."
        raise SettingsError(msg) from error


def _made(path: Path) -> str:
    key = new_secret_key()
    new = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(new, "w", encoding="ascii") as file:
        file.write(key)
    return key
