"""Accounts in a real browser: two steps, a new password, the administrator's pages."""

import re
from datetime import UTC, datetime

import pyotp
import pytest
from playwright.sync_api import Page, expect

from moderation.domain.user import Role
from moderation.passwords import hash_password
from moderation.storage import SqlStore
from tests.browser.conftest import MOMENT, Outside
from tests.browser.test_journey import open_menu
from tests.factories import a_user
from tests.webui.visitor import PASSWORD

pytestmark = pytest.mark.browser
NEW = "fyra ord i en rad"


@pytest.fixture
def site(address: str, sqlite_store: SqlStore) -> str:
    """Serve the pages with an administrator and somebody who is new."""
    hashed = hash_password(PASSWORD)
    with sqlite_store.transaction() as tx:
        tx.add_user(a_user("ada", role=Role.ADMIN, password_hash=hashed))
        tx.add_user(a_user("frida", password_hash=hashed, must_change_password=True))
    return address


def give_password(page: Page, site: str, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{site}/logga-in")
    page.get_by_label("Användarnamn").fill(name)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in").click()


def is_inside(page: Page) -> bool:
    inside: bool = page.evaluate(
        "document.documentElement.scrollWidth <= window.innerWidth"
    )
    return inside


def code(key: str, *, minutes: int = 0) -> str:
    at = datetime.fromtimestamp(MOMENT.timestamp() + 60 * minutes, UTC)
    return pyotp.TOTP(key).at(at)


def test_a_new_user_chooses_a_password_and_comes_to_the_queue(
    page: Page, site: str, outside: Outside
) -> None:
    give_password(page, site, "frida")
    expect(page.get_by_role("alert")).to_contain_text("Välj först ett eget lösenord")
    page.get_by_label("Lösenordet du har nu").fill(PASSWORD)
    page.get_by_label(re.compile("^Nytt lösenord minst")).fill(NEW)
    page.get_by_label("Nytt lösenord en gång till").fill(NEW)
    assert is_inside(page)

    page.get_by_role("button", name="Byt lösenord").click()

    expect(page.get_by_role("heading", name="Kön")).to_be_visible()
    assert outside == Outside()


def test_two_steps_are_turned_on_and_then_asked_for(
    page: Page, site: str, outside: Outside
) -> None:
    give_password(page, site, "eva")
    open_menu(page)
    page.get_by_role("link", name="Mitt konto").click()
    page.get_by_role("link", name="Slå på tvåstegsinloggning").click()
    page.get_by_role("button", name="Börja").click()
    expect(page.get_by_role("img", name=re.compile("QR-kod"))).to_be_visible()
    size = page.locator("svg.qr").bounding_box()
    assert size is not None
    assert size["width"] >= 150
    key = page.locator("code.key").inner_text().replace(" ", "")
    assert is_inside(page)
    page.get_by_label("De sex siffrorna").fill(code(key))
    page.get_by_role("button", name="Slå på").click()
    expect(page.get_by_role("heading", name="Spara koderna nu")).to_be_visible()
    codes = page.locator(".codes code").all_inner_texts()
    assert is_inside(page)
    page.get_by_role("link", name="Jag har sparat koderna").click()
    open_menu(page)
    page.get_by_role("button", name="Logga ut", exact=True).click()

    give_password(page, site, "eva")
    expect(page.get_by_role("heading", name="Skriv koden")).to_be_visible()
    assert is_inside(page)
    expect(page.get_by_label("Kod", exact=True)).to_be_focused()
    page.keyboard.type(codes[0])
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Kön")).to_be_visible()
    assert outside == Outside()


def test_the_administrator_limits_and_closes_an_account(
    page: Page, site: str, outside: Outside
) -> None:
    give_password(page, site, "ada")
    expect(page.get_by_role("heading", name="Ny användare")).to_be_visible()
    assert is_inside(page)
    page.get_by_role("link", name="Eva").click()
    page.get_by_label("hemsidan").check()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Ändringen är sparad.")
    expect(page.get_by_label("hemsidan")).to_be_checked()
    page.get_by_role("button", name="Stäng kontot").click()
    expect(page.get_by_text("stängt konto", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="Kontot stängdes")).to_be_visible()
    assert is_inside(page)
    page.get_by_role("button", name="Nytt tillfälligt lösenord").click()
    expect(page.locator("code.key")).to_be_visible()
    assert is_inside(page)
    assert outside == Outside()
