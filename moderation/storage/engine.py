"""Opens SQLite or PostgreSQL."""

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from moderation.domain.errors import StorageError

BUSY_SECONDS: Final = 30.0
"""How long a change waits for another program's change."""

_BEGIN: Final = "uppsikt_begin"


def open_engine(url: str, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine for sqlite:///PATH, a plain path, or postgresql://….

    Nothing is opened yet. Raises StorageError if the address is of no such kind.
    """
    address = to_url(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address, busy_seconds)
    return _open_postgresql(address)


def open_reading_engine(url: str, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine that changes nothing, for a database one may only read."""
    address = to_url(url)
    if address.get_backend_name() != "sqlite":
        engine = _open_postgresql(address)
        return engine.execution_options(postgresql_readonly=True)
    engine = create_engine(
        address,
        creator=partial(_connect_to_read, address, busy_seconds),
        hide_parameters=True,  # An error must not quote a comment.
    )
    event.listen(engine, "connect", _prepare_reading)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connect_to_read(address: URL, busy_seconds: float) -> sqlite3.Connection:
    """Open a file that may be write-protected, in a folder that may be, too."""
    uri, beside = _read_only_uri(address)
    connect = partial(
        sqlite3.connect, uri=True, timeout=busy_seconds, check_same_thread=False
    )
    connection = connect(uri)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        if not beside.is_file() or any(map(Path.exists, _companions(beside))):
            raise
        # The file asks for others beside it that nobody has made and we may not
        # make. So nobody has it open, and it can be read as it lies there.
        return connect(f"{uri}&immutable=1")
    return connection


def _read_only_uri(address: URL) -> tuple[str, Path]:
    """Return SQLite's address of a file to be read only, and its path."""
    name = address.database or ""
    if not name.startswith("file:"):
        path = Path(name).absolute()
        return f"{path.as_uri()}?mode=ro", path
    return f"{name}?mode=ro", Path(url2pathname(urlsplit(name).path))


def _companions(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def to_url(url: str) -> URL:
    """Return the address in SQLAlchemy's form, with the driver that we use."""
    if "://" not in url:
        return URL.create("sqlite", database=url)
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise _unknown_address() from error
    if address.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername != "sqlite" or not address.database:
        raise _unknown_address()
    return address


def for_writing(engine: Engine) -> Engine:
    """Return an engine whose transactions take SQLite's write lock at once.

    A transaction that reads first and writes later would fail, not wait, if another
    one wrote between.
    """
    return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})


def for_reading(engine: Engine) -> Engine:
    """Return an engine for questions, each of which stands for itself.

    PostgreSQL's transactions give no more than that either, but beginning and ending
    one for each question is two more messages to the server.
    """
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _unknown_address() -> StorageError:
    # The address itself is not repeated: it may hold a password.
    return StorageError(
        "Databasens adress går inte att förstå: skriv en sökväg till en fil, "
        "sqlite:///SÖKVÄG eller postgresql://ANVÄNDARE@VÄRD/DATABAS."
    )


def _open_sqlite(address: URL, busy_seconds: float) -> Engine:
    engine = create_engine(
        address,
        connect_args={"timeout": busy_seconds},
        hide_parameters=True,  # An error must not quote a comment.
        pool_size=10,
        max_overflow=20,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The transactions are begun here, not by the driver.
    connection.isolation_level = None
    # A damaged byte is read as �, so that the check of the log can name its entry.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    # NORMAL would survive a killed program but could lose the last decisions when
    # the power fails: the log is only on the disk after a sync at each commit.
    connection.execute("PRAGMA synchronous = FULL")


def _prepare_reading(connection: sqlite3.Connection, _record: object) -> None:
    # As when it is written to; but the form of the file is left as it is.
    connection.isolation_level = None
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def _open_postgresql(address: URL) -> Engine:
    waiting = {} if "connect_timeout" in address.query else {"connect_timeout": 10}
    engine = create_engine(
        address,
        connect_args=waiting,
        hide_parameters=True,  # An error must not quote a comment.
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
    )
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(
    connection: Any,  # noqa: ANN401 - The driver's connection, in SQLAlchemy's wrap.
    _record: object,
) -> None:
    connection.execute("SET TIME ZONE 'UTC'")
    # A plan made without the values reads the whole archive, over and over, to find
    # the known comments of a chunk.
    connection.execute("SET plan_cache_mode = force_custom_plan")
    connection.commit()
