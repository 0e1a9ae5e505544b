import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from moderation.domain.comment import Comment, CommentRef
from moderation.domain.errors import FileError
from tests.moderation.connectors.files.reading import bad_rows, rows, texts, written

GOOD = '{"id": 1, "text": "Hej"}\n'


def read_after_good(folder: Path, line: str) -> list[tuple[int, str]]:
    """Return what is wrong with a line between two good ones, which must be read."""
    path = written(folder, f"{GOOD}{line}\n{GOOD}", "fil.jsonl")
    assert texts(path) == ["Hej", "Hej"]
    return bad_rows(path)


def test_every_known_key_is_read(tmp_path: Path) -> None:
    line = {
        "ID": 7,
        "Kommentar": "Hej",
        "author": {"name": "Eva"},
        "posted_at": 1795352700,
        "kanal": "webb",
        "parent": None,
    }
    path = written(tmp_path, json.dumps(line), "fil.jsonl")

    assert rows(path) == [
        Comment(
            ref=CommentRef("webb", "7"),
            text="Hej",
            posted_at=datetime(2026, 11, 22, 13, 5, tzinfo=UTC),
        )
    ]


def test_lines_with_other_keys_are_read_by_their_own(tmp_path: Path) -> None:
    path = written(tmp_path, '{"text": "a", "id": "1"}\n\n{"body": "b"}\n', "fil.jsonl")

    read = rows(path)

    assert [str(row.ref) for row in read if isinstance(row, Comment)] == [
        "fil:fil/1",
        "fil:fil/3",
    ]


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "Hej"',
        "hej",
        '{"text": "Hej"} {}',
        "[" * 100_000,
        '{"id": ' + "9" * 5000,
    ],
    ids=lambda line: line[:20],
)
def test_a_line_that_is_not_json_is_a_bad_row(tmp_path: Path, line: str) -> None:
    assert read_after_good(tmp_path, line) == [
        (2, "Raden är inte giltig JSON: varje rad ska vara ett helt objekt.")
    ]


@pytest.mark.parametrize("line", ["[1]", '"Hej"', "null", "3"])
def test_a_line_that_is_no_object_is_a_bad_row(tmp_path: Path, line: str) -> None:
    assert read_after_good(tmp_path, line) == [
        (2, 'Raden är JSON men inget objekt: skriv den som {"id": "1", "text": "…"}.')
    ]


@pytest.mark.parametrize("value", ["3", "true", "[]", '{"text": "Hej"}'])
def test_a_text_that_is_no_string_is_a_bad_row(tmp_path: Path, value: str) -> None:
    assert read_after_good(tmp_path, f'{{"text": {value}}}') == [
        (
            2,
            "Kommentaren är inte text utan ett annat slags värde: spara den som text.",
        )
    ]


@pytest.mark.parametrize("value", ["null", '""', '" "'])
def test_an_object_without_text_is_a_bad_row(tmp_path: Path, value: str) -> None:
    assert read_after_good(tmp_path, f'{{"text": {value}}}') == [
        (2, "Raden saknar text: fyll i kommentaren eller ta bort raden.")
    ]


def test_an_object_without_a_text_key_is_a_bad_row_that_lists_its_keys(
    tmp_path: Path,
) -> None:
    assert read_after_good(tmp_path, '{"id": 2, "titel": "Hej"}') == [
        (
            2,
            (
                "Ingen kolumn med kommentarernas text hittades (kolumner: id, titel), "
                "döp den till text eller ange den med --map text=KOLUMN."
            ),
        )
    ]


@pytest.mark.parametrize("field", ["text", "author", "id"])
def test_a_lone_surrogate_is_a_bad_row(tmp_path: Path, field: str) -> None:
    line = json.dumps({"text": "Hej", field: "\ud83d"})

    assert read_after_good(tmp_path, line) == [
        (
            2,
            (
                "Raden innehåller ett halvt tecken (ett ensamt surrogat), som inte kan "
                "sparas: exportera filen på nytt eller ta bort tecknet."
            ),
        )
    ]


def test_a_whole_surrogate_pair_is_one_character(tmp_path: Path) -> None:
    path = written(tmp_path, '{"text": "\\ud83d\\ude42"}', "fil.jsonl")

    assert texts(path) == ["🙂"]


def test_an_escaped_nul_is_a_bad_row(tmp_path: Path) -> None:
    assert read_after_good(tmp_path, '{"text": "H\\u0000å"}') == [
        (2, "Raden innehåller NUL-tecken, som inte kan sparas: ta bort dem.")
    ]


def test_a_line_too_long_is_a_bad_row(tmp_path: Path) -> None:
    [(row, reason)] = read_after_good(tmp_path, f'{{"text": "{"x" * 1_000_000}"}}')

    assert row == 2
    assert reason.startswith("Raden är längre än 1 000 000 tecken: ")


def test_a_file_in_which_no_line_can_be_used_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a\nb\n", "fil.jsonl")

    with pytest.raises(FileError) as error:
        rows(path)

    assert str(error.value) == (
        f"Ingen av raderna i {path} gick att använda (2 försökta): rätta det som sägs "
        "om dem och försök igen."
    )
