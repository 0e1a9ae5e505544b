"""`uppsikt user`: who may sign in."""

import re
import sys
from typing import Final

import click

from moderation import passwords
from moderation.cli.start import Start, database_option, pass_start
from moderation.cli.swedish import Group, Option
from moderation.domain import labels
from moderation.domain.errors import UppsiktError
from moderation.domain.user import Role, User

_NAME: Final = re.compile(r"[a-z0-9._-]{2,40}")
_ROLES: Final = [role.value for role in Role]


@click.group(cls=Group)
def user() -> None:
    """Lägg till användare."""


@user.command()
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
        password_hash=passwords.hash_password(_password()),
    )
    with start.services(database).store.transaction() as tx:
        tx.add_user(added)
    click.echo(f"{added.name} är tillagd som {labels.ROLE[added.role]}.")


def _checked(name: str) -> str:
    if _NAME.fullmatch(name):
        return name
    msg = (
        f"Användarnamnet {name} går inte att använda: "
        "skriv 2–40 små bokstäver a–z, siffror, punkt, - eller _."
    )
    raise UppsiktError(msg)


def _password() -> str:
    """Ask twice at a terminal, and otherwise read a line."""
    if not sys.stdin.isatty():
        return _long_enough(sys.stdin.readline().rstrip("\r\n"))
    password = _long_enough(click.prompt("Lösenord", hide_input=True))
    if password != click.prompt("Lösenordet en gång till", hide_input=True):
        msg = "Lösenorden är olika: försök igen."
        raise UppsiktError(msg)
    return password


def _long_enough(password: str) -> str:
    if passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        return password
    msg = (
        f"Lösenordet ska ha mellan {passwords.SHORTEST} och {passwords.LONGEST} "
        "tecken: välj ett annat."
    )
    raise UppsiktError(msg)
