"""A day's work by the keyboard alone, in a real browser."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from moderation import intake, log
from moderation.domain.category import Category
from moderation.storage import SqlStore
from tests.browser.conftest import MOMENT, Outside
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


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def go(page: Page, *keys: str) -> None:
    """Press keys of which the last one leads to another page, and wait for its keys."""
    press(page, *keys[:-1])
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press(keys[-1])


def tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {selector}")


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


def hide_with_the_card(page: Page) -> None:
    """Work through the card: point 1 a, covered, obvious, and the draft's gaps."""
    press(page, "d", "1", "1", "Space")
    tab_to(page, "input[name=obvious]")
    press(page, "Space", "Tab")
    page.keyboard.type("Texten lovar våld mot läsaren.")
    tab_to(page, "textarea[name=reasons]")
    go(page, "Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Det finns luckor kvar")
    tab_to(page, "textarea[name=reasons]")
    press(page, "Control+A")
    page.keyboard.type("Hot om våld mot en tjänsteperson.")
    go(page, "Control+Enter")
    told(page, "Beslutet att dölja är loggat")


def test_thirty_items_are_worked_through_without_a_mouse(
    desk: Page, sqlite_store: SqlStore, outside: Outside
) -> None:
    go(desk, "j", "j", "k", "Enter")
    expect(desk.locator(".comment-text")).to_contain_text("Jag ska slå dig")
    hide_with_the_card(desk)
    for number in range(ITEMS - 3):
        go(desk, "bfa"[number % 3], str(number % 7 + 1))
        told(desk, "Kommentaren får stå kvar.")

    go(desk, "z")
    told(desk, "ligger åter i kön")
    go(desk, "b", "2")
    told(desk, "Kommentaren får stå kvar.")

    press(desk, "e")
    desk.keyboard.type("jurist")
    press(desk, "Tab")
    desk.keyboard.type("Är det ett personangrepp? bdjk")
    go(desk, "Control+Enter")
    told(desk, "Kommentaren är skickad vidare.")

    go(desk, "j")
    press(desk, "d", "5", "1")
    reasons = desk.locator(".panel-hide textarea[name=reasons]")
    expect(reasons).to_be_focused()
    press(desk, "Control+A")
    desk.keyboard.type("Angriper en granne som inte har med saken att göra.")
    go(desk, "Control+Enter")
    told(desk, "Beslutet att dölja är loggat")

    actions = [entry.payload["action"] for entry in sqlite_store.log_entries()]
    assert actions.count("keep") == ITEMS - 2
    assert (actions.count("hide"), actions.count("escalate")) == (2, 1)
    assert actions.count("undo") == 1
    assert log.verify(sqlite_store).is_sound
    assert outside == Outside()


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
