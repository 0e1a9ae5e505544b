"""The web pages, served by the command."""

import signal
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from moderation.cli.serve import secret_key
from moderation.domain.errors import SettingsError
from moderation.settings import Settings
from tests.moderation.cli.conftest import Run

COMMAND = [sys.executable, "-m", "tests.journeys.command"]


def answer(address: str) -> int:
    with urlopen(address) as response:  # noqa: S310 - our own server on this machine
        status: int = response.status
        return status


def test_demo_shows_address_and_sign_ins_and_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    with subprocess.Popen(
        [*COMMAND, "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={"PATH": "", "TMPDIR": str(tmp_path)},
    ) as running:
        assert running.stdout is not None
        said = [running.stdout.readline() for _ in range(8)]
        status = answer(said[1].removeprefix("Uppsikt finns på ").strip())
        assert len(list(tmp_path.iterdir())) == 1
        running.send_signal(signal.SIGTERM)
        last = running.stdout.read()

    assert status == 200
    assert [line.split()[0] for line in said[3:]] == [
        "eva",
        "bo",
        "lena",
        "kim",
        "admin",
    ]
    assert all(len(line.split()[1]) == 12 for line in said[3:])
    assert last == "Demon är avslutad och dess databas borttagen.\n"
    assert running.returncode == 0
    assert not list(tmp_path.iterdir())


def test_serve_answers_until_it_is_stopped(database: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--database", str(database)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as running:
        assert running.stdout is not None
        address = running.stdout.readline().removeprefix("Uppsikt finns på ").strip()
        status = answer(address)
        running.send_signal(signal.SIGINT)
        last = running.stdout.read()

    assert status == 200
    assert last == "Uppsikt är stoppad.\n"
    assert running.returncode == 0


def test_a_port_that_is_taken_is_one_sentence(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", "--port", str(port))

    assert result.exit_code == 1
    assert result.stderr == (
        f"Adressen 127.0.0.1, port {port}, går inte att använda: välj en annan port "
        "med --port, eller stäng det program som använder den.\n"
    )


def test_a_port_that_does_not_exist_is_one_sentence(run: Run) -> None:
    result = run("serve", "--port", "99999")

    assert result.exit_code == 2
    assert result.stderr.startswith("Värdet för --port går inte att använda. ")


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}"])
def test_the_key_is_made_once_and_kept_beside_the_database(
    database: Path, form: str
) -> None:
    settings = Settings(database=form.format(database))

    first, second = secret_key(settings), secret_key(settings)

    kept = database.with_name(f"{database.name}-key")
    assert first == second == kept.read_text(encoding="ascii")
    assert len(first) > 40
    assert kept.stat().st_mode & 0o077 == 0


def test_a_key_that_is_set_is_used(database: Path) -> None:
    settings = Settings(database=str(database), secret_key="vald nyckel")

    assert secret_key(settings) == "vald nyckel"
    assert not list(database.parent.iterdir())


def test_a_database_server_needs_a_key_that_is_set() -> None:
    settings = Settings(database="postgresql://localhost/uppsikt")

    with pytest.raises(SettingsError, match="UPPSIKT_SECRET_KEY"):
        secret_key(settings)


def test_a_key_that_cannot_be_kept_is_one_sentence(tmp_path: Path) -> None:
    settings = Settings(database=str(tmp_path / "saknas" / "uppsikt.sqlite3"))

    with pytest.raises(SettingsError, match="kan inte skrivas"):
        secret_key(settings)


def test_an_address_of_a_megabyte_is_refused_by_our_own_page(database: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--database", str(database)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as running:
        assert running.stdout is not None
        place = running.stdout.readline().removeprefix("Uppsikt finns på ").strip()
        with closing(HTTPConnection(urlsplit(place).netloc)) as connection:
            connection.request("GET", "/ko/?kanal=" + "a" * 1024 * 1024)
            refusal = connection.getresponse()
            page = refusal.read().decode("utf-8")
        running.send_signal(signal.SIGINT)

    assert refusal.status == 414
    assert "Adressen är för lång" in page
