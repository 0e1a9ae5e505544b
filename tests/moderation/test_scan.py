from collections.abc import Iterator
from dataclasses import dataclass

from moderation.domain.comment import Comment
from moderation.domain.errors import FileError
from moderation.domain.ports import BadRow
from moderation.domain.verdict import Policy
from moderation.scan import CHUNK, Scanner, ScanTally
from tests.factories import NOON, a_comment
from tests.fakes import FakeDetector


@dataclass
class FakeReader:
    """Gives rows, and then breaks off where that is asked for."""

    rows: list[Comment | BadRow]
    breaks_off: bool = False
    unreadable_dates: int = 0

    def __iter__(self) -> Iterator[Comment | BadRow]:
        yield from self.rows
        if self.breaks_off:
            sentence = "Filen är skadad: exportera den på nytt."
            raise FileError(sentence)


def scan(reader: FakeReader) -> tuple[ScanTally, list[int], list[BadRow]]:
    """Return the tally, the sizes of the chunks and the bad rows."""
    sizes: list[int] = []
    bad: list[BadRow] = []
    scanner = Scanner(
        detector=FakeDetector(),
        policy=Policy(),
        now=lambda: NOON,
        store=None,
        on_chunk=lambda chunk: sizes.append(len(chunk)),
        on_bad_row=bad.append,
    )
    return scanner.scan(reader), sizes, bad


def test_comments_come_in_bounded_chunks() -> None:
    _, sizes, _ = scan(FakeReader([a_comment("Hej")] * (CHUNK + 5)))

    assert sizes == [CHUNK, 5]


def test_very_long_comments_come_in_smaller_chunks() -> None:
    _, sizes, _ = scan(FakeReader([a_comment("x" * 900_000)] * 12))

    assert sizes == [5, 5, 2]


def test_a_file_that_breaks_off_is_assessed_as_far_as_it_goes() -> None:
    tally, sizes, _ = scan(FakeReader([a_comment("hotord")] * 3, breaks_off=True))

    assert sizes == [3]
    assert (tally.read, tally.flagged) == (3, 3)
    assert tally.failures == ("Filen är skadad: exportera den på nytt.",)


def test_bad_rows_and_unreadable_dates_are_counted() -> None:
    row = BadRow(row=2, reason="Raden saknar text.")

    tally, _, bad = scan(FakeReader([row, a_comment("Hej"), row], unreadable_dates=1))

    assert bad == [row, row]
    assert (tally.read, tally.bad, tally.unreadable_dates) == (1, 2, 1)
