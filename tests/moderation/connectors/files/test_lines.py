from pathlib import Path

import pytest

from tests.moderation.connectors.files.reading import texts, written

TABLE = "id,text\n1,Räksmörgås på ön – «nej»\n2,Ärlig åsikt\n"
WANTED = ["Räksmörgås på ön – «nej»", "Ärlig åsikt"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_encoding_is_recognised(tmp_path: Path, encoding: str) -> None:
    assert texts(written(tmp_path, TABLE.encode(encoding))) == WANTED


def test_one_line_of_windows_1252_in_utf_8_spoils_no_other(tmp_path: Path) -> None:
    mixed = "id,text\n1,smörgås 🙂\n".encode() + "2,blåbär\n".encode("cp1252")

    assert texts(written(tmp_path, mixed)) == ["smörgås 🙂", "blåbär"]


def test_a_byte_that_no_encoding_has_is_marked_and_the_row_kept(tmp_path: Path) -> None:
    odd = b"id,text\n1,hej\x81d\xe5\n"

    assert texts(written(tmp_path, odd)) == ["hej�då"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_the_line_break_is_recognised(tmp_path: Path, line_break: str) -> None:
    path = written(tmp_path, TABLE.replace("\n", line_break))

    assert texts(path) == WANTED


def test_a_line_break_inside_quotes_is_kept_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, 'id,text\r\n1,"ett\r\ntvå\nfyra"\r\n')

    assert texts(path) == ["ett\r\ntvå\nfyra"]
