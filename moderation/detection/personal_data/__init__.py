"""Finding personal data in comments as they were written."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from moderation.detection.personal_data.account import (
    find_accounts,
    find_cards,
    find_ibans,
)
from moderation.detection.personal_data.address import find_addresses
from moderation.detection.personal_data.candidate import Candidate
from moderation.detection.personal_data.email import find_emails
from moderation.detection.personal_data.identity_number import find_identity_numbers
from moderation.detection.personal_data.legible import (
    Legible,
    has_many_digits,
    is_worth_reading,
    legible,
)
from moderation.detection.personal_data.phone import find_phones
from moderation.detection.personal_data.plate import find_plates
from moderation.domain.category import Category
from moderation.domain.finding import Finding

_Finder = Callable[[str], Iterable[Candidate]]

_IN_LONG_NUMBERS: Final[tuple[_Finder, ...]] = (
    find_identity_numbers,
    find_ibans,
    find_cards,
    find_phones,
    find_accounts,
)
_IN_ANY_TEXT: Final[tuple[_Finder, ...]] = (find_emails, find_plates, find_addresses)
_MOST_OF_ONE_KIND: Final = 500
"""More places than this in one comment would cost time and tell nothing new."""


def find_personal_data(text: str) -> tuple[Finding, ...]:
    """Return the personal data in a text, in reading order and without overlaps.

    Spans are code points in the text as given. At most 500 places are looked at by
    each of the eight finders.
    """
    if not is_worth_reading(text):
        return ()
    readable = legible(text)
    return tuple(_finding(c, readable) for c in _without_overlaps(_all_in(readable)))


def _all_in(readable: Legible) -> list[Candidate]:
    text = readable.text
    finders = _IN_ANY_TEXT
    if has_many_digits(text):
        finders = _IN_LONG_NUMBERS + _IN_ANY_TEXT
    return [c for find in finders for c in islice(find(text), _MOST_OF_ONE_KIND)]


def _without_overlaps(candidates: list[Candidate]) -> list[Candidate]:
    """Let the strongest candidate for each place win."""
    kept: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=_strongest_first):
        places = range(candidate.start, candidate.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def _strongest_first(candidate: Candidate) -> tuple[int, float, int]:
    return candidate.precedence, -candidate.confidence, candidate.start


def _finding(candidate: Candidate, readable: Legible) -> Finding:
    return Finding(
        category=Category.PERSONAL_DATA,
        source=f"personal_data:{candidate.kind}",
        confidence=candidate.confidence,
        explanation=candidate.explanation,
        span=readable.original(candidate.start, candidate.end),
        variant=candidate.variant,
    )
