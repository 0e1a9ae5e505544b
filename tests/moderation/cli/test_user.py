import os
import pty
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from moderation.domain.account import AccountChange
from moderation.domain.user import Role
from moderation.invitations import find
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
    assert result.stderr == "Lösenordet ska ha minst 12 tecken.\n"


def test_a_password_made_of_the_name_is_refused(run: Run) -> None:
    result = run("user", "add", "eva", "--role", "reader", typed="evaevaevaeva-1\n")

    assert result.exit_code == 1
    assert result.stderr == "Lösenordet liknar namnet för mycket: välj ett annat.\n"


@pytest.fixture
def eva(run: Run, database: Path) -> Path:
    """Add a moderator and return where the database is."""
    run("user", "add", "eva", "--role", "moderator", typed=f"{PASSWORD}\n")
    return database


def test_a_password_set_by_the_operator_must_be_changed(run: Run, eva: Path) -> None:
    result = run("user", "password", "eva", typed="ett helt nytt ord\n")

    with closing(open_store(str(eva))) as store:
        user, events = store.user("eva"), store.account_events("eva")
    assert "måste byta det vid nästa inloggning" in result.stdout
    assert user is not None
    assert user.must_change_password
    assert verify_password("ett helt nytt ord", user.password_hash)
    assert [(event.actor, event.change) for event in events] == [
        ("", AccountChange.PASSWORD_SET),
        ("", AccountChange.ADDED),
    ]


def test_an_account_is_closed_and_opened_again(run: Run, eva: Path) -> None:
    closed = run("user", "close", "eva")
    with closing(open_store(str(eva))) as store:
        was_active = [user.is_active for user in store.users()]
    opened = run("user", "reopen", "eva")
    with closing(open_store(str(eva))) as store:
        is_active = [user.is_active for user in store.users()]

    assert closed.stdout == "eva är stängd och utloggad.\n"
    assert opened.stdout == "eva kan logga in igen.\n"
    assert (was_active, is_active) == ([False], [True])


def test_a_lost_telephone_is_forgotten(run: Run, eva: Path) -> None:
    with closing(open_store(str(eva))) as store, store.transaction() as tx:
        tx.set_second_factor("eva", "NYCKEL")

    result = run("user", "reset", "eva")

    with closing(open_store(str(eva))) as store:
        factor = store.second_factor("eva")
    assert result.exit_code == 0
    assert factor is None


def test_the_last_admin_is_not_closed(run: Run) -> None:
    run("user", "add", "ada", "--role", "admin", typed=f"{PASSWORD}\n")

    result = run("user", "close", "ada")

    assert result.exit_code == 1
    assert "den sista administratören" in result.stderr


@pytest.mark.parametrize("command", ["password", "close", "reopen", "reset"])
def test_a_user_who_does_not_exist_is_said_to_be_missing(
    run: Run, command: str
) -> None:
    result = run("user", command, "ingen", typed=f"{PASSWORD}\n")

    assert result.exit_code == 1
    assert result.stderr == "Användaren finns inte: kontrollera användarnamnet.\n"


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


def test_an_invitation_is_a_path_that_opens_one_account(
    run: Run, database: Path
) -> None:
    result = run("user", "invite", "nils", "--role", "reader", "--display-name", "Nils")

    path = result.stdout.strip()
    start, kind, number, secret = path.split("/")
    assert (start, kind) == ("", "inbjudan")
    with closing(open_store(str(database))) as store:
        found = find(int(number), secret, store)
        events = store.account_events("nils")
    assert found is not None
    assert (found.name, found.role, found.invited_by) == ("nils", Role.READER, "")
    assert [event.change for event in events] == [AccountChange.INVITED]


@pytest.mark.parametrize("command", ["add", "invite"])
def test_the_programs_own_name_is_refused(run: Run, command: str) -> None:
    result = run("user", command, "uppsikt", "--role", "reader", typed=f"{PASSWORD}\n")

    assert result.exit_code == 1
    assert result.stderr == (
        "Namnet uppsikt är programmets eget i loggen: välj ett annat.\n"
    )
