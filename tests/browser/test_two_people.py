"""Two people, two browsers, and a server that is really killed and started again."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from moderation import log
from moderation.storage import SqlStore
from tests.browser.conftest import fill_queue
from tests.browser.keys import SLOW
from tests.browser.test_journey import hide_the_open_comment, sign_in

pytestmark = pytest.mark.browser

WORDS = "Jag hann skriva ett helt resonemang."
THREAT = re.compile("Jag ska slå dig")


class Server:
    """`uppsikt serve` as a process of its own, on the same port each time."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._port = "0"
        self.address = ""
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.journeys.command", "serve"]
        self._process = subprocess.Popen(
            [*command, "--port", self._port, "--database", str(self._database)],
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        self.address = said.removeprefix("Uppsikt finns på ").strip().rstrip("/")
        self._port = self.address.rpartition(":")[2]

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


@pytest.fixture
def server(sqlite_store: SqlStore, tmp_path: Path) -> Iterator[Server]:
    fill_queue(sqlite_store)
    running = Server(tmp_path / "uppsikt.sqlite3")
    yield running
    running.kill()


@pytest.fixture
def evas(chromium: Browser, server: Server) -> Iterator[BrowserContext]:
    """Eva's browser, where she is signed in."""
    with closing(chromium.new_context(locale="sv-SE")) as context:
        context.set_default_timeout(SLOW)
        sign_in(context.new_page(), server.address)
        yield context


@pytest.fixture
def lena(chromium: Browser, server: Server) -> Iterator[Page]:
    with closing(chromium.new_context(locale="sv-SE")) as context:
        context.set_default_timeout(SLOW)
        page = context.new_page()
        sign_in(page, server.address, "lena")
        yield page


def type_words(page: Page, words: str) -> None:
    """Type in the hide panel and wait until the draft is kept."""
    panel = page.locator(".panel-hide")
    if panel.get_attribute("open") is None:
        panel.locator("summary").first.click()
    kept = panel.locator("[data-draft-told]")
    with page.expect_response(re.compile("/utkast$"), timeout=SLOW):
        page.locator("#hide-reasons").fill(words)
    expect(kept).to_contain_text("Utkastet är sparat", timeout=SLOW)


def take_over(page: Page) -> None:
    """Take over; without an answer to the question nothing happens."""
    page.get_by_role("button", name="Ta över kommentaren").click()
    expect(page.get_by_text("Skriv en mening om varför du tar över.")).to_be_visible()
    page.get_by_label("Varför tar du över?").fill("Eva sitter i möte.")
    page.get_by_role("button", name="Ta över kommentaren").click()
    expect(page.get_by_role("status").first).to_contain_text("Nu bedömer du")


def test_a_draft_survives_a_killed_server_a_lost_lease_and_a_closed_tab(
    evas: BrowserContext, lena: Page, server: Server, sqlite_store: SqlStore
) -> None:
    eva = evas.pages[0]
    eva.get_by_role("link", name=THREAT).click()
    type_words(eva, "Jag hann skriva")
    server.kill()
    server.start()
    type_words(eva, WORDS)

    lena.goto(f"{server.address}/ko/")
    expect(lena.get_by_text(re.compile(r"Eva bedömer sedan \d\d:\d\d"))).to_be_visible()
    lena.get_by_role("link", name=THREAT).click()
    expect(lena.locator(".panel-hide")).to_have_count(0)
    take_over(lena)
    item = eva.url
    eva.close()
    server.kill()
    server.start()

    again = evas.new_page()
    again.goto(item)
    expect(again.get_by_text(re.compile("Lena bedömer sedan"))).to_be_visible()
    expect(again.get_by_role("region", name="Ditt utkast")).to_contain_text(WORDS)
    lena.reload()
    lena.get_by_role("button", name="Lämna").click()
    expect(lena.get_by_role("status")).to_contain_text("Du har lämnat")
    again.reload()
    expect(again.locator("#hide-reasons")).to_have_value(WORDS)
    hide_the_open_comment(again, is_open=True)
    expect(again.get_by_role("status").first).to_contain_text("sparat i loggen")
    assert sqlite_store.draft("eva", 1) is None
    assert log.verify(sqlite_store).is_sound


def test_who_comes_too_late_sees_both_decisions_and_keeps_the_words(
    evas: BrowserContext, lena: Page, server: Server, sqlite_store: SqlStore
) -> None:
    eva = evas.pages[0]
    eva.get_by_role("link", name=THREAT).click()
    type_words(eva, WORDS)
    lena.goto(eva.url)
    take_over(lena)

    eva.locator(".panel-hide select[name=ground]").select_option(
        label="Grovt personangrepp"
    )
    eva.get_by_role("button", name="Dölj kommentaren").click()
    expect(eva.get_by_role("heading", level=1)).to_contain_text("Lena bedömer sedan")
    mine = eva.get_by_role("region", name="Det du skrev")
    expect(mine).to_contain_text(WORDS)
    expect(mine).to_contain_text("Det är sparat som utkast")
    lena.locator(".panel-keep > summary").click()
    lena.get_by_label("Felträff").check()
    lena.get_by_role("button", name="Behåll kommentaren").click()
    expect(lena.get_by_role("status").first).to_contain_text("får stå kvar")
    eva.get_by_label("Varför tar du över?").fill("Jag var först.")
    eva.get_by_role("button", name="Ta över kommentaren").click()

    expect(eva.get_by_role("region", name="Det som beslutades")).to_contain_text(
        "Behållen av Lena"
    )
    assert [e.payload["moderator"] for e in sqlite_store.log_entries()] == ["lena"]
    draft = sqlite_store.draft("eva", 1)
    assert draft is not None
    assert draft.fields["reasons"] == [WORDS]
    eva.goto(f"{server.address}/kommentar/1")
    expect(eva.get_by_role("region", name="Ditt utkast")).to_contain_text(WORDS)
