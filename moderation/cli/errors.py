"""Turns every error into one Swedish sentence and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Any, Final

import click

from moderation.domain.errors import FileError, UppsiktError

FAILED: Final = 1
NO_FILE: Final = 2
STOPPED: Final = 130


class SentenceError(click.ClickException):
    """An error as the person at the keyboard sees it."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code  # type: ignore[misc]  # As click's own do.

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the sentence, on standard error unless told otherwise."""
        click.echo(self.message, file=file, err=file is None)


class WrongValueError(click.BadParameter):
    """A value that cannot be used, with a Swedish sentence that says why."""


@contextmanager
def in_swedish() -> Iterator[None]:
    """Raise SentenceError for what a person can put right."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort) as error:
        sentence = "Avbrutet."
        raise SentenceError(sentence, STOPPED) from error
    except FileError as error:
        raise SentenceError(str(error), NO_FILE) from error
    except UppsiktError as error:
        raise SentenceError(str(error), FAILED) from error
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise SentenceError(_usage(error), NO_FILE) from error


def _usage(error: click.UsageError) -> str:
    path = "uppsikt" if error.ctx is None else error.ctx.command_path
    return f"{_what(error)} Skriv «{path} --help» för att se vad som går att ange."


def _what(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"Flaggan {error.option_name} finns inte."
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)} saknas."
    if isinstance(error, WrongValueError):
        return error.message
    if isinstance(error, click.BadParameter):
        return f"Värdet för {_name(error)} går inte att använda."
    if isinstance(error, click.BadOptionUsage):
        return f"Flaggan {error.option_name} är fel använd."
    return "Kommandot finns inte, eller har ett argument för mycket."


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "Ett argument"
    if isinstance(error.param, click.Argument):
        return error.param.human_readable_name
    return error.param.opts[0]


def report_unexpected(
    kind: type[BaseException], _error: BaseException, _trace: TracebackType | None
) -> None:
    """Write one sentence in place of a traceback, which could quote a comment."""
    click.echo(
        f"Uppsikt gjorde fel ({kind.__name__}): anmäl det till den som sköter driften; "
        "med UPPSIKT_DEBUG=1 syns var felet uppstod.",
        err=True,
    )
