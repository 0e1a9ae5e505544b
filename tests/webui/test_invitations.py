import re
from datetime import timedelta

import pytest
from flask import Flask

from moderation.domain.user import Role
from moderation.passwords import verify_password
from moderation.storage import SqlStore
from tests.factories import NOON, an_assessed_comment
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import PASSWORD, PageServices, Visitor
from webui.services import EXTENSION

PAGE = "/anvandare/inbjudningar"
NILS = {"user_name": "nils", "display_name": "Nils Ny", "role": "moderator"}
CHOSEN = {"new": PASSWORD, "again": PASSWORD}


@pytest.fixture
def ada(signed_in: SignIn) -> Visitor:
    return signed_in("ada")


def link_on(page: str) -> str:
    found = re.search(r"http://localhost(/inbjudan/[0-9]+/[\w-]{40,})", page)
    assert found is not None
    return found[1]


@pytest.fixture
def link(ada: Visitor) -> str:
    return link_on(ada.send(PAGE, **NILS).text)


def open_with(visitor: Visitor, link: str, **fields: str) -> tuple[int, str]:
    page = visitor.get(link)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    token = found[1] if found else visitor.token()
    answer = visitor.client.post(link, data={"csrf_token": token, **fields})
    return answer.status_code, answer.text


def test_the_link_is_shown_once(ada: Visitor, link: str) -> None:
    page = ada.get(PAGE).text

    assert link not in page
    assert "Nils Ny" in page
    assert "väntar på svar" in page
    assert "En inbjudan skapades" not in page


def test_whoever_has_the_link_chooses_a_password_and_is_in(
    stranger: Visitor, link: str, sqlite_store: SqlStore
) -> None:
    welcome = stranger.get(link).text
    assert "Välkommen, <bdi>Nils Ny</bdi>!" in welcome
    assert "handläggare" in welcome

    status, _ = open_with(stranger, link, **CHOSEN)

    assert status == 302
    nils = sqlite_store.user("nils")
    assert nils is not None
    assert (nils.role, nils.must_change_password) == (Role.MODERATOR, False)
    assert verify_password(PASSWORD, nils.password_hash)
    queue = stranger.get("/ko/")
    assert queue.status_code == 200
    assert "Nästa gång loggar du in som nils" in queue.text


def test_a_demanded_second_step_comes_right_after(
    ada: Visitor, stranger: Visitor
) -> None:
    link = link_on(ada.send(PAGE, **NILS, demands_second_factor="y").text)
    open_with(stranger, link, **CHOSEN)

    answer = stranger.get("/ko/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/konto/tvasteg/"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"new": "kort", "again": "kort"}, "minst 12 tecken"),
        ({"new": PASSWORD, "again": "något annat här"}, "De två lösenorden är olika"),
        ({"new": "nils ny nils", "again": "nils ny nils"}, "liknar namnet"),
        ({}, "minst 12 tecken"),
    ],
)
def test_a_password_that_will_not_do_leaves_the_link_open(
    fields: dict[str, str],
    told: str,
    stranger: Visitor,
    link: str,
    sqlite_store: SqlStore,
) -> None:
    status, page = open_with(stranger, link, **fields)

    assert status == 422
    assert told in page
    assert sqlite_store.user("nils") is None
    assert open_with(stranger, link, **CHOSEN)[0] == 302


def test_a_used_link_says_so_kindly(
    stranger: Visitor, link: str, sqlite_store: SqlStore
) -> None:
    open_with(stranger, link, **CHOSEN)

    status, page = open_with(stranger, link, new="x" * 20, again="x" * 20)

    assert status == 410
    assert "Den här länken är redan använd" in page
    nils = sqlite_store.user("nils")
    assert nils is not None
    assert verify_password(PASSWORD, nils.password_hash)


def test_an_old_link_says_so_kindly(
    stranger: Visitor, link: str, app: Flask, sqlite_store: SqlStore
) -> None:
    grounds = app.extensions[EXTENSION].grounds
    later = NOON + timedelta(hours=72)
    app.extensions[EXTENSION] = PageServices(sqlite_store, grounds, later)

    answer = stranger.get(link)

    assert answer.status_code == 410
    assert "har gått ut" in answer.text


