"""What a scan says when it is done."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from moderation.domain.ports import BadRow
from moderation.scan import ScanTally

LISTED: Final = 20
"""Bad rows that are listed; all are counted."""


class ScanReport:
    """Adds up files and tells the person at the keyboard, on standard error."""

    def __init__(self, *, is_stored: bool) -> None:
        self._is_stored = is_stored
        self._bad_rows: list[str] = []
        self.tally = ScanTally()

    def add(self, tally: ScanTally) -> None:
        """Count one file in."""
        self.tally += tally

    def bad_row_in(self, path: Path) -> Callable[[BadRow], None]:
        """Return what notes the bad rows of a file, the first LISTED of all."""

        def note(row: BadRow) -> None:
            if len(self._bad_rows) < LISTED:
                self._bad_rows.append(f"{path}, rad {row.row}: {row.reason}")

        return note

    def show(self) -> None:
        """Write what was wrong and then the summary."""
        for line in (*self._bad_rows, *self._more(), *self.tally.failures):
            click.echo(line, err=True)
        click.echo(self._summary(), err=True)

    def _more(self) -> list[str]:
        more = self.tally.bad - len(self._bad_rows)
        return [f"… och {more} rader till som inte gick att använda."] if more else []

    def _summary(self) -> str:
        tally = self.tally
        parts = [f"{tally.read} lästa", f"{tally.flagged} flaggade"]
        if self._is_stored:
            recorded = tally.recorded
            parts += [
                f"{recorded.new} nya",
                f"{recorded.known} redan kända",
                f"{recorded.queued} till kön",
            ]
        parts.append(f"{tally.bad} felaktiga rader")
        if tally.unreadable_dates:
            parts.append(f"{tally.unreadable_dates} utan läsbart datum")
        return f"Kommentarer: {', '.join(parts)}."
