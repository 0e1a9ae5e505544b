"""Starts the command as a process that can be killed, without waiting for imports."""

import multiprocessing
from multiprocessing.context import ForkServerProcess

from moderation.bootstrap import Services
from moderation.cli import cli

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.fakes", "tests.journeys.processes"])


def start(services: type[Services], *arguments: str) -> ForkServerProcess:
    """Run the command in a process of its own, which the caller must end."""
    process = _CONTEXT.Process(target=_run, args=(services, arguments))
    process.start()
    return process


def _run(services: type[Services], arguments: tuple[str, ...]) -> None:
    cli(arguments, obj=services)
