import re

import pytest

from moderation.domain.account import AccountChange
from moderation.passwords import verify_password
from moderation.storage import SqlStore
from tests.factories import NOON, a_user
from tests.webui.conftest import SignIn, password_hash
from tests.webui.visitor import PASSWORD, Visitor

NEW = "fyra ord i en rad"
CHANGE = {"current": PASSWORD, "new": NEW, "again": NEW}


@pytest.fixture
def frida(sqlite_store: SqlStore, stranger: Visitor) -> Visitor:
    """Sign in a user whose password somebody else knows."""
    user = a_user("frida", password_hash=password_hash(), must_change_password=True)
    with sqlite_store.transaction() as tx:
        tx.add_user(user)
    stranger.send("/logga-in", user_name="frida", password=PASSWORD)
    return stranger


def token_on(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_password_is_changed_by_who_knows_the_old_one(
    eva: Visitor, stranger: Visitor, sqlite_store: SqlStore
) -> None:
    assert eva.send("/konto/losenord", **CHANGE).status_code == 302

    user = sqlite_store.user("eva")
    assert user is not None
    assert verify_password(NEW, user.password_hash)
    assert eva.get("/ko/").status_code == 200
    old = stranger.send("/logga-in", user_name="eva", password=PASSWORD)
    assert old.status_code == 401
    assert stranger.send("/logga-in", user_name="eva", password=NEW).status_code == 302
    event = sqlite_store.account_events("eva")[0]
    assert (event.actor, event.change, event.at) == (
        "eva",
        AccountChange.PASSWORD_CHANGED,
        NOON,
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"current": "fel lösenord"}, "Lösenordet stämmer inte."),
        ({"new": "för kort"}, "minst 12 tecken"),
        ({"new": "x" * 1_001, "again": "x" * 1_001}, "högst 1000 tecken"),
        ({"again": "fyra ord i en rdd"}, "De två nya lösenorden är olika"),
        ({"new": "eva.eva-eva 2026"}, "liknar namnet för mycket"),
        ({"new": PASSWORD, "again": PASSWORD}, "Välj ett annat lösenord"),
    ],
)
def test_a_password_that_cannot_be_changed_stays_and_is_not_shown(
    wrong: dict[str, str], told: str, eva: Visitor, sqlite_store: SqlStore
) -> None:
    before = sqlite_store.user("eva")

    answer = eva.send("/konto/losenord", **{**CHANGE, **wrong})

    assert answer.status_code == 422
    assert told in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert NEW not in answer.text
    assert PASSWORD not in answer.text
    assert sqlite_store.user("eva") == before
    assert eva.get("/ko/").status_code == 200


def test_changing_the_password_needs_the_pages_own_form(eva: Visitor) -> None:
    assert eva.client.post("/konto/losenord", data=CHANGE).status_code == 400


def test_changing_the_password_ends_all_other_sessions(
    eva: Visitor, signed_in: SignIn
) -> None:
    other = signed_in("eva")
    assert other.get("/ko/").status_code == 200

    eva.send("/konto/losenord", **CHANGE)

    assert other.get("/ko/").location.startswith("/logga-in")
    assert eva.get("/ko/").status_code == 200


def test_signing_out_everywhere_ends_every_session(
    eva: Visitor, signed_in: SignIn, sqlite_store: SqlStore
) -> None:
    other, bo = signed_in("eva"), signed_in("bo")

    answer = eva.send("/konto/logga-ut-overallt")

    assert answer.location == "/logga-in"
    assert "Du är utloggad överallt." in eva.get("/logga-in").text
    assert eva.get("/ko/").status_code == 302
    assert other.get("/ko/").status_code == 302
    assert bo.get("/ko/").status_code == 200
    assert sqlite_store.account_events("eva")[0].change is AccountChange.SIGNED_OUT


def test_a_session_from_before_a_sign_out_stays_ended_after_a_new_sign_in(
    stranger: Visitor, eva: Visitor, signed_in: SignIn
) -> None:
    other = signed_in("eva")
    eva.send("/konto/logga-ut-overallt")

    stranger.send("/logga-in", user_name="eva", password=PASSWORD)

    assert stranger.get("/ko/").status_code == 200
    assert other.get("/ko/").status_code == 302


@pytest.mark.parametrize("address", ["/ko/", "/", "/logg/", "/konto/tvasteg/"])
def test_a_password_that_another_knows_leads_every_page_to_the_account(
    address: str, frida: Visitor
) -> None:
    assert frida.get(address).location == "/konto/"
    assert "Välj först ett eget lösenord" in frida.get("/konto/").text


def test_a_form_sent_before_the_password_is_changed_is_refused_and_not_led_away(
    frida: Visitor,
) -> None:
    token = token_on(frida.get("/konto/").text)

    answer = frida.client.post("/logg/verifiera", data={"csrf_token": token})

    assert answer.status_code == 403
    assert "kopiera det du har skrivit" in answer.text


def test_everything_opens_when_the_password_is_changed(frida: Visitor) -> None:
    token = token_on(frida.get("/konto/").text)

    answer = frida.client.post(
        "/konto/losenord", data={"csrf_token": token, "forced": "ja", **CHANGE}
    )

    assert answer.location == "/"
    assert frida.get("/ko/").status_code == 200


def test_whoever_must_change_the_password_may_still_sign_out(frida: Visitor) -> None:
    token = token_on(frida.get("/konto/").text)

    assert frida.client.post("/logga-ut", data={"csrf_token": token}).location == (
        "/logga-in"
    )


def test_guesses_at_the_old_password_are_slowed_down(
    eva: Visitor, stranger: Visitor
) -> None:
    for _ in range(5):
        eva.send("/konto/losenord", **{**CHANGE, "current": "fel"})

    answer = eva.send("/konto/losenord", **CHANGE)

    assert answer.status_code == 422
    assert "Du kan försöka igen kl. 12.00.31." in answer.text
    refused = stranger.send("/logga-in", user_name="eva", password=PASSWORD)
    assert refused.status_code == 429
