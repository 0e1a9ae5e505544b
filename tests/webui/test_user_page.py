import re
from dataclasses import replace

import pytest

from moderation.domain.account import AccountChange
from moderation.domain.user import Role, User
from moderation.storage import SqlStore
from tests.factories import a_comment, a_user, an_assessed_comment
from tests.webui.conftest import Record
from tests.webui.visitor import HIDING, PASSWORD, Visitor

EVA = {"display_name": "Eva", "role": "moderator"}


def stored(store: SqlStore, name: str = "eva") -> User:
    user = store.user(name)
    assert user is not None
    return user


def test_a_closed_account_is_signed_out_at_once_and_kept_out(
    ada: Visitor, eva: Visitor, stranger: Visitor, sqlite_store: SqlStore
) -> None:
    assert eva.get("/ko/").status_code == 200

    ada.send("/anvandare/eva/stang")

    assert eva.get("/ko/").location.startswith("/logga-in")
    answer = stranger.send("/logga-in", user_name="eva", password=PASSWORD)
    assert answer.status_code == 401
    event = sqlite_store.account_events("eva")[0]
    assert (event.actor, event.change) == ("ada", AccountChange.CLOSED)


def test_a_reopened_account_can_sign_in_but_its_old_sessions_stay_ended(
    ada: Visitor, eva: Visitor, stranger: Visitor
) -> None:
    ada.send("/anvandare/eva/stang")
    ada.send("/anvandare/eva/oppna")

    assert eva.get("/ko/").status_code == 302
    answer = stranger.send("/logga-in", user_name="eva", password=PASSWORD)
    assert answer.status_code == 302


def test_closing_twice_is_noted_once(ada: Visitor, sqlite_store: SqlStore) -> None:
    ada.send("/anvandare/eva/stang")
    ada.send("/anvandare/eva/stang")

    assert len(sqlite_store.account_events("eva")) == 1


def test_what_an_edit_changes_is_noted_piece_by_piece(
    ada: Visitor, record: Record, sqlite_store: SqlStore
) -> None:
    record(an_assessed_comment())
    answer = ada.send(
        "/anvandare/eva/", display_name="Eva Ek", role="reader", channels="hemsidan"
    )

    assert answer.status_code == 302
    assert stored(sqlite_store).channels == {"hemsidan"}
    details = [event.detail for event in sqlite_store.account_events("eva")]
    assert sorted(details) == [
        "Eva → Eva Ek",
        "alla kanaler → hemsidan",
        "handläggare → läsare",
    ]
    page = ada.get("/anvandare/eva/").text
    assert "Rollen ändrades: <bdi>handläggare → läsare</bdi>" in page
    assert 'value="hemsidan" checked' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": ""},
        {"display_name": "x" * 101},
        {"role": "kung"},
        {"channels": "finns inte"},
    ],
)
def test_an_edit_that_cannot_be_used_changes_nothing_and_is_shown_again(
    wrong: dict[str, str], ada: Visitor, sqlite_store: SqlStore
) -> None:
    before = stored(sqlite_store)

    answer = ada.send(
        "/anvandare/eva/", **{"display_name": "Ny Ek", "role": "reader", **wrong}
    )

    assert answer.status_code == 422
    assert wrong.get("display_name", "Ny Ek") in answer.text
    assert stored(sqlite_store) == before
    assert sqlite_store.account_events("eva") == []


def test_a_role_that_sees_everything_cannot_be_limited(
    ada: Visitor, record: Record, sqlite_store: SqlStore
) -> None:
    record(an_assessed_comment())

    ada.send("/anvandare/eva/", display_name="Eva", role="officer", channels="hemsidan")

    assert stored(sqlite_store).channels == frozenset()


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/anvandare/ada/stang", {}),
        ("/anvandare/ada/", {"display_name": "Ada", "role": "officer"}),
    ],
)
def test_the_last_admin_is_neither_closed_nor_given_another_role(
    address: str, fields: dict[str, str], ada: Visitor, sqlite_store: SqlStore
) -> None:
    answer = ada.send(address, **fields)

    assert answer.status_code == 409
    assert "den sista administratören" in answer.text
    assert stored(sqlite_store, "ada").is_active
    assert stored(sqlite_store, "ada").role is Role.ADMIN
    assert sqlite_store.account_events("ada") == []
    assert ada.get("/anvandare/").status_code == 200


