"""A real PostgreSQL server for the tests, on a socket in a folder of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from moderation.storage import open_store

StrPath = str | Path

_TEMPLATE = "mall"
_PATIENCE = 30.0


class PostgresServer:
    """Starts when made; stop() ends it and removes its folder.

    A folder that is handed in is kept, and used again with what is in it: such a
    server writes to the disk as carefully as any, and the caller makes its databases.
    """

    def __init__(self, kept: Path | None = None) -> None:
        self._is_kept = kept is not None
        self._folder = kept or Path(tempfile.mkdtemp(prefix="uppsikt-pg-"))
        self._numbers = count(1)
        self._run_as = self._unprivileged()
        if not (self._folder / "data").exists():
            self._initialise()
        self._process = self._start()
        self._wait_until_it_answers()
        if not self._is_kept:
            self._make_template()

    @property
    def process_id(self) -> int:
        """The server's own process, whose children serve the connections."""
        return self._process.pid

    def new_database(self, *, is_empty: bool = False) -> str:
        """Return the address of a database of its own, migrated unless empty."""
        name = f"test_{next(self._numbers)}"
        template = "template0" if is_empty else _TEMPLATE
        self._command(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Remove a database, also if somebody is still in it."""
        name = url.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[-1]
        self._command(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        """Return a database's address."""
        return f"postgresql://app@/{name}?host={self._folder}"

    def stop(self) -> None:
        """End the server and remove its files."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(_PATIENCE)
        if not self._is_kept:
            shutil.rmtree(self._folder)

    def _unprivileged(self) -> dict[str, Any]:
        """Return how to start the server, which refuses to run as root."""
        if os.geteuid() != 0:
            return {}
        shutil.chown(self._folder, "nobody", "nogroup")
        return {"user": "nobody", "group": "nogroup", "extra_groups": []}

    def _initialise(self) -> None:
        command: list[StrPath] = [_program("initdb"), "-D", self._folder / "data"]
        options = [
            "-U",
            "app",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run(
            [*command, *options],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
            **self._run_as,
        )

    def _start(self) -> subprocess.Popen[bytes]:
        command: list[StrPath] = [_program("postgres"), "-D", self._folder / "data"]
        # The data are thrown away: they need not survive a power cut.
        careless = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        for setting in ("listen_addresses=", *(() if self._is_kept else careless)):
            command += ["-c", setting]
        with (self._folder / "log").open("wb") as log:
            return subprocess.Popen(
                [*command, "-k", self._folder],
                stderr=log,
                cwd=self._folder,
                **self._run_as,
            )

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._command("SELECT 1")
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self._process.kill()
                    raise
            time.sleep(0.05)

    def _make_template(self) -> None:
        self._command(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
        open_store(self.url(_TEMPLATE)).close()

    def _command(self, sql: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql)


def _program(name: str) -> Path:
    """Return the newest installed version of one of PostgreSQL's programs."""
    debian = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(debian, key=lambda p: int(p.parts[-3]), default=None)
    found = newest or shutil.which(name)
    if found is None:
        msg = (
            f"PostgreSQL's {name} is neither under /usr/lib/postgresql nor on PATH: "
            "install the package postgresql, as `make test` does."
        )
        raise FileNotFoundError(msg)
    return Path(found)
