"""The pictures of the documentation, taken anew.

    python -m tests.browser.pictures

A made-up fortnight is served on this machine only and looked at with Chromium.
"""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from moderation.bootstrap import Services
from moderation.settings import Settings
from tests.browser.conftest import ARGUMENTS, CHROMIUM, serving
from tests.browser.fortnight import PASSWORD, fill
from webui import create_app

FOLDER: Final = Path(__file__).parents[2] / "docs" / "bilder"
LAST: Final = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
DESK: Final = {"width": 1280, "height": 860}
PHONE: Final = {"width": 390, "height": 844}
PAGES: Final = {
    "logg": "/logg/",
    "siffror": "/siffror/?dagar=30",
}


def main() -> None:
    """Fill an archive, serve it, and take every picture."""
    with tempfile.TemporaryDirectory(prefix="uppsikt-") as folder:
        settings = Settings(database=f"sqlite:///{Path(folder) / 'pictures.sqlite3'}")
        services = Services(settings)
        services.now = lambda: LAST
        with closing(services.store):
            fill(services, LAST)
            app = create_app(services, secret_key="en nyckel för bilder")
            with serving(app) as address, sync_playwright() as playwright:
                chromium = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=ARGUMENTS
                )
                _take_all(chromium, address)
                chromium.close()


def _take_all(chromium: Browser, address: str) -> None:
    with _signed_in(chromium, address, "eva", DESK) as page:
        _moderators_day(page, "")
        page.goto("/att-gora/")
        _take(page, "att-gora")
    with _signed_in(chromium, address, "eva", PHONE) as page:
        _moderators_day(page, "-telefon")


@contextmanager
def _signed_in(
    chromium: Browser, address: str, name: str, size: dict[str, int]
) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=size, locale="sv-SE", base_url=address, reduced_motion="reduce"
    )
    context.set_default_timeout(60_000)
    with closing(context):
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Användarnamn").fill(name)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_url("**/ko/**")
        yield page


def _moderators_day(page: Page, kind: str) -> None:
    page.goto("/ko/")
    _take(page, f"ko{kind}")
    page.locator("a.row-link").first.click()
    page.wait_for_load_state()
    _take(page, f"kommentar{kind}")
    size = page.viewport_size or DESK
    # The card scrolls in its column: a picture of all of it needs the room.
    page.set_viewport_size({**size, "height": 2_400})
    page.locator(".panel-hide > summary").click()
    page.locator("[data-kind='1']").click()
    page.locator("[data-ground='bbs_uppvigling']").click()
    page.mouse.move(0, 0)
    page.locator(".panel-hide").screenshot(path=FOLDER / f"bbs-kort{kind}.png")
    page.set_viewport_size(size)
    for name, path in PAGES.items():
        page.goto(path)
        _take(page, f"{name}{kind}")


def _take(page: Page, name: str) -> None:
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
