import random
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from moderation.connectors.files import open_reader
from moderation.domain.comment import Comment, CommentRef
from moderation.domain.errors import FileError
from tests.moderation.connectors.files.reading import bad_rows, comments, rows, written


def a_parquet(folder: Path, columns: dict[str, object]) -> Path:
    path = folder / "fil.parquet"
    parquet.write_table(pa.table(columns), path, row_group_size=1500)
    return path


def test_every_known_column_is_read(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    path = a_parquet(
        tmp_path,
        {
            "id": [7],
            "kommentar": ["Hej"],
            "posted_at": pa.array([moment], pa.timestamp("ns", "Europe/Stockholm")),
            "kanal": pa.array(["webb"]).dictionary_encode(),
            "annat": [[1, 2]],
        },
    )

    assert rows(path) == [
        Comment(ref=CommentRef("webb", "7"), text="Hej", posted_at=moment)
    ]


def test_a_time_without_zone_is_swedish(tmp_path: Path) -> None:
    moments = pa.array([datetime(2026, 11, 22, 14, 5)], pa.timestamp("ns"))  # noqa: DTZ001 - that is the test
    path = a_parquet(tmp_path, {"text": ["Hej"], "datum": moments})

    [comment] = comments(path)

    assert comment.posted_at == datetime(2026, 11, 22, 13, 5, tzinfo=UTC)


def test_rows_are_numbered_from_1_over_all_batches(tmp_path: Path) -> None:
    path = a_parquet(tmp_path, {"text": [f"rad {i}" for i in range(1, 5001)]})

    numbers = [(c.ref.external_id, c.text) for c in comments(path)]

    assert numbers == [(str(i), f"rad {i}") for i in range(1, 5001)]


def test_a_row_without_text_is_set_aside(tmp_path: Path) -> None:
    path = a_parquet(tmp_path, {"text": ["Hej", None, "H\0å"]})

    assert bad_rows(path) == [
        (2, "Raden saknar text: fyll i kommentaren eller ta bort raden."),
        (3, "Raden innehåller NUL-tecken, som inte kan sparas: ta bort dem."),
    ]


def test_a_file_without_a_text_column_is_refused(tmp_path: Path) -> None:
    path = a_parquet(tmp_path, {"nr": [1], "titel": ["Hej"]})

    with pytest.raises(FileError, match=r"Ingen kolumn .* \(kolumner: nr, titel\)"):
        rows(path)


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    path = a_parquet(tmp_path, {"text": pa.array([], pa.string())})

    with pytest.raises(FileError, match="har inga kommentarer"):
        rows(path)


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"PAR1 no more PAR1", "fil.parquet")

    with pytest.raises(FileError) as error:
        rows(path)

    assert str(error.value) == f"Parquetfilen {path} är skadad: exportera den på nytt."


def test_a_damaged_file_gives_its_rows_or_one_sentence(tmp_path: Path) -> None:
    whole = a_parquet(tmp_path, {"text": [f"Hej {i}" for i in range(300)]}).read_bytes()
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    refused = 0
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(5):
            damaged[chance.randrange(len(whole))] = chance.randrange(256)
        try:
            for _ in open_reader(written(tmp_path, bytes(damaged), "skadad.parquet")):
                pass
        except FileError:
            refused += 1

    assert refused > 10
