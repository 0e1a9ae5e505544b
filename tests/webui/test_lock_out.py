from datetime import datetime, timedelta

import pytest
from flask import Flask

from moderation.grounds import load_grounds
from moderation.storage import SqlStore, open_store
from tests.factories import NOON
from tests.webui.visitor import PASSWORD, PageServices, Visitor
from webui import create_app

SOMEWHERE = "192.0.2.7"


@pytest.fixture
def at(app: Flask) -> "ClockedVisitor":
    return ClockedVisitor(app)


class ClockedVisitor:
    """Signs in at a chosen moment from a chosen address."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __call__(
        self,
        moment: datetime,
        name: str = "eva",
        password: str = "fel",  # noqa: S107 - a wrong one
        address: str = "127.0.0.1",
    ) -> tuple[int, str]:
        parts: PageServices = self._app.extensions["uppsikt"]
        services = PageServices(parts.store, parts.grounds, moment)
        app = create_app(services, secret_key="en nyckel för prov")
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        answer = Visitor(client).send("/logga-in", user_name=name, password=password)
        return answer.status_code, answer.text


def test_the_fifth_failure_says_when_one_may_try_again(at: ClockedVisitor) -> None:
    for _ in range(4):
        status, page = at(NOON)
        assert status == 401
        assert "försöka igen" not in page

    status, page = at(NOON)

    assert status == 401
    assert "Du kan försöka igen kl. 12.00.31." in page


def test_the_right_password_is_refused_until_the_time_has_come(
    at: ClockedVisitor,
) -> None:
    for _ in range(5):
        at(NOON)

    early, page = at(NOON + timedelta(seconds=29), password=PASSWORD)
    in_time, _ = at(NOON + timedelta(seconds=31), password=PASSWORD)

    assert early == 429
    assert "Du kan försöka igen kl. 12.00.31." in page
    assert "stämmer inte" not in page
    assert in_time == 302


def test_the_wait_grows_to_a_quarter_of_an_hour(at: ClockedVisitor) -> None:
    for _ in range(4):
        at(NOON)
    moment, waits = NOON, []
    for seconds in (30, 60, 300, 900, 900):
        assert at(moment)[0] == 401
        assert at(moment + timedelta(seconds=seconds - 1))[0] == 429
        moment += timedelta(seconds=seconds)
        waits.append(seconds)

    assert waits == [30, 60, 300, 900, 900]


def test_a_name_that_does_not_exist_gets_the_same_answers(at: ClockedVisitor) -> None:
    known = [at(NOON, "eva") for _ in range(7)]
    unknown = [at(NOON, "ingen") for _ in range(7)]

    assert [status for status, _ in known] == [status for status, _ in unknown]
    for (_, page), (_, other) in zip(known, unknown, strict=True):
        same = page.replace("eva", "ingen").split("csrf_token")[0]
        assert same == other.split("csrf_token")[0]


def test_a_success_clears_the_failures(at: ClockedVisitor) -> None:
    for _ in range(4):
        at(NOON)
    assert at(NOON, password=PASSWORD)[0] == 302

    for _ in range(4):
        status, page = at(NOON)
        assert status == 401
        assert "försöka igen" not in page


def test_failures_of_one_name_do_not_hinder_another(at: ClockedVisitor) -> None:
    for _ in range(6):
        at(NOON, "eva", address=SOMEWHERE)

    assert at(NOON, "bo", PASSWORD, address=SOMEWHERE)[0] == 302


def test_an_address_that_tries_many_names_has_to_wait(at: ClockedVisitor) -> None:
    for number in range(20):
        assert at(NOON, f"gissning{number}", address=SOMEWHERE)[0] == 401

    assert at(NOON, "eva", PASSWORD, address=SOMEWHERE)[0] == 429
    assert at(NOON, "eva", PASSWORD, address="192.0.2.8")[0] == 302


def test_this_machines_own_address_is_not_counted_for_everybody(
    at: ClockedVisitor,
) -> None:
    for number in range(21):
        at(NOON, f"gissning{number}")

    assert at(NOON, "eva", PASSWORD)[0] == 302


def test_a_restart_does_not_forget(
    at: ClockedVisitor, sqlite_store: SqlStore, app: Flask
) -> None:
    for _ in range(5):
        at(NOON)
    path = sqlite_store._engine.url.database  # noqa: SLF001 - the file to open anew
    again = open_store(str(path))
    services = PageServices(again, load_grounds(), NOON)
    restarted = ClockedVisitor(create_app(services, secret_key="x"))

    status, _ = restarted(NOON, password=PASSWORD)
    again.close()

    assert status == 429
    assert app.extensions["uppsikt"].store is sqlite_store


def test_what_was_typed_as_a_name_is_not_stored(
    at: ClockedVisitor, sqlite_store: SqlStore
) -> None:
    at(NOON, name="mitt hemliga lösenord")

    path = sqlite_store._engine.url.database  # noqa: SLF001 - to look into the file
    sqlite_store.close()
    with open(str(path), "rb") as file:  # noqa: PTH123 - bytes of one file
        assert b"mitt hemliga" not in file.read()


def test_a_very_long_name_is_merely_wrong(at: ClockedVisitor) -> None:
    assert at(NOON, name="x" * 200_000)[0] == 401


def test_a_name_with_letters_that_cannot_be_stored_is_merely_wrong(
    at: ClockedVisitor,
) -> None:
    assert at(NOON, name="\ufffd\u0001")[0] == 401
