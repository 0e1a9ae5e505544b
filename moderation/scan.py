"""From a file of comments to stored advice, a chunk at a time."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from moderation import intake
from moderation.domain.comment import Comment
from moderation.domain.errors import FileError
from moderation.domain.ports import (
    BadRow,
    Clock,
    Detector,
    FileReader,
    RecordTally,
    Store,
)
from moderation.domain.verdict import Assessed, Policy

CHUNK: Final = 2_000
"""Comments in a chunk: large enough for speed, small enough to lose little."""
CHUNK_CHARACTERS: Final = 4_000_000
"""A chunk of very long comments ends sooner, so that memory stays bounded."""
_YOUNG: Final = 1
"""The generation of what the last chunks made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanTally:
    """What scanning came to."""

    read: int = 0
    flagged: int = 0
    bad: int = 0
    """Rows that could not be used."""
    unreadable_dates: int = 0
    """Comments that lost a date that could not be read."""
    failures: tuple[str, ...] = ()
    """A Swedish sentence for each file that could not be read, or not to its end."""
    recorded: RecordTally = field(default_factory=RecordTally)

    def __add__(self, other: "ScanTally") -> "ScanTally":
        return ScanTally(
            read=self.read + other.read,
            flagged=self.flagged + other.flagged,
            bad=self.bad + other.bad,
            unreadable_dates=self.unreadable_dates + other.unreadable_dates,
            failures=self.failures + other.failures,
            recorded=self.recorded + other.recorded,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """Assesses files of comments and, given a store, records them chunk by chunk."""

    detector: Detector
    policy: Policy
    now: Clock
    store: Store | None
    """None where nothing is to be stored."""
    on_chunk: Callable[[Sequence[Assessed]], None] = lambda _chunk: None
    """Called with each chunk when it is assessed and stored."""
    on_bad_row: Callable[[BadRow], None] = lambda _row: None

    def scan(self, reader: FileReader) -> ScanTally:
        """Assess a file to its end, or as far as it can be read.

        A chunk is stored whole or not at all.
        """
        total = ScanTally()
        try:
            with _few_collections():
                for rows in _chunks(reader):
                    total += self._assess(rows)
                    gc.collect(_YOUNG)
        except FileError as error:
            total += ScanTally(failures=(str(error),))
        return total + ScanTally(unreadable_dates=reader.unreadable_dates)

    def _assess(self, rows: Sequence[Comment | BadRow]) -> ScanTally:
        comments = [row for row in rows if isinstance(row, Comment)]
        bad = [row for row in rows if isinstance(row, BadRow)]
        for row in bad:
            self.on_bad_row(row)
        assessed = intake.assess_many(
            comments, detector=self.detector, policy=self.policy
        )
        recorded = RecordTally()
        if self.store is not None:
            recorded = intake.record(assessed, store=self.store, now=self.now)
        self.on_chunk(assessed)
        return ScanTally(
            read=len(assessed),
            flagged=sum(one.verdict.is_flagged for one in assessed),
            bad=len(bad),
            recorded=recorded,
        )


@contextmanager
def _few_collections() -> Iterator[None]:
    """Leave it to the chunks when to look for circular garbage.

    They make next to none, and Python's own looking would take a third of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _chunks(reader: FileReader) -> Iterator[list[Comment | BadRow]]:
    """Yield the rows in bounded chunks; what was read before a failure comes first."""
    chunk: list[Comment | BadRow] = []
    characters = 0
    try:
        for row in reader:
            chunk.append(row)
            characters += len(row.text) if isinstance(row, Comment) else 0
            if len(chunk) >= CHUNK or characters >= CHUNK_CHARACTERS:
                yield chunk
                chunk, characters = [], 0
    except FileError:
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk
