"""Numbers in addresses."""

from typing import Final

from werkzeug.routing import IntegerConverter, Map

LARGEST: Final = 2**63 - 1
"""What the databases can compare with; anything larger names nothing."""

PAGE_SIZE: Final = 25
LAST_PAGE: Final = 100_000
_LONGEST: Final = 19
"""Digits of the largest number."""


class NumberConverter(IntegerConverter):
    """A number that a database can hold; other addresses are not found."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def page_number(text: str | None) -> int:
    """Return the page asked for, from 1; nonsense is the first page."""
    if text is None or not text.isascii() or not text.isdigit():
        return 1
    # No page has a number this long, and Python refuses to read much longer ones.
    return min(max(int(text[:9]), 1), LAST_PAGE)


def row_number(text: str | None) -> int | None:
    """Return a number that a database can hold, or None for nonsense."""
    if text is None or not text.isascii() or not text.isdigit():
        return None
    return min(int(text[:_LONGEST]), LARGEST)
