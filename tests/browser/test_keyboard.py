"""Single keys in a real browser; a whole day by them is in test_keyboard_day."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from moderation import intake
from moderation.domain.category import Category
from moderation.storage import SqlStore
from tests.browser.conftest import MOMENT, Outside
from tests.browser.keys import go, press, tab_to, told
from tests.factories import a_finding, a_verdict, an_assessed_comment
from tests.webui.visitor import PASSWORD

pytestmark = pytest.mark.browser

ITEMS = 28
"""Beside the two that every browser test has."""


@pytest.fixture
def desk(
    chromium: Browser, address: str, sqlite_store: SqlStore, outside: Outside
) -> Iterator[Page]:
    """Sign in by keyboard, at a queue of thirty comments."""
    insult = a_verdict(a_finding(Category.INSULT, end=3))
    intake.record(
        [
            an_assessed_comment(
                f"Din granne nummer {number} är en idiot",
                external_id=f"g{number}",
                verdict=insult,
            )
            for number in range(ITEMS)
        ],
        store=sqlite_store,
        now=lambda: MOMENT,
    )
    size = {"width": 1280, "height": 844}
    with closing(chromium.new_context(viewport=size, locale="sv-SE")) as context:
        context.route("**/*", outside.refuse)
        page = context.new_page()
        page.on("pageerror", lambda error: outside.complaints.append(str(error)))
        page.goto(address)
        page.keyboard.type("eva")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        go(page, "Enter")
        expect(page.get_by_role("heading", name="Kön", exact=True)).to_be_visible()
        yield page


def test_the_help_opens_and_closes_and_keys_rest_in_text_fields(desk: Page) -> None:
    go(desk, "g")
    expect(desk.get_by_text("Inget är eskalerat.")).to_be_visible()
    press(desk, "?")
    expect(desk.get_by_role("heading", name="Kortkommandon")).to_be_visible()
    press(desk, "Escape")
    expect(desk.get_by_role("heading", name="Kortkommandon")).to_be_hidden()
    press(desk, "Control+k")
    desk.keyboard.type("2")
    go(desk, "Enter")
    expect(desk.locator(".comment-text")).to_contain_text("Fan vad dyrt")
    expect(desk.get_by_text("Kritiklampan lyser", exact=True)).to_be_visible()
    press(desk, "b", "Escape", "Escape")
    expect(desk.locator("details.panel[open]")).to_have_count(0)
    expect(desk.locator("summary kbd").first).to_be_visible()


def test_equal_texts_are_marked_and_decided_by_keyboard(
    desk: Page, sqlite_store: SqlStore
) -> None:
    insult = a_verdict(a_finding(Category.INSULT, end=3))
    copies = [
        an_assessed_comment("Samma gamla visa", external_id=f"k{n}", verdict=insult)
        for n in range(3)
    ]
    intake.record(copies, store=sqlite_store, now=lambda: MOMENT)
    press(desk, "Control+k")
    desk.keyboard.type(str(ITEMS + 3))
    go(desk, "Enter")
    expect(desk.locator(".comment-text")).to_contain_text("Samma gamla visa")
    tab_to(desk, ".equal-link a")
    go(desk, "Enter")
    expect(desk.get_by_role("heading", name="exakt samma text")).to_be_visible()
    press(desk, "j", "x", "Shift+X")
    tab_to(desk, "input[name=keep_reason]")
    press(desk, "Space")
    tab_to(desk, "button[value=keep]")
    go(desk, "Enter")

    told(desk, "3 kommentarer fick samma beslut")


def test_switched_off_keys_do_nothing_and_are_not_printed(
    desk: Page, address: str
) -> None:
    desk.goto(f"{address}/kortkommandon")
    desk.get_by_label("Använd kortkommandon").uncheck()
    desk.get_by_role("button", name="Spara").click()
    told(desk, "Dina kortkommandon är sparade.")
    desk.goto(f"{address}/kommentar/1")

    press(desk, "b")

    expect(desk.locator("details.panel[open]")).to_have_count(0)
    expect(desk.locator("summary kbd").first).to_be_hidden()
