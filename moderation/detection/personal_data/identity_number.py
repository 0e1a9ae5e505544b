"""Personnummer and samordningsnummer, in all the ways that people write them.

Built by 18 § folkbokföringslagen (1991:481) and 2 kap. lag (2022:1697): six digits for
the date of birth, three digits (001–999) and a check digit. A samordningsnummer has 60
added to the day; month 00 and day 60 stand for a date that is not known. Skatteverket's
published test numbers also hold days beyond the month's end, so they are let through.
An organisationsnummer has at least 20 where the month stands, and so no date.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from stdnum import luhn

from moderation.detection.personal_data import context
from moderation.detection.personal_data.candidate import Candidate, Kind, Variant

_MASK: Final = "xX*#•?"
_WRITTEN: Final = re.compile(
    rf"""
    (?P<date>[0-9](?<![0-9_].)(?<![0-9][-.].)[0-9]
      (?:(?:[0-9]{{2}})?[0-9]{{4}}
        |(?:[0-9]{{2}})?(?P<mark>[-./ ])[0-9]{{2}}(?P=mark)[0-9]{{2}}))
    (?P<gap>[ ]{{0,2}}[-+][ ]{{0,2}}|[ ]{{1,2}}|[/._:]|)
    (?:(?P<last>[0-9]{{4}})(?![0-9_]|-[0-9]|\.[0-9])
      |(?P<masked>(?=[0-9]{{0,2}}[{_MASK}]{{2,4}}(?![\w*#•]))[0-9{_MASK}]{{4}}))
    """,
    re.VERBOSE,
)
_SPREAD: Final = re.compile(
    r"[0-9](?<![0-9_+].)[0-9]{0,7}(?:[ ._\-+*/]{1,3}[0-9]{1,8}){1,11}(?![0-9_])"
)
_ONE_BY_ONE: Final = re.compile(
    r"[0-9](?<![0-9_+].)(?:[ ._\-+*/]{1,3}[0-9](?![0-9_])){9,}"
)
_SOLE_TRADERS_VAT: Final = re.compile(r"SE(?<!\w..) ?([0-9]{6})-?([0-9]{4})01(?![0-9])")
_NOT_DIGIT: Final = re.compile(r"[^0-9]")
_CLOCK: Final = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")
_RECENT: Final = "2015"
"""From this year on, eight digits and a time of day are rather a date and a time."""
_CENTURIES: Final = ("18", "19", "20")
_COORDINATION: Final = 60
_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31
_SHORT: Final = 10
_LONG: Final = 12
_CONFIDENCE: Final = {Variant.SURE: 0.97, Variant.LIKELY: 0.85, Variant.POSSIBLE: 0.4}
_FULL: Final = {
    Variant.SURE: "Giltigt datum, rätt kontrollsiffra och skrivet som ett {}.",
    Variant.LIKELY: (
        "Tio siffror med giltigt datum och kontrollsiffra: troligen ett {}."
    ),
    Variant.POSSIBLE: "Siffrorna ser ut som ett {}, men kan vara något annat.",
}
_BROKEN: Final = (
    "Ser ut som ett {}, men kontrollsiffran stämmer inte: kan vara felskrivet."
)
_MASKED: Final = "Ett födelsedatum följt av dolda siffror: kan vara ett delvis dolt {}."
_SPACED: Final = (
    "Utspridda siffror med giltigt datum och kontrollsiffra: troligen ett {}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """Digits that have the shape of an identity number, and how they are written."""

    text: str
    start: int
    end: int
    kind: Kind
    digits: str
    """The last ten."""
    has_century: bool
    gap: str

    @property
    def is_valid(self) -> bool:
        return luhn.is_valid(self.digits)

    @property
    def is_together(self) -> bool:
        return self.text[self.start : self.end].isdigit()

    @property
    def is_announced(self) -> bool:
        return context.is_announced(context.IDENTITY, self.text, self.start)

    @property
    def is_other(self) -> bool:
        """Whether the words around say that it is another number."""
        if context.is_other_number(self.text, self.start):
            return True
        return context.is_measured(self.text, self.end) or self._is_in_a_link

    @property
    def _is_in_a_link(self) -> bool:
        return self.text[self.start - 1 : self.start] in {"/", "="}

    @property
    def seems_phone(self) -> bool:
        """Whether it is rather a telephone number: 5.6 % of those on 070 pass."""
        if self.has_century or self.is_announced:
            return False
        return self.digits.startswith("07") or self.seems_called

    @property
    def seems_called(self) -> bool:
        """Whether the words around tell to ring it."""
        if self.has_century or not self.digits.startswith("0"):
            return False
        return context.is_announced(context.CALL, self.text, self.start)


def find_identity_numbers(text: str) -> Iterator[Candidate]:
    """Yield the places of personnummer and samordningsnummer."""
    for match in _WRITTEN.finditer(text):
        candidate = _written(match)
        if candidate is not None:
            yield candidate
    for match in chain(_SPREAD.finditer(text), _ONE_BY_ONE.finditer(text)):
        candidate = _spread(match)
        if candidate is not None:
            yield candidate
    for match in _SOLE_TRADERS_VAT.finditer(text):
        candidate = _vat(match)
        if candidate is not None:
            yield candidate


def kind_of(date: str, *, century: str, serial: str) -> Kind | None:
    """Return what six digits and the serial after them may be, or None.

    The century is two digits. The serial is three digits, or fewer if some are hidden.
    """
    month, day = int(date[2:4]), int(date[4:])
    if serial == "000" or month > _LAST_MONTH:
        return None
    if day >= _COORDINATION:
        known = day - _COORDINATION <= _LAST_DAY
        return Kind.SAMORDNINGSNUMMER if known else None
    if month == 0 or day == 0:
        return None
    last = calendar.monthrange(int(century + date[:2]), month)[1]
    return Kind.PERSONNUMMER if day <= last else None


def _written(match: re.Match[str]) -> Candidate | None:
    digits = _NOT_DIGIT.sub("", match["date"])
    date, century = digits[-6:], digits[:-6]
    if century and century not in _CENTURIES:
        return None
    # Before 100 years of age the sign is a dash, so such a person is born from 1900 on;
    # only the year 00 is a leap year in one century and not in the other.
    assumed = "19" if "+" in match["gap"] else "20"
    serial = (match["last"] or match["masked"])[:3]
    kind = kind_of(date, century=century or assumed, serial=serial)
    if kind is None:
        return None
    number = _Number(
        text=match.string,
        start=match.start(),
        end=match.end(),
        kind=kind,
        digits=date + (match["last"] or ""),
        has_century=bool(century),
        gap=match["gap"],
    )
    if match["masked"]:
        return _candidate(number, Variant.POSSIBLE, _MASKED)
    is_time = not match["gap"].strip() and bool(_CLOCK.fullmatch(match["last"]))
    is_apart = bool(match["gap"]) and (bool(match["mark"]) or digits > _RECENT)
    return _judged(number, may_be_time=is_time and is_apart)


def _judged(number: _Number, *, may_be_time: bool) -> Candidate | None:
    if not number.is_valid:
        return _broken(number)
    if may_be_time and not number.is_announced:
        return _candidate(number, Variant.POSSIBLE)
    if number.is_together:
        return _together(number)
    if number.gap.isspace() and number.seems_called:
        return _candidate(number, Variant.POSSIBLE)
    return _candidate(number, Variant.SURE)


def _together(number: _Number) -> Candidate:
    if number.seems_phone or number.is_other:
        return _candidate(number, Variant.POSSIBLE)
    return _candidate(number, Variant.SURE if number.has_century else Variant.LIKELY)


def _broken(number: _Number) -> Candidate | None:
    """Return a number with a wrong check digit, unless it is plainly something else."""
    if number.seems_phone and (number.is_together or number.gap.isspace()):
        return None
    if number.is_other and "-" not in number.gap:
        return None
    if number.gap.isspace() and _CLOCK.fullmatch(number.digits[-4:]):
        return None
    return _candidate(number, Variant.POSSIBLE, _BROKEN)


def _spread(match: re.Match[str]) -> Candidate | None:
    """Return a number whose digits are spread out, one by one or in odd groups."""
    if len(match.group()) <= _SHORT:
        return None
    digits = _NOT_DIGIT.sub("", match.group())
    if len(digits) not in {_SHORT, _LONG} or _WRITTEN.fullmatch(match.group()):
        return None
    century = digits[:-_SHORT]
    if century and century not in _CENTURIES:
        return None
    ten = digits[-_SHORT:]
    kind = kind_of(ten[:6], century=century or "20", serial=ten[6:9])
    if kind is None or not luhn.is_valid(ten):
        return None
    number = _Number(
        text=match.string,
        start=match.start(),
        end=match.end(),
        kind=kind,
        digits=ten,
        has_century=bool(century),
        gap=" ",
    )
    return _judged_spread(number, one_by_one=not re.search(r"[0-9]{2}", match.group()))


def _judged_spread(number: _Number, *, one_by_one: bool) -> Candidate:
    if number.seems_phone or number.is_other:
        return _candidate(number, Variant.POSSIBLE)
    if number.has_century and (one_by_one or number.is_announced):
        return _candidate(number, Variant.SURE)
    if number.has_century or one_by_one or number.is_announced:
        return _candidate(number, Variant.LIKELY, _SPACED)
    return _candidate(number, Variant.POSSIBLE)


def _vat(match: re.Match[str]) -> Candidate | None:
    """Return a sole trader's personnummer inside a Swedish VAT number."""
    date, last = match.groups()
    kind = kind_of(date, century="20", serial=last[:3])
    if kind is None or not luhn.is_valid(date + last):
        return None
    return Candidate(
        kind=kind,
        start=match.start(1),
        end=match.end(2),
        confidence=_CONFIDENCE[Variant.LIKELY],
        explanation=f"Momsnumret hör till en enskild firma och innehåller ett {kind}.",
    )


def _candidate(
    number: _Number, variant: Variant, explanation: str | None = None
) -> Candidate:
    return Candidate(
        kind=number.kind,
        start=number.start,
        end=number.end,
        confidence=_CONFIDENCE[variant],
        explanation=(explanation or _FULL[variant]).format(number.kind),
    )
