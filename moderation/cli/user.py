"""`uppsikt user`: who may sign in."""

import re
import sys
from collections.abc import Callable
from typing import Final

import click

from moderation import invitations, passwords
from moderation.accounts import SERVER, Accounts
from moderation.cli.start import Start, database_option, pass_start
from moderation.cli.swedish import Group, Option
from moderation.domain import labels
from moderation.domain.errors import UppsiktError
from moderation.domain.user import Role, User

_NAME: Final = re.compile(r"[a-z0-9._-]{2,40}")
_ROLES: Final = [role.value for role in Role]


@click.group(cls=Group)
def user() -> None:
    """Lägg till användare och hjälp dem in."""


def _of_one(act: Callable[..., None]) -> Callable[..., None]:
    """Hand a command a user's name, the database chosen and what it starts with."""
    return click.argument("name", metavar="NAMN")(database_option(pass_start(act)))


@user.command()
@click.option(
    "--role",
    cls=Option,
    required=True,
    type=click.Choice(_ROLES),
    help="Vad användaren får göra.",
)
@click.option("--display-name", metavar="NAMN", help="Namnet som visas på sidorna.")
@_of_one
def add(
    start: Start,
    *,
    name: str,
    role: str,
    display_name: str | None,
    database: str | None,
) -> None:
    """Lägg till en användare; lösenordet frågas efter eller läses från standard in."""
    added = User(
        name=_checked(name),
        display_name=display_name or name,
        role=Role(role),
        password_hash=passwords.hash_password(_password(name)),
    )
    _accounts(start, database).add(added)
    click.echo(f"{added.name} är tillagd som {labels.ROLE[added.role]}.")


@user.command(short_help="Bjud in med en länk som gäller i tre dygn.")
@click.argument("name", metavar="NAMN")
@click.option(
    "--role",
    cls=Option,
    required=True,
    type=click.Choice(_ROLES),
    help="Vad användaren får göra.",
)
@click.option("--display-name", metavar="NAMN", help="Namnet som visas på sidorna.")
@database_option
@pass_start
def invite(
    start: Start,
    *,
    name: str,
    role: str,
    display_name: str | None,
    database: str | None,
) -> None:
    """Bjud in en användare: länkens sökväg skrivs ut, gäller i tre dygn och en gång."""
    services = start.services(database)
    wanted = User(
        name=_checked(name),
        display_name=display_name or name,
        role=Role(role),
        password_hash="",
    )
    invitation, secret = invitations.invite(
        wanted, actor=SERVER, store=services.store, at=services.now()
    )
    click.echo(invitations.path_of(invitation, secret))


@user.command()
@_of_one
def password(start: Start, *, name: str, database: str | None) -> None:
    """Sätt ett tillfälligt lösenord, som måste bytas vid nästa inloggning."""
    changed = _accounts(start, database).set_password(
        name, passwords.hash_password(_password(name))
    )
    click.echo(
        f"{changed.name} har ett nytt lösenord och måste byta det vid nästa inloggning."
    )


@user.command()
@_of_one
def close(start: Start, *, name: str, database: str | None) -> None:
    """Stäng ett konto: användaren loggas ut genast och kan inte logga in."""
    changed = _accounts(start, database).close(name)
    click.echo(f"{changed.name} är stängd och utloggad.")


@user.command()
@_of_one
def reopen(start: Start, *, name: str, database: str | None) -> None:
    """Öppna ett stängt konto igen."""
    changed = _accounts(start, database).reopen(name)
    click.echo(f"{changed.name} kan logga in igen.")


@user.command(short_help="Nollställ tvåstegsinloggningen.")
@_of_one
def reset(start: Start, *, name: str, database: str | None) -> None:
    """Nollställ tvåstegsinloggningen för den som har tappat sin telefon."""
    changed = _accounts(start, database).reset_second_factor(name)
    click.echo(f"{changed.name} loggar nu in utan kod och kan slå på den på nytt.")


def _accounts(start: Start, database: str | None) -> Accounts:
    services = start.services(database)
    return Accounts(services.store, actor=SERVER, now=services.now)


def _checked(name: str) -> str:
    if _NAME.fullmatch(name):
        return name
    msg = (
        f"Användarnamnet {name} går inte att använda: "
        "skriv 2–40 små bokstäver a–z, siffror, punkt, - eller _."
    )
    raise UppsiktError(msg)


def _password(name: str) -> str:
    """Ask twice at a terminal, and otherwise read a line."""
    if not sys.stdin.isatty():
        return _good_enough(sys.stdin.readline().rstrip("\r\n"), name)
    typed = _good_enough(click.prompt("Lösenord", hide_input=True), name)
    if typed != click.prompt("Lösenordet en gång till", hide_input=True):
        msg = "Lösenorden är olika: försök igen."
        raise UppsiktError(msg)
    return typed


def _good_enough(typed: str, name: str) -> str:
    if problem := passwords.problem_with(typed, names=(name,)):
        raise UppsiktError(problem)
    return typed
