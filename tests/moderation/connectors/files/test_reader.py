import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from moderation.connectors.files import open_reader
from moderation.domain.errors import FileError
from tests.moderation.connectors.files.reading import texts, written

NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up the right of root to read everything, where the tests run as root."""
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as error:
        list(open_reader(path))
    return str(error.value)


@pytest.mark.parametrize("name", ["fil.CSV", "fil.tsv"])
def test_a_file_is_known_by_its_ending(tmp_path: Path, name: str) -> None:
    assert texts(written(tmp_path, "id\ttext\n1\tHej\n", name)) == ["Hej"]


def test_an_unknown_ending_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    path = written(tmp_path, "Hej", "fil.docx")

    assert refusal(path) == (
        f"Filen {path} är av okänt slag: spara den som något av csv, tsv, jsonl, "
        "parquet, xlsx."
    )


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "parquet", "xlsx"])
def test_an_empty_file_is_refused(tmp_path: Path, ending: str) -> None:
    path = written(tmp_path, "", f"fil.{ending}")

    assert refusal(path) == f"Filen {path} är tom: kontrollera att rätt fil är vald."


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"

    assert refusal(path) == f"Filen {path} finns inte: kontrollera sökvägen."


def test_a_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mapp.csv"
    path.mkdir()

    assert refusal(path) == f"{path} är en mapp, inte en fil: ange filerna i den."


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "text\nHej\n")
    path.chmod(0)

    with as_nobody():
        assert (
            refusal(path) == f"Filen {path} får inte läsas: ge dig rätt att läsa den."
        )
