"""The main job in a real browser: from the queue to a sealed log entry."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Outside
from tests.webui.visitor import PASSWORD

pytestmark = pytest.mark.browser

FOLDED_BELOW = 992
"""Pixels: 62 rem, as the stylesheet says it."""


def sign_in(page: Page, address: str, name: str = "eva") -> None:
    page.goto(address)
    page.get_by_label("Användarnamn").fill(name)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", name="Kön")).to_be_visible()


def open_menu(page: Page, name: str = "Meny") -> None:
    """Unfold the menu where it is folded: on a phone."""
    size = page.viewport_size
    assert size is not None
    if size["width"] < FOLDED_BELOW:
        page.get_by_role("button", name=name).click()


def go_by_menu(page: Page, name: str) -> None:
    """Follow a link of the menu."""
    open_menu(page)
    menu = page.get_by_role("navigation", name="Huvudmeny")
    menu.get_by_role("link", name=name).click()


def hide_the_open_comment(page: Page, *, is_open: bool = False) -> None:
    panel = page.locator("details.panel-hide")
    if not is_open:
        panel.locator("summary", has_text="Dölj").click()
    panel.get_by_label("Grund").select_option(label="Olaga hot")
    panel.get_by_label("Ja").check()
    panel.get_by_label("Därför är det").fill("Texten lovar våld mot läsaren.")
    panel.get_by_label("Motivering").fill("Hot mot en tjänsteperson.")
    panel.get_by_role("button", name="Dölj kommentaren").click()


def test_a_threat_is_hidden_logged_and_the_log_is_sound(
    page: Page, address: str, outside: Outside
) -> None:
    sign_in(page, address)
    page.get_by_role("link", name=re.compile("Jag ska slå dig")).click()
    expect(page.locator("mark.is-threat")).to_contain_text("Jag ska slå dig")

    hide_the_open_comment(page)

    expect(page.get_by_role("status")).to_contain_text("Beslutet är sparat i loggen.")
    expect(page.locator(".comment-text")).to_contain_text("Fan vad dyrt")
    go_by_menu(page, "Loggen")
    expect(page.get_by_text("Olaga hot", exact=True).last).to_be_visible()
    page.get_by_role("button", name="Kontrollera loggen").click()
    expect(page.get_by_role("status")).to_contain_text("Loggen är hel: 1 poster")
    page.get_by_role("link", name="Loggpost 1").click()
    expect(page.get_by_text("Hot mot en tjänsteperson.")).to_be_visible()
    assert outside == Outside()


def test_a_comment_is_kept_by_keyboard_alone(
    page: Page, address: str, outside: Outside
) -> None:
    page.goto(address)
    page.keyboard.type("eva")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kön")).to_be_visible()
    tab_to(page, "a.row-link")
    page.keyboard.press("Enter")
    tab_to(page, ".panel-keep > summary")
    page.keyboard.press("Enter")
    tab_to(page, ".panel-keep input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, ".panel-keep button")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Kommentaren får stå kvar.")
    assert outside == Outside()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, and see that it shows."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.locator(f"{selector}:focus-visible")
        if focused.count():
            return
    pytest.fail(f"Tab does not reach {selector}")


def test_questions_are_put_only_where_the_ground_asks_them(
    page: Page, address: str
) -> None:
    sign_in(page, address)
    page.get_by_role("link", name=re.compile("Jag ska slå dig")).click()
    page.locator("summary", has_text="Dölj").click()
    ground = page.get_by_label("Grund", exact=True)
    obvious = page.get_by_text("Är det uppenbart?")
    reference = page.get_by_label("Paragraf eller regelns nummer")

    expect(obvious).to_be_hidden()
    ground.select_option(label="Olaga hot")
    expect(obvious).to_be_visible()
    expect(page.get_by_text("Brottsbalken (1962:700) 4 kap. 5 §")).to_be_visible()
    ground.select_option(label="Annan sekretess")
    expect(obvious).to_be_hidden()
    expect(reference).to_be_visible()


def test_the_whole_journey_works_without_scripts(
    chromium: Browser, address: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, address)
        page.get_by_role("link", name=re.compile("Jag ska slå dig")).click()

        hide_the_open_comment(page)

        expect(page.get_by_role("status")).to_contain_text("Beslutet är sparat")


def test_no_page_is_wider_than_its_window(page: Page, address: str) -> None:
    sign_in(page, address)

    for path in ("/ko/", "/kommentar/1", "/logg/", "/grunder", "/finns-inte"):
        page.goto(address + path)
        inside = "document.documentElement.scrollWidth <= window.innerWidth"
        assert page.evaluate(inside), path
