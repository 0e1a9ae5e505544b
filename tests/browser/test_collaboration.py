"""Two people at the same queue, each with a browser of their own."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from moderation.storage import SqlStore
from tests.browser.conftest import Outside
from tests.browser.test_journey import (
    go_by_menu,
    hide_the_open_comment,
    sign_in,
)

pytestmark = pytest.mark.browser

THREAT = re.compile("Jag ska slå dig")


@pytest.fixture
def colleague(chromium: Browser, address: str, outside: Outside) -> Iterator[Page]:
    """Lena, signed in, in another browser than Eva's."""
    with chromium.new_context(locale="sv-SE") as context:
        context.route("**/*", outside.refuse)
        window = context.new_page()
        sign_in(window, address, "lena")
        yield window


def open_threat(page: Page) -> None:
    page.get_by_role("link", name=THREAT).click()
    expect(page.locator(".comment-text")).to_contain_text("Jag ska slå dig")


def take_over(page: Page) -> None:
    page.get_by_label("Varför tar du över?").fill("Eva har gått hem.")
    page.get_by_role("button", name="Ta över kommentaren").click()
    expect(page.get_by_role("status").first).to_contain_text("Nu bedömer du")


def test_the_second_sees_who_is_deciding_and_takes_over(
    page: Page, colleague: Page, address: str, outside: Outside
) -> None:
    sign_in(page, address)
    open_threat(page)
    colleague.goto(f"{address}/ko/")
    expect(colleague.get_by_text("Eva bedömer sedan 10:00")).to_be_visible()
    open_threat(colleague)
    expect(colleague.get_by_text("Eva bedömer sedan 10:00")).to_be_visible()
    expect(colleague.locator(".panel-hide")).to_have_count(0)

    take_over(colleague)
    hide_the_open_comment(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Lena bedömer sedan 10:00"
    )
    expect(page.get_by_text("Hot mot en tjänsteperson.")).to_be_visible()
    hide_the_open_comment(colleague)
    expect(colleague.get_by_role("status")).to_contain_text("sparat i loggen")
    assert outside == Outside()


def test_a_decision_that_came_too_late_stands_beside_the_first(
    page: Page, colleague: Page, address: str
) -> None:
    sign_in(page, address)
    open_threat(page)
    open_threat(colleague)
    take_over(colleague)
    hide_the_open_comment(colleague)
    expect(colleague.get_by_role("status")).to_contain_text("sparat i loggen")

    page.locator("summary", has_text="Behåll").click()
    page.get_by_label("Felträff").check()
    page.get_by_label("Motivering om du vill").fill("Det är ett citat.")
    page.get_by_role("button", name="Behåll kommentaren").click()

    theirs = page.get_by_role("region", name="Det som beslutades")
    mine = page.get_by_role("region", name="Det du skrev")
    expect(theirs).to_contain_text("Dold av Lena")
    expect(theirs).to_contain_text("Hot mot en tjänsteperson.")
    expect(mine).to_contain_text("Felträff")
    expect(mine).to_contain_text("Det är ett citat.")


def test_what_is_typed_is_saved_by_itself_and_survives_a_closed_tab(
    page: Page, colleague: Page, address: str, outside: Outside
) -> None:
    sign_in(page, address)
    open_threat(page)
    page.locator("summary", has_text="Dölj").click()
    reasons = page.locator("#hide-reasons")
    reasons.fill("Mina halvfärdiga ord.")
    expect(page.locator(".panel-hide [data-draft-told]")).to_have_text(
        "Utkastet är sparat 10:00."
    )
    open_threat(colleague)
    take_over(colleague)
    colleague.get_by_role("button", name="Lämna").click()
    expect(colleague.get_by_role("status")).to_contain_text("Du har lämnat")
    item = page.url
    page.goto("about:blank")

    page.goto(item)

    expect(reasons).to_be_visible()
    expect(reasons).to_have_value("Mina halvfärdiga ord.")
    expect(page.get_by_text("är tillbaka i formuläret")).to_be_visible()
    assert outside == Outside()


def test_the_last_words_before_a_tab_is_closed_are_saved(
    page: Page, address: str, sqlite_store: SqlStore
) -> None:
    sign_in(page, address)
    open_threat(page)
    page.locator("summary", has_text="Dölj").click()
    page.locator("#hide-reasons").fill("Sista orden.")

    page.goto(f"{address}/grunder")

    for _ in range(100):
        draft = sqlite_store.draft("eva", 1)
        if draft is not None:
            break
        page.wait_for_timeout(50)
    assert draft is not None
    assert draft.fields["reasons"] == ["Sista orden."]


def test_a_page_that_is_used_hears_that_it_lost_the_item(
    page: Page, colleague: Page, address: str, outside: Outside
) -> None:
    page.clock.install()
    sign_in(page, address)
    open_threat(page)
    open_threat(colleague)
    take_over(colleague)
    page.keyboard.press("Shift")

    page.clock.fast_forward("02:00")

    expect(page.locator("[data-stay-told]")).to_contain_text("Lena bedömer sedan 10:00")
    assert outside == Outside()


def test_parking_taking_back_and_a_mention_work_without_scripts(
    chromium: Browser, colleague: Page, address: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, address)
        open_threat(page)
        page.get_by_label("Ny anteckning").fill("Vad tycker du, @lena?")
        page.get_by_role("button", name="Spara anteckningen").click()
        page.locator("summary", has_text="Parkera").click()
        page.get_by_label("Varför parkeras den?").fill("Väntar på skolan.")
        page.get_by_label("Vem tar hand om den?").select_option(label="Lena")
        page.get_by_label("Senast", exact=True).fill("2026-11-24")
        page.get_by_role("button", name="Parkera kommentaren").click()
        expect(page.get_by_role("status")).to_have_text("Kommentaren är parkerad.")

    go_by_menu(colleague, "Till mig")
    expect(colleague.get_by_text("Vad tycker du, @lena?")).to_be_visible()
    colleague.get_by_role("button", name="Markera som läst").click()
    expect(colleague.get_by_text("Vad tycker du, @lena?")).to_have_count(0)
    open_threat(colleague)
    colleague.get_by_role("button", name="Ta tillbaka från parkeringen").click()
    expect(colleague.get_by_text("Eva parkerade hos Lena")).to_be_visible()
    hide_the_open_comment(colleague)
    expect(colleague.get_by_role("status")).to_contain_text("sparat i loggen")


def test_no_page_is_wider_than_its_window(page: Page, address: str) -> None:
    sign_in(page, address)

    for path in ("/ko/parkerade", "/till-mig/", "/kommentar/1"):
        page.goto(address + path)
        inside = "document.documentElement.scrollWidth <= window.innerWidth"
        assert page.evaluate(inside), path
