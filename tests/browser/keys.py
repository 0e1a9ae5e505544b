"""What a person at the keyboard does, without a mouse."""

import pytest
from playwright.sync_api import Locator, Page, expect

SLOW = 30_000
"""Milliseconds that a machine under load may take for a page."""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def go(page: Page, *keys: str) -> None:
    """Press keys of which the last one leads to another page, and wait for its keys."""
    press(page, *keys[:-1])
    with page.expect_navigation(wait_until="domcontentloaded", timeout=SLOW):
        page.keyboard.press(keys[-1])


def tab_to(page: Page, selector: str, *, key: str = "Tab") -> None:
    """Press Tab until the focus is there."""
    for _ in range(150):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} does not reach {selector}")


def write(page: Page, text: str) -> None:
    """Type in place of what stands in the field."""
    press(page, "Control+A")
    page.keyboard.type(text)


def jump_to(page: Page, number: int) -> None:
    """Open a comment by its number."""
    press(page, "Control+k")
    page.keyboard.type(str(number))
    go(page, "Enter")


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words, timeout=SLOW)


def comment(page: Page) -> Locator:
    """Return the comment that is open."""
    return page.locator(".comment-text")
