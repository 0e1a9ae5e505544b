"""How a command gets at the parts of the house."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from moderation.settings import Settings, read_settings

if TYPE_CHECKING:
    from moderation.bootstrap import Services

_Function = TypeVar("_Function", bound=Callable[..., Any])

database_option: Final = click.option(
    "--database",
    metavar="ADRESS",
    help="Databasen: en fil eller en adress. Annars gäller UPPSIKT_DATABASE.",
)


def folder_option(name: str, told: str) -> Callable[[_Function], _Function]:
    """Return an option that names a folder."""
    kind = click.Path(path_type=Path)
    return click.option(name, metavar="MAPP", type=kind, help=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What stands before the command's name, and how services are made."""

    database: str | None
    make_services: "Callable[[Settings], Services] | None"
    """None means the product's own."""

    def services(self, database: str | None) -> "Services":
        """Return the services for the database chosen; nothing is opened yet."""
        # Imported here: it takes seconds that --help and usage errors need not wait.
        from moderation.bootstrap import Services  # noqa: PLC0415 - see above

        make = self.make_services or Services
        services = make(read_settings(database or self.database))
        click.get_current_context().call_on_close(lambda: _close(services))
        return services


def _close(services: "Services") -> None:
    if "store" in vars(services):
        services.store.close()


pass_start: Final = click.make_pass_decorator(Start)
