"""A row of the grounds table that has shipped is never edited or removed."""

import csv
import hashlib
import json
from pathlib import Path

import moderation

HERE = Path(__file__).parent
RECORDED: dict[str, str] = json.loads(
    (HERE / "shipped_grounds.json").read_text(encoding="utf-8")
)


def present() -> dict[str, str]:
    """Return the hash of every row by id and revision."""
    table = Path(moderation.__file__).parent / "grounds.csv"
    with table.open(encoding="utf-8", newline="") as file:
        return {
            f"{row['id']}/{row['revision']}": hash_of(row)
            for row in csv.DictReader(file)
        }


def hash_of(row: dict[str, str]) -> str:
    text = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def test_every_recorded_row_is_still_there_unchanged() -> None:
    now = present()

    for name, recorded in RECORDED.items():
        assert now.get(name) == recorded, f"{name}: add a revision, never edit a row"


def test_every_row_is_recorded() -> None:
    new = {name: digest for name, digest in present().items() if name not in RECORDED}

    assert not new, "add these to shipped_grounds.json when they ship"


def test_no_two_rows_have_the_same_id_and_revision() -> None:
    table = Path(moderation.__file__).parent / "grounds.csv"
    with table.open(encoding="utf-8", newline="") as file:
        names = [(row["id"], row["revision"]) for row in csv.DictReader(file)]

    assert len(names) == len(set(names))
