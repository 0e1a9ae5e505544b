import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from moderation.domain.user import Role
from moderation.passwords import verify_password
from moderation.storage import open_store
from tests.moderation.cli.conftest import Run

PASSWORD = "ett långt lösenord"


def test_a_user_is_added_with_the_password_on_standard_input(
    run: Run, database: Path
) -> None:
    result = run(
        "user", "add", "eva", "--role", "moderator", "--display-name", "Eva Ek",
        typed=f"{PASSWORD}\n",
    )  # fmt: skip

    store = open_store(str(database))
    user = store.user("eva")
    store.close()
    assert result.stdout == "eva är tillagd som handläggare.\n"
    assert user is not None
    assert (user.display_name, user.role) == ("Eva Ek", Role.MODERATOR)
    assert verify_password(PASSWORD, user.password_hash)


@pytest.mark.parametrize("typed", ["", "elva tecken\n"])
def test_a_short_password_is_refused(run: Run, typed: str) -> None:
    result = run("user", "add", "eva", "--role", "reader", typed=typed)

    assert result.exit_code == 1
    assert result.stderr == (
        "Lösenordet ska ha mellan 12 och 1000 tecken: välj ett annat.\n"
    )


def test_a_name_that_is_taken_is_refused(run: Run) -> None:
    add = ("user", "add", "eva", "--role", "reader")
    run(*add, typed=PASSWORD)

    result = run(*add, typed=PASSWORD)

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "eva" in result.stderr


@pytest.mark.parametrize("name", ["", "Eva Ek", "e", "åsa"])
def test_a_name_that_cannot_be_used_is_refused(run: Run, name: str) -> None:
    result = run("user", "add", name, "--role", "reader", typed=PASSWORD)

    assert result.exit_code == 1
    assert result.stderr == (
        f"Användarnamnet {name} går inte att använda: skriv 2–40 små bokstäver a–z, "
        "siffror, punkt, - eller _.\n"
    )


@pytest.mark.parametrize(
    ("second", "said"),
    [(PASSWORD, "eva är tillagd som läsare."), ("ett annat lösenord", "olika")],
)
def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(
    database: Path, second: str, said: str
) -> None:
    ours, theirs = pty.openpty()
    command = ["-m", "tests.journeys.command", "user", "add", "eva", "--role", "reader"]
    with subprocess.Popen(
        [sys.executable, *command, "--database", str(database)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ):
        os.close(theirs)
        shown = read_until(ours, "Lösenord: ")
        os.write(ours, f"{PASSWORD}\n".encode())
        shown += read_until(ours, "Lösenordet en gång till: ")
        os.write(ours, f"{second}\n".encode())
        shown += read_until(ours, said)
    os.close(ours)

    assert PASSWORD not in shown
    assert second not in shown


def read_until(terminal: int, wanted: str) -> str:
    """Return what appears on a terminal up to some words."""
    shown = b""
    while wanted.encode() not in shown:
        shown += os.read(terminal, 1024)
    return shown.decode()
