import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from moderation.domain.errors import StorageError
from moderation.storage import SqlStore, open_store
from moderation.storage.engine import open_engine, to_url
from moderation.storage.errors import describe
from tests.databases import execute
from tests.factories import a_user
from tests.postgres import PostgresServer


def refusal(url: str) -> str:
    """Return what is said about a database that cannot be opened."""
    with pytest.raises(StorageError) as caught:
        open_store(url, busy_seconds=0.1)
    return str(caught.value)


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may write everywhere; be nobody for a while."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that everybody may write in, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def test_a_file_in_a_folder_that_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "saknas" / "uppsikt.sqlite3"

    assert refusal(f"sqlite:///{path}") == (
        f"Databasfilen {path} går inte att öppna: kontrollera att sökvägen leder till "
        "en fil, att mappen finns och att Uppsikt får läsa och skriva där."
    )


def test_a_folder_in_place_of_a_file_cannot_be_opened(tmp_path: Path) -> None:
    assert refusal(str(tmp_path)).startswith(f"Databasfilen {tmp_path} går inte att")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "brev.txt"
    path.write_text("Hej, det här är ett vanligt brev.\n" * 100)
    before = path.read_bytes()

    assert refusal(str(path)) == (
        f"Filen {path} är ingen databas, eller är skadad: "
        "välj en annan fil, eller återställ en säkerhetskopia."
    )
    assert path.read_bytes() == before


def test_a_locked_database_is_refused_after_a_while(tmp_path: Path) -> None:
    path = tmp_path / "uppsikt.sqlite3"
    open_store(str(path)).close()

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refusal(str(path)) == (
            f"Databasen {path} är låst av ett annat program: "
            "stäng det, eller försök igen om en stund."
        )


def test_a_change_to_a_locked_database_is_refused_and_reading_goes_on(
    tmp_path: Path,
) -> None:
    path = tmp_path / "uppsikt.sqlite3"
    store = open_store(str(path), busy_seconds=0.1)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="är låst"), store.transaction() as tx:
            tx.add_user(a_user())
        assert store.users() == []
    with store.transaction() as tx:
        tx.add_user(a_user())

    assert store.users() == [a_user()]
    store.close()


def test_a_read_only_file_is_refused(open_folder: Path) -> None:
    path = open_folder / "uppsikt.sqlite3"
    open_store(str(path)).close()
    path.chmod(0o444)

    with as_ordinary_user():
        assert refusal(str(path)) == (
            f"Databasen {path} är skrivskyddad: ge Uppsikt rätt att skriva i den och, "
            "om den är en fil, i dess mapp."
        )


def test_a_file_in_a_read_only_folder_is_refused(open_folder: Path) -> None:
    path = open_folder / "uppsikt.sqlite3"
    open_store(str(path)).close()
    path.chmod(0o444)
    open_folder.chmod(0o555)

    with as_ordinary_user():
        assert str(path) in refusal(str(path))


def test_a_server_that_does_not_answer_is_named_without_the_password(
    tmp_path: Path,
) -> None:
    url = f"postgresql://eva:hemligt@/uppsikt?host={tmp_path}&password=lika+hemligt"

    sentence = refusal(url)

    assert sentence == (
        f"Databasservern för {tmp_path}/uppsikt går inte att nå: kontrollera att den "
        "är i gång och att adress, databasnamn, användare och lösenord stämmer."
    )


def test_a_database_that_the_server_does_not_have_is_refused(
    postgres_server: PostgresServer,
) -> None:
    assert "saknas går inte att nå" in refusal(postgres_server.url("saknas"))


def test_a_connection_that_the_server_has_closed_is_replaced(
    postgresql_url: str,
) -> None:
    store = open_store(postgresql_url)
    assert store.users() == []

    execute(
        postgresql_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )

    assert store.users() == []
    store.close()


def test_a_server_that_only_reads_is_refused(postgresql_url: str) -> None:
    reading = f"{postgresql_url}&options=-cdefault_transaction_read_only%3Don"

    assert "är skrivskyddad" in refusal(reading)


def test_a_text_with_a_nul_character_is_refused_by_postgresql(
    postgresql_url: str,
) -> None:
    store = open_store(postgresql_url)
    with pytest.raises(StorageError, match="inte kan spara"), store.transaction() as tx:
        tx.add_user(a_user(display_name="E\0va"))
    store.close()


def test_a_text_with_a_nul_character_is_kept_by_sqlite(sqlite_store: SqlStore) -> None:
    with sqlite_store.transaction() as tx:
        tx.add_user(a_user(display_name="E\0va"))

    assert sqlite_store.users() == [a_user(display_name="E\0va")]


@pytest.mark.parametrize("url", ["mysql://eva:hemligt@db/uppsikt", "sqlite://", "://"])
def test_an_address_of_another_kind_is_refused_without_repeating_it(url: str) -> None:
    sentence = refusal(url)

    assert sentence.startswith("Databasens adress går inte att förstå: skriv en")
    assert "hemligt" not in sentence


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("uppsikt.sqlite3", "uppsikt.sqlite3"),
        (r"C:\Uppsikt\data.sqlite3", r"C:\Uppsikt\data.sqlite3"),
        ("sqlite:////var/lib/uppsikt.sqlite3", "/var/lib/uppsikt.sqlite3"),
        ("postgresql://eva:hemligt@db:5433/uppsikt", "db:5433/uppsikt"),
        ("postgres://eva@db/uppsikt", "db/uppsikt"),
        ("postgresql:///uppsikt", "localhost/uppsikt"),
    ],
)
def test_a_database_is_described_without_user_and_password(
    url: str, place: str
) -> None:
    assert describe(to_url(url)) == place


def test_opening_an_engine_touches_nothing(tmp_path: Path) -> None:
    open_engine(str(tmp_path / "uppsikt.sqlite3")).dispose()

    assert list(tmp_path.iterdir()) == []
