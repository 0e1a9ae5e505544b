import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from moderation.domain.account import AccountChange
from moderation.domain.user import Role
from moderation.storage import SqlStore
from tests.factories import NOON
from tests.webui.conftest import PassTime, SignIn
from tests.webui.visitor import PASSWORD, Visitor


def post(visitor: Visitor, address: str, page: str, **fields: str) -> tuple[int, str]:
    """Send a form with the token of the page it stands on."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get(page).text)
    assert found is not None
    answer = visitor.client.post(address, data={"csrf_token": found[1], **fields})
    return answer.status_code, answer.location or answer.text


def key_of(store: SqlStore, name: str = "eva") -> str:
    factor = store.second_factor(name)
    assert factor is not None
    return factor.key


def code(key: str, after: int = 0) -> str:
    return pyotp.TOTP(key).at(NOON + timedelta(seconds=after))


def turn_on(visitor: Visitor, store: SqlStore, name: str = "eva") -> list[str]:
    visitor.send("/konto/tvasteg/borja")
    page = visitor.send("/konto/tvasteg/bekrafta", code=code(key_of(store, name)))
    assert page.status_code == 200
    return re.findall(r"<li><code>([^<]+)</code></li>", page.text)


def half_way(visitor: Visitor, name: str = "eva") -> None:
    answer = visitor.send("/logga-in", user_name=name, password=PASSWORD)
    assert answer.location == "/logga-in/kod"


def second_step(visitor: Visitor, typed: str) -> tuple[int, str]:
    return post(visitor, "/logga-in/kod", "/logga-in/kod", code=typed)


def test_the_key_is_shown_as_a_picture_and_in_text(
    eva: Visitor, sqlite_store: SqlStore
) -> None:
    eva.send("/konto/tvasteg/borja")

    page = eva.get("/konto/tvasteg/").text

    key = key_of(sqlite_store)
    spaced = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
    assert f'<code class="key">{spaced}</code>' in page
    assert '<svg viewBox="0 0 ' in page
    assert "style=" not in page


def test_a_fitting_code_turns_it_on_and_gives_ten_codes_once(
    eva: Visitor, sqlite_store: SqlStore
) -> None:
    codes = turn_on(eva, sqlite_store)

    assert len(set(codes)) == 10
    page = eva.get("/konto/tvasteg/").text
    assert not any(one in page for one in codes)
    assert key_of(sqlite_store) not in page.replace(" ", "")
    user = sqlite_store.user("eva")
    assert user is not None
    assert user.has_second_factor
    changes = {event.change for event in sqlite_store.account_events("eva")}
    assert AccountChange.FACTOR_ON in changes


@pytest.mark.parametrize("typed", ["000000", "", "abc", "١٢٣٤٥٦", "1" * 500])
def test_a_wrong_code_does_not_turn_it_on(
    typed: str, eva: Visitor, sqlite_store: SqlStore
) -> None:
    eva.send("/konto/tvasteg/borja")
    key = key_of(sqlite_store)

    answer = eva.send("/konto/tvasteg/bekrafta", code=typed)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert key_of(sqlite_store) == key
    user = sqlite_store.user("eva")
    assert user is not None
    assert not user.has_second_factor


def test_turning_it_on_ends_sessions_that_began_with_a_password_alone(
    eva: Visitor, signed_in: SignIn, sqlite_store: SqlStore
) -> None:
    other = signed_in("eva")

    turn_on(eva, sqlite_store)

    assert eva.get("/ko/").status_code == 200
    assert other.get("/ko/").status_code == 302


def test_a_key_in_use_is_not_replaced_or_confirmed_again(
    eva: Visitor, sqlite_store: SqlStore
) -> None:
    turn_on(eva, sqlite_store)
    key = key_of(sqlite_store)

    assert eva.send("/konto/tvasteg/borja").status_code == 302
    again = eva.send("/konto/tvasteg/bekrafta", code=code(key, 30))

    assert again.status_code == 302
    assert key_of(sqlite_store) == key


def test_the_password_alone_opens_nothing(
    eva: Visitor, stranger: Visitor, sqlite_store: SqlStore
) -> None:
    turn_on(eva, sqlite_store)

    half_way(stranger)

    assert stranger.get("/ko/").location.startswith("/logga-in")


def test_a_code_opens_the_page_that_was_asked_for(
    eva: Visitor, stranger: Visitor, sqlite_store: SqlStore, wait: PassTime
) -> None:
    turn_on(eva, sqlite_store)
    wait(timedelta(seconds=60))
    asked = stranger.get("/logg/").location
    step = stranger.send(asked, user_name="eva", password=PASSWORD).location

    status, location = post(stranger, step, step, code=code(key_of(sqlite_store), 60))

    assert (status, location) == (302, "/logg/")
    assert stranger.get("/ko/").status_code == 200


def test_a_code_opens_once(
    eva: Visitor, stranger: Visitor, app: Flask, sqlite_store: SqlStore, wait: PassTime
) -> None:
    turn_on(eva, sqlite_store)
    key = key_of(sqlite_store)
    half_way(stranger)
    used, _ = second_step(stranger, code(key))
    wait(timedelta(seconds=60))
    opened, _ = second_step(stranger, code(key, 60))
    other = Visitor(app.test_client())
    half_way(other)

    again, page = second_step(other, code(key, 60))

    assert (used, opened, again) == (401, 302, 401)
    assert "redan använd" in page


def test_a_recovery_code_opens_once_however_it_is_written(
    eva: Visitor, stranger: Visitor, app: Flask, sqlite_store: SqlStore
) -> None:
    codes = turn_on(eva, sqlite_store)
    half_way(stranger)
    opened, _ = second_step(stranger, f" {codes[0].upper().replace('-', ' ')}")
    other = Visitor(app.test_client())
    half_way(other)

    again, _ = second_step(other, codes[0])

    assert (opened, again) == (302, 401)
    factor = sqlite_store.second_factor("eva")
    assert factor is not None
    assert factor.codes_left == 9
    assert sqlite_store.account_events("eva")[0].change is AccountChange.CODE_USED


def test_guesses_at_the_code_are_slowed_down_though_the_password_is_right(
    eva: Visitor, stranger: Visitor, sqlite_store: SqlStore, wait: PassTime
) -> None:
    turn_on(eva, sqlite_store)
    for _ in range(5):
        half_way(stranger)
        assert second_step(stranger, "000000")[0] == 401
    wait(timedelta(seconds=20))

    again = stranger.send("/logga-in", user_name="eva", password=PASSWORD)

    assert again.status_code == 429


def test_the_right_code_is_refused_during_the_wait(
    eva: Visitor, stranger: Visitor, sqlite_store: SqlStore, wait: PassTime
) -> None:
    turn_on(eva, sqlite_store)
    wait(timedelta(seconds=60))
    half_way(stranger)
    for _ in range(5):
        second_step(stranger, "000000")

    status, page = second_step(stranger, code(key_of(sqlite_store), 60))

    assert status == 429
    assert "Du kan försöka igen kl. 12.01.31." in page


def test_four_wrong_passwords_and_a_right_one_still_let_the_code_be_tried(
    eva: Visitor, stranger: Visitor, sqlite_store: SqlStore, wait: PassTime
) -> None:
    turn_on(eva, sqlite_store)
    wait(timedelta(seconds=60))
    for _ in range(4):
        stranger.send("/logga-in", user_name="eva", password="fel")
    half_way(stranger)

    assert second_step(stranger, code(key_of(sqlite_store), 60))[0] == 302


@pytest.mark.parametrize("address", ["/logga-in/kod", "/logga-in/kod?next=/logg/"])
def test_the_second_step_is_not_reached_without_the_first(
    address: str, stranger: Visitor
) -> None:
    assert stranger.get(address).location.startswith("/logga-in")
    assert stranger.send(address, code="000000").location.startswith("/logga-in")


def test_the_second_step_must_come_within_ten_minutes(
    eva: Visitor, stranger: Visitor, sqlite_store: SqlStore, wait: PassTime
) -> None:
    turn_on(eva, sqlite_store)
    half_way(stranger)
    wait(timedelta(minutes=11))

    assert stranger.get("/logga-in/kod").location == "/logga-in"


def test_an_account_closed_between_the_steps_stays_out(
    eva: Visitor, stranger: Visitor, ada: Visitor, sqlite_store: SqlStore
) -> None:
    codes = turn_on(eva, sqlite_store)
    half_way(stranger)
    ada.send("/anvandare/eva/stang")

    answer = stranger.send("/logga-in/kod", code=codes[0])

    assert answer.location == "/logga-in"


def test_turning_it_off_takes_the_password(
    eva: Visitor, sqlite_store: SqlStore, stranger: Visitor
) -> None:
    turn_on(eva, sqlite_store)

    assert eva.send("/konto/tvasteg/av", password="fel").status_code == 422
    assert sqlite_store.second_factor("eva") is not None
    assert eva.send("/konto/tvasteg/av", password=PASSWORD).status_code == 302
    assert sqlite_store.second_factor("eva") is None
    answer = stranger.send("/logga-in", user_name="eva", password=PASSWORD)
    assert answer.location == "/"


def test_new_recovery_codes_end_the_old_ones_and_take_the_password(
    eva: Visitor, stranger: Visitor, sqlite_store: SqlStore
) -> None:
    old = turn_on(eva, sqlite_store)
    assert eva.send("/konto/tvasteg/koder", password="fel").status_code == 422
    page = eva.send("/konto/tvasteg/koder", password=PASSWORD).text
    new = re.findall(r"<li><code>([^<]+)</code></li>", page)
    half_way(stranger)

    assert second_step(stranger, old[1])[0] == 401
    assert second_step(stranger, new[1])[0] == 302


def test_where_the_role_demands_it_nothing_opens_before_it_is_on(
    ada: Visitor, eva: Visitor, signed_in: SignIn, sqlite_store: SqlStore
) -> None:
    ada.send("/anvandare/roller/tvasteg", roller="moderator")

    assert sqlite_store.second_factor_roles() == {Role.MODERATOR}
    assert eva.get("/ko/").location == "/konto/tvasteg/"
    assert signed_in("kim").get("/ko/").status_code == 200
    page = eva.get("/konto/tvasteg/")
    assert "ska ha tvåstegsinloggning" in page.text
    post(eva, "/konto/tvasteg/borja", "/konto/tvasteg/")
    typed = code(key_of(sqlite_store))
    assert post(eva, "/konto/tvasteg/bekrafta", "/konto/tvasteg/", code=typed)[0] == 200
    assert eva.get("/ko/").status_code == 200
    assert eva.send("/konto/tvasteg/av", password=PASSWORD).status_code == 403


def test_a_demand_on_a_role_that_does_not_exist_is_refused(ada: Visitor) -> None:
    assert ada.send("/anvandare/roller/tvasteg", roller="kung").status_code == 422


def test_one_user_can_be_asked_for_it_and_let_off(
    ada: Visitor, eva: Visitor, signed_in: SignIn
) -> None:
    ada.send("/anvandare/eva/tvasteg", kravs="ja")
    assert eva.get("/ko/").location == "/konto/tvasteg/"
    assert signed_in("bo").get("/ko/").status_code == 200

    ada.send("/anvandare/eva/tvasteg", kravs="nej")
    assert eva.get("/ko/").status_code == 200


def test_who_has_lost_the_telephone_begins_anew_after_a_reset(
    ada: Visitor, eva: Visitor, stranger: Visitor, sqlite_store: SqlStore
) -> None:
    turn_on(eva, sqlite_store)
    ada.send("/anvandare/eva/nollstall-tvasteg")

    assert eva.get("/ko/").status_code == 302
    answer = stranger.send("/logga-in", user_name="eva", password=PASSWORD)
    assert answer.location == "/"
    event = sqlite_store.account_events("eva")[0]
    assert (event.actor, event.change) == ("ada", AccountChange.FACTOR_RESET)
