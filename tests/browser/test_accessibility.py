"""Every page as axe-core sees it: WCAG 2.2 A and AA, light and dark, desk and phone."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Outside
from tests.browser.test_journey import hide_the_open_comment, sign_in

pytestmark = pytest.mark.browser

STANDARD = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
Visit = Callable[[Page, str], None]


def to_sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/logga-in")


def to_refused_sign_in(page: Page, address: str) -> None:
    to_sign_in(page, address)
    page.get_by_label("Användarnamn").fill("eva")
    page.get_by_label("Lösenord").fill("fel lösenord")
    page.get_by_role("button", name="Logga in").click()


def to_queue(page: Page, address: str) -> None:
    sign_in(page, address)


def to_item(page: Page, address: str) -> None:
    sign_in(page, address)
    page.get_by_role("link", name=re.compile("Jag ska slå dig")).click()


def to_hiding(page: Page, address: str) -> None:
    to_item(page, address)
    page.locator("summary", has_text="Dölj").click()


def to_keeping(page: Page, address: str) -> None:
    to_item(page, address)
    page.locator(".panel-keep > summary").click()


def to_refused_decision(page: Page, address: str) -> None:
    to_hiding(page, address)
    grounds = page.locator("details.panel-hide select[name=ground]")
    grounds.select_option(label="Olaga hot")
    page.get_by_role("button", name="Dölj kommentaren").evaluate(
        "button => { button.form.noValidate = true; button.click(); }"
    )
    page.get_by_role("heading", name="Rätta beslutet").or_(
        page.locator(".notice-problem")
    ).first.wait_for()


def to_decided_item(page: Page, address: str) -> None:
    sign_in(page, address)
    page.get_by_role("link", name=re.compile("Jag ska slå dig")).click()
    hide_the_open_comment(page)
    page.goto(f"{address}/kommentar/1")


def to_log(page: Page, address: str) -> None:
    to_decided_item(page, address)
    page.get_by_role("link", name="Loggen").click()


def to_entry(page: Page, address: str) -> None:
    to_log(page, address)
    page.get_by_role("link", name="Loggpost 1").click()


def to_grounds(page: Page, address: str) -> None:
    sign_in(page, address)
    page.get_by_role("link", name="Grunderna").click()


def to_missing_page(page: Page, address: str) -> None:
    sign_in(page, address)
    page.goto(f"{address}/finns-inte")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "visit",
    [
        to_sign_in,
        to_refused_sign_in,
        to_queue,
        to_item,
        to_hiding,
        to_keeping,
        to_refused_decision,
        to_decided_item,
        to_log,
        to_entry,
        to_grounds,
        to_missing_page,
    ],
)
def test_a_page_has_no_known_barrier(
    page: Page, address: str, outside: Outside, visit: Visit, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    visit(page, address)
    found = Axe().run(page, options=STANDARD)

    assert found.violations_count == 0, found.generate_report()
    assert outside == Outside()
