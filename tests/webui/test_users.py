import pytest

from moderation.storage import SqlStore
from tests.webui.visitor import Visitor

NEW = {
    "user_name": "stina",
    "display_name": "Stina Sund",
    "role": "moderator",
    "password": "tolv tecken eller fler",
}


def test_a_new_user_can_sign_in(
    ada: Visitor, stranger: Visitor, sqlite_store: SqlStore
) -> None:
    assert ada.send("/anvandare/", **NEW).status_code == 302

    user = sqlite_store.user("stina")
    assert user is not None
    assert NEW["password"] not in user.password_hash
    assert "Stina Sund" in ada.get("/anvandare/").text
    answer = stranger.send("/logga-in", user_name="stina", password=NEW["password"])
    assert answer.status_code == 302


def test_a_name_that_is_taken_is_refused_the_second_time(ada: Visitor) -> None:
    ada.send("/anvandare/", **NEW)

    answer = ada.send("/anvandare/", **NEW)

    assert answer.status_code == 409
    assert "Användarnamnet stina är upptaget" in answer.text


def test_nobody_is_called_what_the_log_calls_the_clock(
    ada: Visitor, sqlite_store: SqlStore
) -> None:
    answer = ada.send("/anvandare/", **{**NEW, "user_name": "uppsikt"})

    assert answer.status_code == 409
    assert "Namnet uppsikt är programmets eget" in answer.text
    assert sqlite_store.user("uppsikt") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"user_name": ""},
        {"user_name": "Stina Sund"},
        {"user_name": "a" * 41},
        {"display_name": " "},
        {"display_name": "x" * 101},
        {"role": "kung"},
        {"role": "moderatorn"},
        {"password": "för kort"},
        {"password": "x" * 1_001},
        {"password": "Stina Sund 12"},
    ],
)
def test_an_incomplete_user_is_shown_again_without_the_password(
    wrong: dict[str, str], ada: Visitor, sqlite_store: SqlStore
) -> None:
    before = sqlite_store.users()

    answer = ada.send("/anvandare/", **{**NEW, **wrong})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert NEW["password"] not in answer.text
    assert sqlite_store.users() == before


def test_a_script_in_a_name_is_only_text(ada: Visitor) -> None:
    ada.send("/anvandare/", **{**NEW, "display_name": "<script>alert(1)</script>"})

    assert "<script>alert" not in ada.get("/anvandare/").text


def test_adding_needs_the_pages_own_form(ada: Visitor) -> None:
    assert ada.client.post("/anvandare/", data=NEW).status_code == 400


def test_users_cannot_be_deleted_by_a_request(ada: Visitor) -> None:
    assert ada.client.delete("/anvandare/").status_code in {400, 405}


def test_the_administrator_starts_at_the_users(ada: Visitor) -> None:
    assert ada.get("/").location == "/anvandare/"


def test_the_officer_is_shown_no_way_to_what_only_administrators_reach(
    ada: Visitor, lena: Visitor
) -> None:
    assert "/anvandare/funktioner" in ada.get("/anvandare/").text

    page = lena.get("/anvandare/")

    assert page.status_code == 200
    assert "/anvandare/funktioner" not in page.text
