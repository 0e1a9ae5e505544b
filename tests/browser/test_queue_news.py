from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from moderation.storage import SqlStore
from tests.browser.conftest import MOMENT, Outside
from tests.factories import an_assessed_comment
from tests.webui.visitor import PASSWORD

pytestmark = pytest.mark.browser


def test_the_page_tells_of_what_has_come_and_the_list_stays(
    address: str, page: Page, outside: Outside, sqlite_store: SqlStore
) -> None:
    page.clock.install()
    page.goto(address)
    page.locator("input[name=user_name]").fill("eva")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.locator(".row")).to_have_count(2)
    page.wait_for_load_state("load")
    with sqlite_store.transaction() as tx:
        new = an_assessed_comment(external_id="ny")
        tx.record_many([new], received_at=MOMENT + timedelta(minutes=1))

    page.clock.fast_forward(31_000)

    expect(page.get_by_role("link", name="Visa 1 nya")).to_be_visible()
    expect(page.locator(".row")).to_have_count(2)
    assert outside.attempts == []
    assert outside.complaints == []
