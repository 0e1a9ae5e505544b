"""Telephone numbers, Swedish and foreign."""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

from moderation.detection.personal_data import context
from moderation.detection.personal_data.candidate import Candidate, Kind

_NUMBER: Final = re.compile(
    r"[+(04](?<![\w/=#@].)(?<![0-9][.,:+-].)"
    r"(?:(?<=\+) ?\(?[0-9]|(?<=\()(?:\+[0-9]|0)|(?<=0)(?!0[ -]?0)|(?<=4)(?=6[ -]?7))"
    r"(?:[ \-/.()]{0,3}[0-9]){6,14}(?![0-9@])"
)
_GROUP: Final = re.compile(r"[0-9]+")
_DATE_OR_HOURS: Final = re.compile(
    r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{4}"
    r"|[0-9]{2}[./]?[0-9]{2} ?- ?[0-9]{2}[./]?[0-9]{2}"
    r"|[0-9]{6}-[0-9]{4}"
    r"|[0-9]+-(?:19|20)[0-9]{2}-[0-9]+"
)
_PAIRS_OF_A_MOBILE: Final = re.compile(r"07(?:[ .-][0-9]{2}){4}")
_SWEDEN: Final = 46
_NATIONAL_LENGTHS: Final = range(8, 12)
_INTERNATIONAL_LENGTHS: Final = range(9, 17)
_LONGEST_AREA_CODE: Final = 4
_SHORT_BARE: Final = 9
_MOST_TRIED: Final = 1000
"""More candidates in one comment would take more than half a second."""
_SWITCHBOARD: Final = "0000"
_PUBLIC_TYPES: Final = frozenset(
    {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.UAN,
    }
)
_MOBILE: Final = (0.8, "Ett svenskt mobilnummer.")
_LANDLINE: Final = (0.7, "Ett telefonnummer till fast telefon.")
_FOREIGN: Final = (0.7, "Ett utländskt telefonnummer.")
_PUBLIC: Final = (
    0.4,
    "Ett telefonnummer som verkar gå till en myndighet, ett företag eller en växel.",
)
_BARE: Final = (0.4, "Siffror som kan vara ett telefonnummer, men inte säkert är det.")


def find_phones(text: str) -> Iterator[Candidate]:
    """Yield the places of telephone numbers that are in use in their country."""
    at = 0
    for _ in range(_MOST_TRIED):
        match = _NUMBER.search(text, at)
        if match is None:
            return
        candidate = _longest(match)
        at = candidate.end if candidate else _end_of_first_group(match)
        if candidate and not context.is_other_number(text, candidate.start):
            yield candidate


def _end_of_first_group(match: re.Match[str]) -> int:
    group = _GROUP.search(match.string, match.start())
    return group.end() if group else match.end()


def _longest(match: re.Match[str]) -> Candidate | None:
    """Return the longest whole groups of digits that make a telephone number."""
    for length in _lengths(match.group()):
        written = match.group()[:length]
        judged = _judge(written, match.string, match.start())
        if judged is not None:
            confidence, explanation = judged
            return Candidate(
                kind=Kind.PHONE,
                start=match.start(),
                end=match.start() + length,
                confidence=confidence,
                explanation=explanation,
            )
    return None


def _lengths(written: str) -> list[int]:
    """Return where a number may end, farthest first."""
    wanted = _NATIONAL_LENGTHS if _is_national(written) else _INTERNATIONAL_LENGTHS
    ends: list[int] = []
    digits = 0
    for group in _GROUP.finditer(written):
        digits += len(group.group())
        if digits in wanted:
            ends.append(group.end())
    return ends[::-1]


def _is_national(written: str) -> bool:
    digits = written.lstrip("(")
    return digits.startswith("0") and not digits.startswith("00")


def _judge(written: str, text: str, start: int) -> tuple[float, str] | None:
    """Return the confidence and the explanation, or None for no number in use."""
    end = start + len(written)
    if context.is_measured(text, end) or not _has_the_shape(written):
        return None
    number = _parsed(written)
    kind = phonenumbers.number_type(number) if number else PhoneNumberType.UNKNOWN
    if number is None or kind == PhoneNumberType.UNKNOWN:
        return None
    if _is_unclear(written, text, start):
        return _BARE
    if kind in _PUBLIC_TYPES or _is_public(number, text, start, end):
        return _PUBLIC
    return _private(number, kind)


def _private(number: PhoneNumber, kind: int) -> tuple[float, str]:
    if number.country_code != _SWEDEN:
        return _FOREIGN
    return _MOBILE if kind == PhoneNumberType.MOBILE else _LANDLINE


def _has_the_shape(written: str) -> bool:
    if _DATE_OR_HOURS.fullmatch(written):
        return False
    if "." in written and re.search(r"[ /-]", written):
        return False
    if not _is_national(written) or written.isdigit():
        return True
    first = written.lstrip("(")
    area = _GROUP.match(first)
    if area is None:
        return False
    return (
        _is_area_code(area.group()) or _PAIRS_OF_A_MOBILE.fullmatch(first) is not None
    )


def _is_area_code(group: str) -> bool:
    if len(group) <= 2:  # noqa: PLR2004 - Stockholm has the only code this short
        return group == "08"
    return len(group) <= _LONGEST_AREA_CODE or group.startswith("07")


def _parsed(written: str) -> PhoneNumber | None:
    digits = "".join(_GROUP.findall(written))
    if _is_national(written):
        return PhoneNumber(country_code=_SWEDEN, national_number=int(digits))
    digits = digits.removeprefix("00")
    if digits.startswith(str(_SWEDEN)):
        return PhoneNumber(country_code=_SWEDEN, national_number=int(digits[2:]))
    if not written.lstrip("(").startswith(("+", "00")):
        return None
    try:
        return phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return None


def _is_unclear(written: str, text: str, start: int) -> bool:
    """Say whether digits without a sign or a word may be anything."""
    if not written.isdigit() or context.is_announced(context.PHONE, text, start):
        return False
    return written.startswith("46") or len(written) <= _SHORT_BARE


def _is_public(number: PhoneNumber, text: str, start: int, end: int) -> bool:
    """Say whether the words around, or the number itself, point to an office."""
    if context.is_announced(context.OWNED, text, start):
        return False
    if str(number.national_number).endswith(_SWITCHBOARD):
        return True
    return context.is_near(context.PUBLIC_SERVICE, text, start, end)