def test_a_link_that_was_taken_back_says_so_kindly(
    ada: Visitor, stranger: Visitor, link: str
) -> None:
    assert ada.send(f"{PAGE}/1/dra-tillbaka").status_code == 302

    answer = stranger.get(link)

    assert answer.status_code == 410
    assert "tillbakadragen" in answer.text


def test_taking_back_twice_is_told(ada: Visitor, link: str) -> None:
    assert link
    ada.send(f"{PAGE}/1/dra-tillbaka")

    answer = ada.send(f"{PAGE}/1/dra-tillbaka")

    assert answer.status_code == 409
    assert "kan inte dras tillbaka" in answer.text
    assert ada.send(f"{PAGE}/99/dra-tillbaka").status_code == 404


@pytest.mark.parametrize("ending", ["x", "%00", "%C3%A5", "<b>"])
def test_a_link_that_does_not_fit_tells_nothing(
    ending: str, stranger: Visitor, link: str
) -> None:
    answer = stranger.get(link[:-1] + ending + "y")

    assert answer.status_code == 404
    assert "Länken stämmer inte" in answer.text
    assert "Nils" not in answer.text
    assert stranger.get("/inbjudan/77/hemligt").status_code == 404


def test_a_name_that_somebody_got_meanwhile_is_told(
    ada: Visitor, stranger: Visitor, link: str
) -> None:
    ada.send("/anvandare/", **NILS, password=PASSWORD)

    status, page = open_with(stranger, link, **CHOSEN)

    assert status == 409
    assert "Be om en ny inbjudan" in page


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"user_name": "Nils Å"}, 422, "2–40 små bokstäver"),
        ({"user_name": "eva"}, 409, "upptaget"),
        ({"user_name": "uppsikt"}, 409, "programmets eget"),
        ({"role": "kung"}, 422, "Välj en av rollerna."),
        ({"display_name": ""}, 422, "Skriv namnet som ska synas."),
        ({"channels": "påhittad"}, 422, "Skapa länken"),
    ],
)
def test_what_is_wrong_is_shown_beside_what_was_typed(
    fields: dict[str, str], status: int, told: str, ada: Visitor
) -> None:
    answer = ada.send(PAGE, **{**NILS, **fields})

    assert answer.status_code == status
    assert told in answer.text
    for name in ("user_name", "display_name"):
        assert f'value="{fields.get(name, NILS[name])}"' in answer.text


def test_the_same_invitation_sent_twice_is_made_once(
    ada: Visitor, link: str, sqlite_store: SqlStore
) -> None:
    assert link

    answer = ada.send(PAGE, **NILS)

    assert answer.status_code == 409
    assert "redan inbjuden" in answer.text
    assert len(sqlite_store.invitations(limit=5)) == 1


def test_channels_follow_into_the_account(
    ada: Visitor, stranger: Visitor, record: Record, sqlite_store: SqlStore
) -> None:
    record(an_assessed_comment())
    link = link_on(ada.send(PAGE, **NILS, channels="hemsidan").text)

    open_with(stranger, link, **CHOSEN)

    nils = sqlite_store.user("nils")
    assert nils is not None
    assert nils.channels == {"hemsidan"}


def test_the_user_page_tells_of_the_invitation(
    ada: Visitor, stranger: Visitor, link: str
) -> None:
    open_with(stranger, link, **CHOSEN)

    page = ada.get("/anvandare/nils/").text

    assert "En inbjudan skapades" in page
    assert "genom inbjudan" in page


def test_the_program_s_name_is_refused_among_the_users_too(ada: Visitor) -> None:
    answer = ada.send(
        "/anvandare/", **{**NILS, "user_name": "uppsikt"}, password=PASSWORD
    )

    assert answer.status_code == 409
    assert "programmets eget" in answer.text


def test_a_form_without_its_token_opens_nothing(
    stranger: Visitor, link: str, sqlite_store: SqlStore
) -> None:
    assert stranger.client.post(link, data=CHOSEN).status_code == 400

    assert sqlite_store.user("nils") is None
