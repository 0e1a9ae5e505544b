"""Makes click speak Swedish."""

from types import MappingProxyType
from typing import Any, Final

import click

from moderation.cli.errors import in_swedish

_HEADINGS: Final = MappingProxyType({"Options": "Flaggor", "Commands": "Kommandon"})


class _Help(click.HelpFormatter):
    """Writes help under Swedish headings."""

    def write_usage(
        self,
        prog: str,
        args: str = "",
        prefix: str | None = None,  # noqa: ARG002 - always the Swedish word
    ) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, "Användning: ")

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    """Where a command is run."""

    formatter_class = _Help


class Command(click.Command):
    """A command with Swedish help."""

    context_class = _Context

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - click's own arguments, handed on
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*args, **{"options_metavar": "[FLAGGOR]", **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the flag --help."""
        return _swedish_help(super().get_help_option(ctx))


class Option(click.Option):
    """A flag that says in Swedish that it must be given."""

    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        """Return what stands in brackets after the help."""
        extra = super().get_help_extra(ctx)
        if "required" in extra:
            extra["required"] = "krävs"
        return extra


class Group(click.Group):
    """A group of commands with Swedish help."""

    context_class = _Context
    command_class = Command

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - click's own arguments, handed on
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        words = {
            "options_metavar": "[FLAGGOR]",
            "subcommand_metavar": "KOMMANDO [FLAGGOR]",
        }
        super().__init__(*args, **{**words, **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the flag --help."""
        return _swedish_help(super().get_help_option(ctx))


class TopGroup(Group):
    """The command itself: the one place where errors become sentences."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the command's name."""
        with in_swedish():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with in_swedish():
            return super().invoke(ctx)


def _swedish_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Visa den här hjälpen."
    return option
