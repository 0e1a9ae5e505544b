"""The pages in English: chosen, without barriers, and with the script's words too."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Outside
from tests.browser.test_accessibility import STANDARD
from tests.browser.test_journey import open_menu, sign_in

pytestmark = pytest.mark.browser

Visit = Callable[[Page, str], None]


def choose_english(page: Page, address: str) -> None:
    sign_in(page, address)
    open_menu(page)
    page.get_by_role("link", name="Mitt konto").click()
    page.get_by_role("button", name="Show the pages in English").click()
    expect(page.get_by_role("status")).to_have_text("The pages are now in English.")


def to_sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/logga-in")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def to_queue(page: Page, address: str) -> None:
    choose_english(page, address)
    open_menu(page, "Menu")
    page.get_by_role("link", name="Queue").click()


def to_hiding(page: Page, address: str) -> None:
    to_queue(page, address)
    page.get_by_role("link", name=re.compile("Jag ska slå dig")).click()
    page.locator("summary", has_text="Hide").click()
    grounds = page.locator("details.panel-hide select[name=ground]")
    grounds.select_option(label="Olaga hot")


def to_grounds(page: Page, address: str) -> None:
    choose_english(page, address)
    open_menu(page, "Menu")
    page.get_by_role("link", name="Grounds").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "visit", [to_sign_in, choose_english, to_queue, to_hiding, to_grounds]
)
def test_a_page_in_english_has_no_known_barrier_and_fits(
    page: Page, address: str, outside: Outside, visit: Visit, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    visit(page, address)
    found = Axe().run(page, options=STANDARD)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    assert outside == Outside()


def test_a_draft_that_cannot_be_saved_is_told_in_english(
    page: Page, address: str
) -> None:
    to_hiding(page, address)
    page.route("**/utkast", lambda route: route.abort())

    page.locator("#hide-reasons").fill("En motivering.")

    told = page.locator("details.panel-hide [data-draft-told]")
    expect(told).to_have_text(re.compile("The draft is not saved: Uppsikt does not"))
