"""`uppsikt demo`: all of it, on a database that is gone afterwards."""

import secrets
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING, Final

import click

from moderation.cli.pages import PORT, new_secret_key, serve_pages
from moderation.cli.start import Start, pass_start
from moderation.cli.swedish import Command
from moderation.connectors.files import open_reader
from moderation.domain import labels
from moderation.domain.user import Role, User
from moderation.passwords import hash_password
from moderation.paths import samples_folder
from moderation.scan import Scanner

if TYPE_CHECKING:
    from moderation.bootstrap import Services

_CAST: Final = (
    ("eva", "Eva", Role.MODERATOR),
    ("bo", "Bo", Role.MODERATOR),
    ("lena", "Lena", Role.OFFICER),
    ("kim", "Kim", Role.READER),
    ("admin", "Admin", Role.ADMIN),
)


@click.command(cls=Command, short_help="Prova med exempelkommentarer.")
@click.option(
    "--port",
    default=8080,
    type=PORT,
    metavar="PORT",
    help="Förvalt 8080; 0 är en ledig.",
)
@pass_start
def demo(start: Start, *, port: int) -> None:
    """Prova med exempelkommentarer; allt försvinner när det avbryts med Ctrl-C."""
    # Whoever stops it in another way than Ctrl-C wants the folder gone, too.
    signal.signal(signal.SIGTERM, _leave)
    with TemporaryDirectory(prefix="uppsikt-", ignore_cleanup_errors=True) as folder:
        services = start.services(str(Path(folder) / "demo.sqlite3"))
        try:
            _fill_and_serve(services, port)
        finally:
            services.store.close()
    click.echo("Demon är avslutad och dess databas borttagen.")


def _fill_and_serve(services: "Services", port: int) -> None:
    click.echo("Läser exempelkommentarerna …")
    Scanner(
        detector=services.detector,
        policy=services.policy,
        now=services.now,
        store=services.store,
    ).scan(open_reader(samples_folder() / "comments.csv"))
    passwords = _add_users(services)
    serve_pages(
        services,
        host="127.0.0.1",
        port=port,
        secret_key=new_secret_key(),
        announce=lambda address: click.echo(_welcome(address, passwords)),
    )


def _add_users(services: "Services") -> Mapping[str, str]:
    passwords = {name: secrets.token_urlsafe(9) for name, _, _ in _CAST}
    users = [
        User(
            name=name,
            display_name=display_name,
            role=role,
            password_hash=hash_password(passwords[name]),
        )
        for name, display_name, role in _CAST
    ]
    with services.store.transaction() as tx:
        for user in users:
            tx.add_user(user)
    return passwords


def _welcome(address: str, passwords: Mapping[str, str]) -> str:
    sign_ins = [
        f"  {name:<6} {passwords[name]}  {labels.ROLE[role]}" for name, _, role in _CAST
    ]
    return "\n".join((f"Uppsikt finns på {address}", "Logga in som:", *sign_ins))


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
