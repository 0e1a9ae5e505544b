"""Fixtures for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from moderation.storage import SqlStore, open_store
from tests.postgres import PostgresServer

# A shared machine may be slow at any moment: no example is refused for its time.
settings.register_profile("uppsikt", deadline=None)
settings.load_profile("uppsikt")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a database without tables, on each of the two."""
    if request.param == "sqlite":
        yield str(tmp_path / "uppsikt.sqlite3")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.new_database(is_empty=True)
    yield url
    server.drop_database(url)


@pytest.fixture
def postgresql_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Return the address of a database on the server, with the store's tables."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of the store's database, on each of the two."""
    if request.param == "sqlite":
        return str(tmp_path / "uppsikt.sqlite3")
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    """Return an empty store, on each of the two databases."""
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[SqlStore]:
    """Return an empty store on SQLite, for tests that are not about storing."""
    opened = open_store(str(tmp_path / "uppsikt.sqlite3"))
    yield opened
    opened.close()
