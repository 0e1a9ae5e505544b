"""The command `uppsikt` with all that it can do."""

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

import click

from moderation.cli.deliver import deliver
from moderation.cli.demo import demo
from moderation.cli.errors import report_unexpected
from moderation.cli.evaluate import evaluate
from moderation.cli.log import log
from moderation.cli.rescan import rescan
from moderation.cli.rules import rules
from moderation.cli.scan import scan
from moderation.cli.serve import serve
from moderation.cli.start import Start, database_option
from moderation.cli.swedish import TopGroup
from moderation.cli.train import train
from moderation.cli.user import user

if TYPE_CHECKING:
    from collections.abc import Callable

    from moderation.bootstrap import Services
    from moderation.settings import Settings


@click.group(cls=TopGroup)
@database_option
@click.version_option(
    package_name="uppsikt", message="uppsikt %(version)s", help="Visa versionen."
)
@click.pass_context
def cli(context: click.Context, database: str | None) -> None:
    """Håll uppsikt över kommentarsfälten: maskinen råder, en människa beslutar."""
    context.obj = Start(database=database, make_services=context.obj)


for command in (scan, rescan, deliver, log, user, serve, demo, evaluate, train, rules):
    cli.add_command(command)


def main(make_services: "Callable[[Settings], Services] | None" = None) -> None:
    """Run the command line and leave with its exit code.

    make_services stands in for the product's own parts.
    """
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or pipe would otherwise refuse much of what people write.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline="\n")
    if os.environ.get("UPPSIKT_DEBUG") != "1":
        sys.excepthook = report_unexpected
    cli(prog_name="uppsikt", obj=make_services)
