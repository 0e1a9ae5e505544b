"""The item page in a real browser: tabs, masked text, the key, and its barriers."""

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from moderation import intake
from moderation.domain.category import Category
from moderation.storage import SqlStore
from tests.browser.conftest import MOMENT, Outside
from tests.browser.test_accessibility import STANDARD
from tests.browser.test_journey import hide_the_open_comment, open_menu, sign_in
from tests.factories import a_finding, a_verdict, an_assessed_comment
from tests.webui.visitor import PASSWORD

pytestmark = pytest.mark.browser

NUMBER = "070-1740605"
TEXT = f"Ring {NUMBER} så får du höra vem som bor där."


@pytest.fixture(autouse=True)
def _more_comments(address: str, sqlite_store: SqlStore) -> None:  # noqa: ARG001 - after the two that every test has
    number = a_verdict(a_finding(Category.PERSONAL_DATA, start=5, end=16))
    for text in (TEXT, f"{TEXT} Kom!"):
        edited = an_assessed_comment(text, external_id="3", verdict=number)
        intake.record([edited], store=sqlite_store, now=lambda: MOMENT)


def without_barriers(page: Page) -> None:
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        # Colours that are still changing are no colours to judge.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page, options=STANDARD)
        assert found.violations_count == 0, found.generate_report()


def test_tabs_are_walked_with_arrows_and_have_addresses(
    page: Page, address: str, outside: Outside
) -> None:
    sign_in(page, address)
    page.goto(f"{address}/kommentar/4#historik")
    history = page.get_by_role("tab", name="Historik")
    expect(history).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name="Historik")).to_be_visible()
    expect(page.locator("#varfor")).to_be_hidden()
    without_barriers(page)

    history.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#anteckningar")).to_be_visible()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Liknande beslut")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#varfor")).to_be_visible()
    assert page.url.endswith("#varfor")
    page.keyboard.press("t")
    expect(page.locator("#trad")).to_be_visible()
    without_barriers(page)
    assert outside == Outside()


def test_without_scripts_every_section_is_open_and_masked_text_has_a_page(
    page: Page, address: str
) -> None:
    sign_in(page, address)
    with page.context.browser.new_context(  # type: ignore[union-attr]  # It is open.
        java_script_enabled=False, storage_state=page.context.storage_state()
    ) as plain:
        window = plain.new_page()
        window.goto(f"{address}/kommentar/1")
        for section in ("varfor", "trad", "historik", "anteckningar", "liknande"):
            expect(window.locator(f"#{section}")).to_be_visible()
        window.goto(f"{address}/ko/")
        expect(window.get_by_text(NUMBER)).to_have_count(0)
        window.get_by_role(
            "button", name=re.compile("^Visa det maskerade")
        ).first.click()
        expect(window.locator(".comment-text")).to_contain_text(NUMBER)
        window.get_by_role("link", name="← Tillbaka").click()
        expect(window.get_by_role("heading", name="Kön", exact=True)).to_be_visible()


def test_the_key_shows_the_masked_text_in_its_row_and_it_is_noted(
    page: Page, address: str, outside: Outside, sqlite_store: SqlStore
) -> None:
    sign_in(page, address)
    row = page.locator(".row", has_text="så får du höra")
    expect(row).not_to_contain_text(NUMBER)

    row.get_by_role("link").focus()
    page.keyboard.press("v")

    expect(row).to_contain_text(NUMBER)
    expect(row.get_by_role("status")).to_be_focused()
    without_barriers(page)
    [reveal] = sqlite_store.reveals(limit=5)
    assert (reveal.user, reveal.comment_id) == ("eva", 4)
    assert outside == Outside()


def test_one_key_leads_to_erasing(
    page: Page, address: str, outside: Outside, sqlite_store: SqlStore
) -> None:
    sign_in(page, address)
    page.goto(f"{address}/kommentar/4")
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="Tipsa polisen")).to_be_visible()
    without_barriers(page)

    page.get_by_role("button", name="Radera texten nu").click()

    expect(page.get_by_role("heading", name="Texten är raderad")).to_be_visible()
    without_barriers(page)
    assert NUMBER not in sqlite_store.comment(4).comment.text
    assert outside == Outside()


def test_the_officer_removes_what_is_hidden(
    page: Page, address: str, outside: Outside
) -> None:
    sign_in(page, address)
    page.get_by_role("link", name=re.compile("Jag ska slå dig")).click()
    hide_the_open_comment(page)
    open_menu(page)
    page.get_by_role("button", name="Logga ut").click()
    page.get_by_label("Användarnamn").fill("lena")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.goto(f"{address}/kommentar/1")
    page.get_by_role("link", name=re.compile("Ta bort helt")).click()
    without_barriers(page)
    page.get_by_label("Grund").select_option(label="Olaga hot")
    page.get_by_label("Ja").check()
    page.get_by_label("Därför är det").fill("Texten lovar våld.")
    page.get_by_label("Varför räcker det inte").fill("Vännerna ser den.")
    page.get_by_role("button", name="Ta bort kommentaren helt").click()

    expect(page.get_by_role("status").first).to_contain_text("Beslutet att ta bort")
    page.goto(f"{address}/logg/visningar")
    without_barriers(page)
    assert outside == Outside()
