"""`uppsikt scan`: files of comments in, advice out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from tqdm import tqdm

from moderation.cli.errors import NO_FILE, WrongValueError
from moderation.cli.output import STANDARD_OUTPUT, open_output
from moderation.cli.scan_report import ScanReport
from moderation.cli.start import Start, database_option, pass_start
from moderation.cli.swedish import Command
from moderation.connectors.files import open_reader
from moderation.connectors.files.row import FIELDS
from moderation.domain.errors import FileError
from moderation.domain.verdict import Assessed
from moderation.scan import Scanner, ScanTally
from moderation.verdict_json import verdict_line

OnChunk = Callable[[Sequence[Assessed]], None]


def _columns(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    columns = dict(pair.partition("=")[::2] for pair in given)
    for field, column in columns.items():
        if field not in FIELDS or not column:
            msg = f"--map {field}={column} går inte att förstå: skriv FÄLT=KOLUMN, "
            raise WrongValueError(msg + f"där fältet är något av {', '.join(FIELDS)}.")
    return columns


def _lines_file(
    _context: click.Context, _parameter: click.Parameter, path: str | None
) -> str | None:
    if path in {None, STANDARD_OUTPUT} or str(path).lower().endswith(".jsonl"):
        return path
    msg = (
        f"--out {path} går inte att använda: namnet ska sluta på .jsonl, eller vara -."
    )
    raise WrongValueError(msg)


@click.command(cls=Command, short_help="Bedöm kommentarer i filer.")
@click.argument(
    "files", nargs=-1, required=True, metavar="FIL…", type=click.Path(path_type=Path)
)
@click.option(
    "--out", metavar="FIL", callback=_lines_file, help="Bedömningarna, en rad var."
)
@click.option("--no-store", is_flag=True, help="Bedöm bara: inget sparas eller köas.")
@click.option(
    "--map",
    "column_map",
    multiple=True,
    metavar="text=KOLUMN",
    callback=_columns,
    help="Kolumnen för ett fält som inte hittas på sitt namn.",
)
@click.option("--channel", metavar="NAMN", help="Kanalen för rader utan egen kanal.")
@database_option
@pass_start
@click.pass_context
def scan(  # noqa: PLR0913 - one for each flag
    context: click.Context,
    start: Start,
    *,
    files: tuple[Path, ...],
    out: str | None,
    no_store: bool,
    column_map: dict[str, str],
    channel: str | None,
    database: str | None,
) -> None:
    """Bedöm kommentarer i filer (csv, tsv, jsonl, parquet, xlsx) och köa dem."""
    services = start.services(database)
    report = ScanReport(is_stored=not no_store)
    with _writing(out) as write, tqdm(unit=" kommentarer", disable=None) as bar:

        def on_chunk(chunk: Sequence[Assessed]) -> None:
            write(chunk)
            bar.update(len(chunk))

        for path in files:
            try:
                reader = open_reader(
                    path, column_map=column_map, default_channel=channel
                )
            except FileError as error:
                report.add(ScanTally(failures=(str(error),)))
                continue
            scanner = Scanner(
                detector=services.detector,
                policy=services.policy,
                now=services.now,
                store=None if no_store else services.store,
                on_chunk=on_chunk,
                on_bad_row=report.bad_row_in(path),
            )
            report.add(scanner.scan(reader))
    report.show()
    if not report.tally.read:
        context.exit(NO_FILE)


@contextmanager
def _writing(out: str | None) -> Iterator[OnChunk]:
    """Give what writes a chunk's verdicts as JSON lines, or nothing without a file."""
    if out is None:
        yield lambda _chunk: None
        return
    with open_output(out) as stream:
        yield lambda chunk: stream.writelines(
            f"{verdict_line(one.comment, one.verdict)}\n" for one in chunk
        )
