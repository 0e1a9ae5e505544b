import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from moderation.connectors.files import open_reader
from moderation.domain.comment import Comment, CommentRef
from moderation.domain.errors import FileError
from tests.moderation.connectors.files.reading import bad_rows, comments, rows, written


def a_workbook(folder: Path, lines: Sequence[Sequence[object]]) -> Path:
    path = folder / "fil.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(list(line))
    book.create_sheet("Annat").append(["text"])
    book.save(path)
    return path


def test_every_known_column_of_the_first_sheet_is_read(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path,
        [
            ["ID", "Kommentar", "Datum", "Kanal", None],
            [7, "Hej\ndu", datetime(2026, 11, 22, 14, 5), "webb"],  # noqa: DTZ001 - as Excel keeps it
        ],
    )

    assert rows(path) == [
        Comment(
            ref=CommentRef("webb", "7"),
            text="Hej\ndu",
            posted_at=datetime(2026, 11, 22, 13, 5, tzinfo=UTC),
        )
    ]


def test_rows_are_numbered_as_in_excel_and_empty_ones_skipped(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [["text"], ["Hej"], [None], ["Hå"]])

    assert [c.ref.external_id for c in comments(path)] == ["2", "4"]


def test_rows_that_cannot_be_used_are_set_aside(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [["id", "text"], [1, None], [2, 42], [3, "Hej"]])

    assert bad_rows(path) == [
        (2, "Raden saknar text: fyll i kommentaren eller ta bort raden."),
        (
            3,
            "Kommentaren är inte text utan ett annat slags värde: spara den som text.",
        ),
    ]


def test_a_workbook_without_a_text_column_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [["nr", "titel"], [1, "Hej"]])

    with pytest.raises(FileError, match=r"Ingen kolumn .* \(kolumner: nr, titel\)"):
        rows(path)


@pytest.mark.parametrize("lines", [[], [["id", "text"]]], ids=["nothing", "headings"])
def test_a_workbook_without_rows_is_refused(
    tmp_path: Path, lines: list[list[object]]
) -> None:
    with pytest.raises(FileError, match=r"Ingen kolumn|har inga kommentarer"):
        rows(a_workbook(tmp_path, lines))


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"no workbook", "fil.xlsx")

    with pytest.raises(FileError) as error:
        rows(path)

    assert str(error.value) == (
        f"Excelfilen {path} är skadad eller skyddad med lösenord: öppna den i Excel "
        "och spara den på nytt."
    )


def test_a_damaged_workbook_gives_its_rows_or_one_sentence(tmp_path: Path) -> None:
    whole = a_workbook(tmp_path, [["text"], *[[f"Hej {i}"] for i in range(50)]])
    content = whole.read_bytes()
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    refused = 0
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(5):
            damaged[chance.randrange(len(content))] = chance.randrange(256)
        try:
            for _ in open_reader(written(tmp_path, bytes(damaged), "skadad.xlsx")):
                pass
        except FileError:
            refused += 1

    assert refused > 10
