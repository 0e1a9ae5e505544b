"""A real Chromium against a real server, both on this machine only."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from waitress.server import create_server
from waitress.wasyncore import close_all

from moderation import intake
from moderation.domain.category import Category
from moderation.domain.user import Role
from moderation.grounds import load_grounds
from moderation.storage import SqlStore, open_store
from tests.browser.house import House, fill
from tests.browser.keys import SLOW
from tests.factories import a_finding, a_user, a_verdict, an_assessed_comment
from tests.webui.conftest import password_hash
from tests.webui.visitor import PageServices
from webui import create_app

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LANGUAGE = {"LC_ALL": "C.UTF-8", "LANGUAGE": "en_US"}
"""The browser's own, which decides in what order its date fields are typed."""
MOMENT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


# A machine under load may take long over a page; nothing waits longer than it must.
expect.set_options(timeout=SLOW)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, env={**os.environ, **LANGUAGE}
        )
        yield browser
        browser.close()


@pytest.fixture
def address(sqlite_store: SqlStore) -> Iterator[str]:
    """Serve the pages with two comments in the queue, until the test ends."""
    fill_queue(sqlite_store)
    with serving(make_app(sqlite_store)) as served:
        yield served


def make_app(store: SqlStore) -> Flask:
    services = PageServices(store, load_grounds(), MOMENT)
    return create_app(services, secret_key="en nyckel för prov")


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free port, and say where."""
    sockets: dict[int, object] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # Only the server's own thread can close its sockets without disturbing itself.
    with suppress(OSError):
        # It may do so before the pull itself, which then finds the trigger closed.
        server.trigger.pull_trigger(lambda: close_all(sockets))
    thread.join()
    server.task_dispatcher.shutdown()


@pytest.fixture(scope="session")
def house(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Serve pages where every kind of thing has happened, to all tests that read."""
    file = tmp_path_factory.mktemp("house") / "uppsikt.sqlite3"
    with closing(open_store(str(file))) as store:
        app = make_app(store)
        fill(store, app, MOMENT)
        with serving(app) as served, House(served, app, chromium) as standing:
            yield standing


def fill_queue(store: SqlStore) -> None:
    """Put two comments in the queue, and let Eva and Lena in."""
    rude = a_verdict(a_finding(Category.PROFANITY, end=3))
    intake.record(
        [
            an_assessed_comment(external_id="1"),
            an_assessed_comment("Fan vad dyrt", external_id="2", verdict=rude),
        ],
        store=store,
        now=lambda: MOMENT,
    )
    with store.transaction() as tx:
        hashed = password_hash()
        tx.add_user(a_user("eva", password_hash=hashed))
        tx.add_user(a_user("lena", role=Role.OFFICER, password_hash=hashed))


@dataclass
class Outside:
    """What pages tried to load from beyond this machine, and what they broke."""

    attempts: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def refuse(self, route: Route) -> None:
        """Let loopback through, and note and stop everything else."""
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
            return
        self.attempts.append(route.request.url)
        route.abort()


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture(params=[1280, 390])
def page(
    request: pytest.FixtureRequest, chromium: Browser, outside: Outside
) -> Iterator[Page]:
    """Open a window as wide as a desk's or a phone's, that sees only this machine."""
    size = {"width": request.param, "height": 844}
    with closing(chromium.new_context(viewport=size, locale="sv-SE")) as context:
        context.route("**/*", outside.refuse)
        window = context.new_page()
        window.on("pageerror", lambda error: outside.complaints.append(str(error)))
        window.on(
            "console",
            lambda said: (
                outside.complaints.append(said.text)
                if "Content Security Policy" in said.text
                else None
            ),
        )
        yield window
