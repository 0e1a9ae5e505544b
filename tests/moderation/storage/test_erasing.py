"""That erased words are gone from the bytes on the disk, not only from the rows."""

from pathlib import Path

from moderation import erasing
from moderation.storage import SqlStore, open_store
from tests.contracts.test_store_item import QUOTED, WORD, record
from tests.factories import NOON

ONLY_THERE = (WORD, WORD.lower(), QUOTED)


def bytes_on_disk(folder: Path) -> bytes:
    """Return the database with its write-ahead log and whatever lies beside it."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def words_on_disk(folder: Path) -> list[str]:
    found = bytes_on_disk(folder).lower()
    return [word for word in ONLY_THERE if word.lower()[:12].encode() in found]


def an_archive(folder: Path) -> SqlStore:
    store = open_store(str(folder / "uppsikt.sqlite3"))
    record(store, f"{WORD} ett.", f"{WORD} två. " + f"{WORD} " * 2_000)
    for number in range(2, 30):
        record(store, "Något annat. " * number, external_id=str(number))
    return store


def test_the_bytes_of_an_erased_text_are_gone_from_the_file(tmp_path: Path) -> None:
    store = an_archive(tmp_path)
    assert words_on_disk(tmp_path) == [*ONLY_THERE]

    erasing.erase(2, user="eva", store=store, at=NOON)
    assert store.wipe()

    assert words_on_disk(tmp_path) == []
    store.close()
    assert words_on_disk(tmp_path) == []


def test_a_reader_in_the_way_is_told_and_wiping_again_finishes(tmp_path: Path) -> None:
    store = an_archive(tmp_path)
    impatient = open_store(str(tmp_path / "uppsikt.sqlite3"), busy_seconds=0.1)
    with store.transaction():
        assert not impatient.wipe()
    erasing.erase(2, user="eva", store=impatient, at=NOON)

    assert impatient.wipe()

    assert words_on_disk(tmp_path) == []
    impatient.close()
    store.close()
