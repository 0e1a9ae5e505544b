"""Where the focus goes with Tab: in reading order, always to be seen, never stuck."""

import itertools
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import ALIKE, HELD, RUDE, House

pytestmark = pytest.mark.browser

PAGES: Final = [
    "/ko/",
    f"/kommentar/{RUDE}",
    f"/kommentar/{HELD}",
    f"/kommentar/{ALIKE}/lika",
    "/logg/",
    "/logg/1",
    "/siffror/",
    "/sok?fraga=slå",
    "/konto/",
    "/kortkommandon",
    "/att-gora/",
    "/till-mig/",
]
MOST: Final = 200
"""More stops than any page has."""

STOP: Final = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const style = getComputedStyle(one);
  const after = getComputedStyle(one, "::after");
  const outlined = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
  const box = one.getBoundingClientRect();
  const all = [...document.querySelectorAll("*")];
  const columns = ".top, .item-side, .figure-data, .equal-choices > section";
  return {
    place: all.indexOf(one),
    name: one.outerHTML.slice(0, 160),
    isSeen: outlined(style) || outlined(after),
    isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth,
    top: box.top + scrollY,
    left: box.left,
    bottom: box.bottom + scrollY,
    hasTabindex: one.tabIndex > 0,
    column: all.indexOf(one.closest(columns)),
  };
}"""
Stop = dict[str, Any]


def stops(page: Page) -> list[Stop]:
    """Press Tab through the whole page, from its beginning to its end."""
    found: list[Stop] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop: Stop | None = page.evaluate(STOP)
        if stop is None or (found and stop["place"] == found[0]["place"]):
            return found
        # A date field has a stop for each of its parts.
        if not found or stop["place"] != found[-1]["place"]:
            found.append(stop)
    pytest.fail("Tab never comes to the end of the page")


def is_before(one: Stop, other: Stop) -> bool:
    """Whether a reader comes to one first: it ends higher up, or lies to the left."""
    if one["column"] != other["column"]:
        # Columns beside each other are read one after the other.
        return True
    is_above = bool(one["top"] < other["bottom"])
    is_same_line = bool(one["bottom"] > other["top"] and other["bottom"] > one["top"])
    return is_above and (not is_same_line or bool(one["left"] <= other["left"] + 1))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES)
def test_the_focus_follows_the_reading_order_and_is_always_seen(
    house: House, path: str, width: int
) -> None:
    page = house.window("eva")
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(path)

    found = stops(page)

    places = [stop["place"] for stop in found]
    assert len(places) > 5
    assert places == sorted(set(places)), "each once, as they stand in the page"
    for stop in found:
        assert stop["isSeen"], stop["name"]
        assert stop["isOnScreen"], stop["name"]
        assert not stop["hasTabindex"], stop["name"]
    for one, other in itertools.pairwise(found[1:]):
        assert is_before(one, other), (one["name"], other["name"])


def test_the_first_stop_leads_past_the_menu(house: House) -> None:
    page = house.window("eva")
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto("/ko/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Till innehållet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.locator("main :focus").count() == 1


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(house: House) -> None:
    page = house.window("eva")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/grunder")
    menu = page.get_by_role("navigation", name="Huvudmeny")
    expect(menu).to_be_hidden()

    page.get_by_role("button", name="Meny").focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    assert page.locator("nav.nav a:focus").inner_text() == "Kön"
    page.keyboard.press("Escape")

    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Meny")).to_be_focused()


def test_a_dialog_holds_the_focus_and_gives_it_back(house: House) -> None:
    page = house.window("eva")
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto("/ko/")
    page.locator("a.row-link").first.focus()
    page.keyboard.press("Control+k")

    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.locator("main :focus").count() == 0
    page.keyboard.press("Escape")

    expect(page.locator("a.row-link").first).to_be_focused()


@pytest.mark.parametrize("width", [640, 390, 320])
def test_twice_the_size_needs_no_scrolling_sideways(house: House, width: int) -> None:
    """1280 pixels at 200 % are 640; 320 is what 400 % leaves of them."""
    page = house.window("eva")
    page.set_viewport_size({"width": width, "height": 422})
    wide = []

    for path in [*PAGES, "/grunder", "/ko/parkerade", "/konto/tvasteg/", "/finns-inte"]:
        page.goto(path)
        page.evaluate(
            "for (const one of document.querySelectorAll('main details')) {"
            " one.name = ''; one.open = true; }"
        )
        reached = page.evaluate("document.documentElement.scrollWidth")
        if reached > width:
            wide.append((path, reached))

    assert wide == []
