"""Every page as axe-core sees it: WCAG 2.2 A and AA, light and dark, desk and phone.

A page is loaded once and looked at in both schemes and both widths; one of its states,
such as an opened panel or a refused form, in either width with one of the schemes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.exceptions import MethodNotAllowed, NotFound

from moderation.storage import SqlStore
from tests.browser.conftest import make_app
from tests.browser.house import (
    ALIKE,
    EDITED,
    ESCALATED,
    HELD,
    HIDDEN,
    KEPT,
    OPEN,
    PARKED,
    RUDE,
    STRANGER,
    House,
)
from tests.browser.keys import SLOW
from webui.access import ALLOWED
from webui.access import OPEN as WITHOUT_SIGNING_IN

pytestmark = pytest.mark.browser

STANDARD: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,
}
COLOURS: Final = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
    "preload": False,
}
"""All that a scheme can change: the stylesheet names its colours once for each."""

Look = tuple[int, Literal["light", "dark"], Mapping[str, object]]
EVERY_LOOK: Final[list[Look]] = [
    (1280, "light", STANDARD),
    (1280, "dark", COLOURS),
    (390, "light", STANDARD),
    (390, "dark", COLOURS),
]
LOOKS_AT_A_STATE: Final[list[Look]] = [
    (1280, "light", STANDARD),
    (390, "dark", STANDARD),
]

Act = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Case:
    """A page in one of its states: who opens it, and what is done on it."""

    path: str
    name: str = "eva"
    act: Act | None = None
    shows: str = ""
    """Words that say that the page has come to its state."""


def send(form: str, **fields: str) -> Act:
    """Send a form as the page has it, but for the fields that are changed."""

    def act(page: Page) -> None:
        with page.expect_navigation(wait_until="load", timeout=SLOW):
            page.locator(form).first.evaluate(
                """(form, fields) => {
                  for (const [name, value] of Object.entries(fields)) {
                    const field = form.elements[name];
                    if (field.type === "checkbox") field.checked = Boolean(value);
                    else field.value = value;
                  }
                  form.noValidate = true;
                  const usual = "button:not([type=button], [formaction])";
                  form.requestSubmit(form.querySelector(usual));
                }""",
                fields,
            )

    return act


def opened(selector: str) -> Act:
    """Open everything that folds out, of what is named."""
    return lambda page: page.locator(selector).evaluate_all(
        "all => { for (const one of all) one.open = true; }"
    )


def card_opened(page: Page) -> None:
    """Open the BBS card with its kinds, points, laws and questions."""
    page.locator("summary", has_text="Dölj").click()
    page.locator("[data-kind='1']").click()
    page.locator(".panel-hide select[name=ground]").select_option(label="Olaga hot")
    opened(".panel-hide .law")(page)


def panels_opened(page: Page) -> None:
    """Open all the ways to decide at once, which otherwise close each other."""
    page.locator(".panel").evaluate_all(
        "all => { for (const one of all) { one.name = ''; one.open = true; } }"
    )


def menu_opened(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Meny").click()
    expect(page.get_by_role("link", name="Loggen")).to_be_visible()


def pressed(key: str) -> Act:
    return lambda page: page.keyboard.press(key)


def form_to(action: str) -> str:
    return f"form[action^='{action}']"


def deciding(comment_id: int, action: str) -> str:
    return f"{form_to(f'/kommentar/{comment_id}/beslut')}:has([value={action}])"


CASES: Final = [
    Case("/logga-in", STRANGER),
    Case("/logga-in", STRANGER, send("form.card", user_name="x"), "stämmer inte"),
    Case("/logga-in/kod", "tora"),
    Case("/logga-in/kod", "tora", send("form", code=""), "Skriv koden"),
    Case("/finns-inte"),
    Case("/ko/", "ada", shows="Din roll får inte"),
    Case(
        f"/kommentar/{OPEN}",
        act=send(deciding(OPEN, "hide"), csrf_token="", reasons="Mina ord."),
        shows="Formuläret är för gammalt",
    ),
    Case("/ko/"),
    Case("/ko/", act=menu_opened),
    Case("/ko/", act=pressed("?"), shows="Kortkommandon"),
    Case("/ko/", act=pressed("Control+k"), shows="Gå till"),
    Case("/ko/?kategori=threat", act=opened(".view-form")),
    Case("/ko/?kategori=threat", act=send(form_to("/ko/vy/"), namn=""), shows="namn"),
    Case("/ko/?kategori=copyright", shows="Inget passar filtret."),
    Case("/ko/?status=escalated"),
    Case("/ko/?status=decided"),
    Case("/ko/vy/1", act=opened(".view-form")),
    Case("/ko/parkerade"),
    Case("/ko/kvitton", "lena"),
    Case(f"/kommentar/{OPEN}"),
    Case(f"/kommentar/{OPEN}", "kim", shows="Din roll läser."),
    Case(f"/kommentar/{OPEN}", act=card_opened),
    Case(f"/kommentar/{OPEN}", act=send(deciding(OPEN, "hide")), shows="Välj en grund"),
    Case(f"/kommentar/{OPEN}", act=send(deciding(OPEN, "keep")), shows="Välj varför"),
    Case(f"/kommentar/{OPEN}", act=panels_opened),
    Case(
        f"/kommentar/{OPEN}", act=send(deciding(OPEN, "escalate")), shows="Skriv till"
    ),
    Case(
        f"/kommentar/{OPEN}",
        act=send(form_to(f"/kommentar/{OPEN}/parkera")),
        shows="Skriv varför",
    ),
    Case(
        f"/kommentar/{OPEN}",
        act=send(form_to(f"/kommentar/{OPEN}/anteckningar")),
        shows="Skriv något",
    ),
    Case(
        f"/kommentar/{OPEN}",
        act=send(deciding(OPEN, "keep"), expected="decided", keep_reason="quote"),
        shows="Ditt beslut är inte sparat",
    ),
    Case(f"/kommentar/{RUDE}", "lena", opened(".law"), "Kritiklampan lyser"),
    Case(f"/kommentar/{HELD}", shows="Bo bedömer sedan"),
    Case(
        f"/kommentar/{HELD}",
        act=send(form_to(f"/kommentar/{HELD}/ta-over")),
        shows="Skriv en mening",
    ),
    Case(f"/kommentar/{ESCALATED}", "lena", shows="eskalerad till jurist"),
    Case(f"/kommentar/{PARKED}", shows="Parkerad hos Eva"),
    Case(f"/kommentar/{HIDDEN}", "lena", opened(".panel-restore"), "Återställ"),
    Case(f"/kommentar/{KEPT}", shows="Beslutet är fattat."),
    Case(f"/kommentar/{EDITED}", shows="äldre version"),
    Case(f"/kommentar/{ALIKE}/lika"),
    Case(f"/kommentar/{ALIKE}/lika", act=send("form.equal"), shows="Välj vad som"),
    Case(f"/kommentar/{HIDDEN}/svar", "lena"),
    Case(f"/kommentar/{HIDDEN}/ta-bort", "lena"),
    Case(f"/kommentar/{OPEN}/overgrepp-mot-barn"),
    Case("/logg/visningar", "lena"),
    Case("/anvandare/inbjudningar", "ada"),
    Case("/inbjudan/1/fel", STRANGER, shows="Länken stämmer inte."),
    Case("/till-mig/", shows="Vad tror du"),
    Case("/att-gora/", act=opened(".task-failed"), shows="Det gick inte"),
    Case("/att-gora/", act=send("form.task-done", mening=""), shows="Skriv vad du"),
    Case("/sok"),
    Case("/sok?fraga=slå"),
    Case("/sok?fraga=%22", shows="Sök"),
    Case("/sok?fraga=slå&fran=igår", shows="Skriv datumet som"),
    Case("/logg/"),
    Case("/logg/?fran=igår", shows="Skriv datumet som"),
    Case("/logg/?kanal=ingen", shows="Inget passar filtret."),
    Case("/logg/1"),
    Case("/logg/", act=send(form_to("/logg/verifiera")), shows="Loggen är hel"),
    Case("/siffror/"),
    Case("/grunder"),
    Case("/kortkommandon"),
    Case("/kortkommandon", act=send("main form", key_next="jj"), shows="enda tecken"),
    Case("/konto/"),
    Case("/konto/", act=send(form_to("/konto/losenord")), shows="ska ha minst 12"),
    Case("/konto/", "frida", shows="Välj först ett eget lösenord"),
    Case("/konto/tvasteg/"),
    Case("/konto/tvasteg/", "pia", shows="De sex siffrorna"),
    Case("/konto/tvasteg/", "pia", send(form_to("/konto/tvasteg/bekrafta"))),
    Case("/anvandare/", "ada"),
    Case("/anvandare/", "ada", send("main form:has([name=password])"), "lösenord"),
    Case("/anvandare/", "lena"),
    Case("/anvandare/funktioner", "ada"),
    Case("/anvandare/bo/", "ada"),
    Case("/anvandare/bo/", "lena"),
    Case(
        "/anvandare/bo/",
        "ada",
        send("form[action='/anvandare/bo/']", display_name=""),
        "Namn som syns",
    ),
]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{n}-{case.path}") for n, case in enumerate(CASES)]
)
def test_a_page_has_no_known_barrier(house: House, case: Case) -> None:
    page = house.window(case.name)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto(case.path)
    if case.act is not None:
        case.act(page)
    if case.shows:
        expect(page.locator("body")).to_contain_text(case.shows)
    page.evaluate(AXE_SCRIPT)

    for width, scheme, rules in LOOKS_AT_A_STATE if case.act else EVERY_LOOK:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        assert barriers(page, rules) == "", (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert house.attempts == []


def barriers(page: Page, options: Mapping[str, object]) -> str:
    """Return what axe finds, as a report; nothing where it finds nothing."""
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    results = AxeResults(found)
    return results.generate_report() if results.violations_count else ""


def get_endpoints(app: Flask) -> set[str]:
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
    }


def visited(app: Flask) -> set[str]:
    """Return the endpoints that the cases open; a missing page has none."""
    adapter = app.url_map.bind("127.0.0.1")
    found = set()
    for case in CASES:
        try:
            found.add(adapter.match(case.path.partition("?")[0], method="GET")[0])
        except (NotFound, MethodNotAllowed):
            continue
    return found


NO_PAGES: Final = {
    "triage.start": "/",
    "language_choice.show": "/sprak/sv",
    "deciding.following": "/kommentar/1/nasta",
    "deciding.previous": "/kommentar/1/forra",
    "shortcuts.jump": "/ga-till?till=1",
    "queue_views.news": "/ko/nya",
    "removal_log.export": "/logg/export?format=csv",
    "key_figures.export": "/siffror/export?tabell=dagar",
}
"""Addresses that lead on, or answer with a file or a number."""


def test_every_page_that_can_be_opened_is_looked_at(
    sqlite_store: SqlStore, house: House
) -> None:
    app = make_app(sqlite_store)
    known = get_endpoints(app)
    asked = house.window("eva").context.request

    assert known <= set(ALLOWED) | WITHOUT_SIGNING_IN
    assert known == visited(app) | set(NO_PAGES)
    for path in NO_PAGES.values():
        answer = asked.get(path, max_redirects=0)
        is_page = answer.headers["content-type"].startswith("text/html")
        assert answer.status == 302 or not is_page, path