def test_an_admin_who_is_not_the_last_can_be_closed(
    ada: Visitor, sqlite_store: SqlStore
) -> None:
    with sqlite_store.transaction() as tx:
        tx.add_user(a_user("agnes", role=Role.ADMIN))

    assert ada.send("/anvandare/agnes/stang").status_code == 302
    assert ada.send("/anvandare/ada/stang").status_code == 409


def test_a_temporary_password_is_shown_once_and_must_be_changed(
    ada: Visitor, eva: Visitor, stranger: Visitor, sqlite_store: SqlStore
) -> None:
    page = ada.send("/anvandare/eva/losenord").text
    found = re.search(r'class="key">([^<]+)<', page)
    assert found is not None

    assert eva.get("/ko/").status_code == 302
    assert found[1] not in ada.get("/anvandare/eva/").text
    stranger.send("/logga-in", user_name="eva", password=found[1])
    assert stranger.get("/ko/").location == "/konto/"
    events = sqlite_store.account_events("eva")
    assert [event.change for event in events] == [AccountChange.PASSWORD_SET]


def test_a_new_user_must_change_the_password_and_is_noted(
    ada: Visitor, sqlite_store: SqlStore
) -> None:
    ada.send(
        "/anvandare/",
        user_name="stina",
        display_name="Stina",
        role="reader",
        password="tolv tecken eller fler",
    )

    assert stored(sqlite_store, "stina").must_change_password
    event = sqlite_store.account_events("stina")[0]
    assert (event.actor, event.change, event.detail) == (
        "ada",
        AccountChange.ADDED,
        "läsare",
    )


def test_an_admin_ends_the_sessions_of_another(ada: Visitor, eva: Visitor) -> None:
    ada.send("/anvandare/eva/logga-ut")

    assert eva.get("/ko/").status_code == 302


def test_the_officer_reads_what_was_done_but_finds_no_buttons(
    ada: Visitor, lena: Visitor
) -> None:
    ada.send("/anvandare/eva/stang")

    page = lena.get("/anvandare/eva/").text

    assert "Kontot stängdes" in page
    assert "/anvandare/eva/oppna" not in page
    assert "/anvandare/roller/tvasteg" not in lena.get("/anvandare/").text


@pytest.mark.parametrize("name", ["ingen", "EVA", "e%00va", "x" * 2_000, "é"])
def test_a_user_who_does_not_exist_is_not_found(name: str, ada: Visitor) -> None:
    assert ada.get(f"/anvandare/{name}/").status_code == 404
    assert ada.send(f"/anvandare/{name}/stang").status_code == 404


def test_a_script_in_a_name_is_only_text(ada: Visitor) -> None:
    ada.send("/anvandare/eva/", **{**EVA, "display_name": "<script>alert(1)</script>"})

    assert "<script>alert" not in ada.get("/anvandare/eva/").text
    assert "<script>alert" not in ada.get("/anvandare/").text


def test_a_comment_of_another_channel_does_not_exist_for_a_limited_user(
    ada: Visitor, eva: Visitor, record: Record, sqlite_store: SqlStore, lena: Visitor
) -> None:
    other = replace(an_assessed_comment(), comment=a_comment(channel="facebook"))
    record(an_assessed_comment(), other)
    assert lena.decide(2, HIDING).status_code == 302

    ada.send("/anvandare/eva/", **EVA, channels="hemsidan")

    assert eva.get("/kommentar/1").status_code == 200
    assert eva.get("/kommentar/2").status_code == 404
    assert eva.decide(2, HIDING).status_code == 404
    assert eva.get("/logg/1").status_code == 404
    assert lena.get("/logg/1").status_code == 200
    assert len(list(sqlite_store.log_entries())) == 1
