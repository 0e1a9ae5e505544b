"""Writing to an author, and inviting somebody, in a real browser."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from moderation.domain.user import Role
from moderation.passwords import hash_password
from moderation.storage import SqlStore
from tests.browser.conftest import Outside
from tests.browser.test_accessibility import STANDARD
from tests.browser.test_journey import hide_the_open_comment, sign_in
from tests.factories import a_user
from tests.webui.visitor import PASSWORD

pytestmark = pytest.mark.browser

Visit = Callable[[Page, str], None]


def to_decided_item(page: Page, address: str) -> None:
    sign_in(page, address)
    page.get_by_role("link", name=re.compile("Jag ska slå dig")).click()
    hide_the_open_comment(page)
    page.goto(f"{address}/kommentar/1")


def to_notice(page: Page, address: str) -> None:
    to_decided_item(page, address)
    page.get_by_role("link", name="Skriv till avsändaren").click()


def to_guarded_notice(page: Page, address: str) -> None:
    to_notice(page, address)
    page.locator("#text").fill(
        "Hej!\n\nDu som är klient hos oss vet hur det är.\nAnnars polisanmäler vi dig."
    )
    page.get_by_role("button", name="Spara det som skickades").click()
    page.get_by_role("alert").wait_for()


def to_saved_notice(page: Page, address: str) -> None:
    to_notice(page, address)
    page.get_by_role("button", name="Spara det som skickades").click()
    page.get_by_text("Kopian av meddelandet är sparad").wait_for()
    page.locator("summary", has_text="Texten som skickades").click()


def to_second_notice(page: Page, address: str) -> None:
    to_saved_notice(page, address)
    page.goto(f"{address}/kommentar/1/svar")


def to_sealed_notice(page: Page, address: str) -> None:
    to_saved_notice(page, address)
    page.goto(f"{address}/logg/2")


def to_own_words(page: Page, address: str) -> None:
    to_notice(page, address)
    page.locator("#text").fill("Mina egna ord.")
    page.get_by_label("Eva").check()
    page.get_by_role("button", name="Hämta texten igen").click()
    page.get_by_text("Din tidigare text").wait_for()


def to_late_form(page: Page, address: str) -> None:
    to_notice(page, address)
    page.locator("#text").fill("Hej!\nVi har dolt din kommentar.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Spara det som skickades").click()
    page.get_by_text("Formuläret är för gammalt").wait_for()


def to_invitations(page: Page, address: str) -> None:
    page.goto(f"{address}/logga-in?next=/anvandare/inbjudningar")
    page.get_by_label("Användarnamn").fill("ada")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("heading", name="Bjud in någon").wait_for()


def to_link(page: Page, address: str) -> None:
    to_invitations(page, address)
    page.get_by_label("Användarnamn").fill("nils")
    page.get_by_label("Namn som syns").fill("Nils Ny")
    page.get_by_label("Handläggare").check()
    page.get_by_role("button", name="Skapa länken").click()


def to_invited(page: Page, address: str) -> None:
    to_link(page, address)
    page.get_by_role("link", name="Till inbjudningarna").click()


def to_welcome(page: Page, address: str) -> None:
    to_link(page, address)
    page.goto(page.locator("#lank").input_value())


def to_closed(page: Page, address: str) -> None:
    page.goto(f"{address}/inbjudan/7/hemligt")


VISITS = (
    to_notice,
    to_guarded_notice,
    to_saved_notice,
    to_second_notice,
    to_sealed_notice,
    to_own_words,
    to_late_form,
    to_invitations,
    to_link,
    to_invited,
    to_welcome,
    to_closed,
)


@pytest.fixture
def with_admin(address: str, sqlite_store: SqlStore) -> str:
    """Serve the pages with an administrator among the users."""
    with sqlite_store.transaction() as tx:
        ada = a_user("ada", role=Role.ADMIN, password_hash=hash_password(PASSWORD))
        tx.add_user(ada)
    return address


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("visit", VISITS)
def test_a_page_breaks_no_rule_and_is_as_wide_as_the_window(
    visit: Visit, colours: str, page: Page, with_admin: str, outside: Outside
) -> None:
    page.emulate_media(color_scheme="dark" if colours == "dark" else "light")

    visit(page, with_admin)

    found = Axe().run(page, options=STANDARD)
    assert found.violations_count == 0, found.generate_report()
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    assert outside == Outside()


def test_the_notice_is_copied_and_kept(page: Page, with_admin: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    to_notice(page, with_admin)
    text = page.locator("#text").input_value()

    page.get_by_role("button", name="Kopiera texten").click()
    expect(page.locator("[data-copy-told]")).to_have_text("Texten är kopierad.")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Spara det som skickades").click()

    assert copied == text
    expect(page.locator(".answer-copy")).to_contain_text("Vi har beslutat att dölja")


def test_whoever_is_invited_comes_in(page: Page, with_admin: str) -> None:
    to_welcome(page, with_admin)
    page.get_by_label("Lösenord minst").fill(PASSWORD)
    page.get_by_label("Lösenordet en gång till").fill(PASSWORD)
    page.get_by_role("button", name="Öppna mitt konto").click()

    expect(page.get_by_role("heading", name="Kön")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Välkommen, Nils Ny!")
