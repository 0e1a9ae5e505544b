from dataclasses import replace

import pytest
from flask import Flask

from moderation.grounds import load_grounds
from moderation.storage import SqlStore
from tests.factories import NOON, a_user
from tests.webui.conftest import SignIn, password_hash
from tests.webui.visitor import PASSWORD, PageServices, Visitor
from webui import create_app
from webui.auth import local_path


def test_the_right_password_opens_the_queue(stranger: Visitor) -> None:
    answer = stranger.send("/logga-in", user_name="eva", password=PASSWORD)

    assert answer.status_code == 302
    assert stranger.get("/ko/").status_code == 200


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(
    stranger: Visitor,
) -> None:
    answer = stranger.send("/logga-in", user_name="eva", password=PASSWORD)

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("uppsikt_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_secure_and_forms_still_work(app: Flask) -> None:
    services = app.extensions["uppsikt"]
    secure = create_app(services, secret_key="en annan nyckel", secure_cookies=True)
    client = secure.test_client()
    site = "https://uppsikt.example"
    page = client.get("/logga-in", base_url=site)
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]

    answer = client.post(
        "/logga-in",
        base_url=site,
        headers={"Referer": f"{site}/logga-in"},
        data={"csrf_token": token, "user_name": "eva", "password": PASSWORD},
    )

    assert answer.status_code == 302
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    stranger: Visitor,
) -> None:
    wrong = stranger.send("/logga-in", user_name="eva", password="fel")
    unknown = stranger.send("/logga-in", user_name="ingen", password="fel")

    assert wrong.status_code == unknown.status_code == 401
    assert "Användarnamnet eller lösenordet stämmer inte." in wrong.text
    same = wrong.text.replace("eva", "ingen").split("csrf_token")[0]
    assert same == unknown.text.split("csrf_token")[0]


def test_a_user_who_is_switched_off_cannot_sign_in(
    stranger: Visitor, sqlite_store: SqlStore
) -> None:
    former = a_user("frida", password_hash=password_hash(), is_active=False)
    with sqlite_store.transaction() as tx:
        tx.add_user(former)

    answer = stranger.send("/logga-in", user_name="frida", password=PASSWORD)

    assert answer.status_code == 401


def test_a_user_switched_off_during_a_session_is_signed_out(
    sqlite_store: SqlStore, signed_in: SignIn
) -> None:
    with sqlite_store.transaction() as tx:
        tx.add_user(replace(a_user("frida"), is_active=False))

    assert signed_in("frida").get("/ko/").location.startswith("/logga-in")


def test_signing_out_ends_the_session(eva: Visitor) -> None:
    assert eva.send("/logga-ut").status_code == 302
    assert eva.get("/ko/").status_code == 302


def test_signing_out_by_a_mere_link_is_not_possible(eva: Visitor) -> None:
    answer = eva.get("/logga-ut")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert eva.get("/ko/").status_code == 200


def test_signing_in_leads_on_to_the_page_that_was_asked_for(stranger: Visitor) -> None:
    asked = stranger.get("/logg/?kanal=hemsidan").location

    answer = stranger.send(asked, user_name="eva", password=PASSWORD)

    assert answer.location == "/logg/?kanal=hemsidan"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elak.example/",
        "//elak.example/",
        "/\\elak.example/",
        "\\\\elak.example",
        "/\t/elak.example",
        "javascript:alert(1)",
        "elak.example",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(elsewhere: str) -> None:
    assert local_path(elsewhere) is None


def test_an_address_elsewhere_is_replaced_by_the_start_page(stranger: Visitor) -> None:
    answer = stranger.send(
        "/logga-in?next=https://elak.example/", user_name="eva", password=PASSWORD
    )

    assert answer.location == "/"


def test_a_name_with_a_nul_sign_is_merely_unknown(stranger: Visitor) -> None:
    answer = stranger.send("/logga-in", user_name="ev\0il", password=PASSWORD)

    assert answer.status_code == 401


def test_two_applications_do_not_share_their_stores(
    app: Flask, sqlite_store: SqlStore
) -> None:
    other = PageServices(sqlite_store, load_grounds(), NOON)

    assert create_app(other, secret_key="x").extensions["uppsikt"] is other
    assert app.extensions["uppsikt"] is not other
