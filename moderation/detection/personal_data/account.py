"""IBAN, payment cards, bankgiro, plusgiro and Swedish bank accounts."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from stdnum import iban, luhn

from moderation.detection.personal_data import context
from moderation.detection.personal_data.candidate import Candidate, Kind

_IBAN: Final = re.compile(
    r"[0-9](?<=(?<![0-9A-Za-z])[A-Za-z]{2}.)[0-9]"
    r"(?:[ -]?[0-9A-Za-z]){11,30}(?![0-9A-Za-z])"
)
_IBAN_GROUP_END: Final = re.compile(r"(?<=[0-9A-Za-z])(?![0-9A-Za-z])")
_CARD: Final = re.compile(
    r"[0-9]{4}(?<![\w/=+]....)(?<![0-9][.,:-]....)(?:[0-9]{9,12}"
    r"|(?P<mark>[ -])[0-9]{4}(?P=mark)[0-9]{4}(?P=mark)[0-9]{4}"
    r"|(?<=3...)(?P<amex>[ -])[0-9]{6}(?P=amex)[0-9]{4,5})(?![\w-])"
)
_ISSUER: Final = re.compile(
    r"4(?:.{12}|.{15})$|5[1-5].{14}$|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720).{12,14}$"
    r"|3[47].{13}$|6(?:011|5..).{12}$|3(?:0[0-5]|[68].).{11}$"
)
_BANKGIRO: Final = re.compile(
    r"[0-9](?<![\w/-].)(?<![0-9] .)[0-9]{2,3}-[0-9]{4}(?![\w-]| [0-9])"
)
_GIRO_WORD: Final = re.compile(
    r"(?<!\w)(?:(?P<bank>bankgiro\w*|bg(?:-?nr)?)|plusgiro\w*|postgiro\w*|pg(?:-?nr)?)"
    r"[ .:]{0,3}(?:nr|nummer|är)?[ .:]{0,3}"
    r"(?P<number>[0-9](?:[ -]{0,3}[0-9]){1,8})(?![\w-])",
    re.IGNORECASE,
)
_ACCOUNT_WORD: Final = re.compile(
    r"(?:konto(?:t|nr|nummer|numret)?|clearing\w{0,20})(?!\w)", re.IGNORECASE
)
_ACCOUNT: Final = re.compile(
    r"(?<![\w/-])[1-9][0-9]{3}(?:-[0-9])?"
    r"(?:[ ,.-]{1,3}(?:konto(?:nr|nummer)?[ .:]{0,3})?)?"
    r"[0-9](?:[ .-]?[0-9]){5,9}(?![\w-])",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(r"(?:1[5-9]|20)[0-9]{2}-(?:1[5-9]|20)[0-9]{2}")
_HOURS: Final = re.compile(
    r"(?:[01]?[0-9]|2[0-4])[0-5][0-9]-(?:[01][0-9]|2[0-4])[0-5][0-9]"
)
_BANKGIRO_LENGTHS: Final = (7, 8)
_PLUSGIRO_LENGTHS: Final = range(2, 9)
_ACCOUNT_REACH: Final = 40
_MOST_IBANS: Final = 100
"""Tried in one comment; each takes a tenth of a millisecond."""


def find_ibans(text: str) -> Iterator[Candidate]:
    """Yield the places of IBANs with a right length and check digits."""
    for match in islice(_IBAN.finditer(text), _MOST_IBANS):
        start = match.start() - 2
        length = _iban_length(text[start : match.end()])
        if length is not None:
            yield Candidate(
                kind=Kind.IBAN,
                start=start,
                end=start + length,
                confidence=0.9,
                explanation="Ett internationellt kontonummer (IBAN) med rätt "
                "kontrollsiffror.",
            )


def _iban_length(written: str) -> int | None:
    """Return how much of the text is the IBAN: words may follow it."""
    for end in reversed([m.start() for m in _IBAN_GROUP_END.finditer(written)]):
        if iban.is_valid(written[:end]):
            return end
    return None


def find_cards(text: str) -> Iterator[Candidate]:
    """Yield the places of payment cards of a known issuer with a right check digit."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if not _ISSUER.match(digits) or not luhn.is_valid(digits):
            continue
        if context.is_other_number(text, match.start()):
            continue
        yield Candidate(
            kind=Kind.PAYMENT_CARD,
            start=match.start(),
            end=match.end(),
            confidence=0.6 if match.group().isdigit() else 0.9,
            explanation="Siffror med ett kortföretags början och rätt "
            "kontrollsiffra: troligen ett betalkort.",
        )


def find_accounts(text: str) -> Iterator[Candidate]:
    """Yield the places of bankgiro, plusgiro and Swedish bank accounts."""
    lowered = text.lower()
    announced: list[Candidate] = []
    if "giro" in lowered or "bg" in lowered or "pg" in lowered:
        announced = list(_announced_giros(text))
    yield from announced
    yield from _bare_bankgiros(text, besides={giro.start for giro in announced})
    if "konto" in lowered or "clearing" in lowered:
        yield from _bank_accounts(text)


def _announced_giros(text: str) -> Iterator[Candidate]:
    for match in _GIRO_WORD.finditer(text):
        digits = re.sub(r"\D", "", match["number"])
        lengths = _BANKGIRO_LENGTHS if match["bank"] else _PLUSGIRO_LENGTHS
        if len(digits) not in lengths or not luhn.is_valid(digits):
            continue
        start, end = match.span("number")
        if context.is_near(context.PUBLIC_SERVICE, text, match.start(), end):
            yield _giro(
                start, end, 0.3, "Ett gironummer som verkar höra till en myndighet."
            )
            continue
        yield _giro(
            start, end, 0.6, "Ett bankgiro eller plusgiro med rätt kontrollsiffra."
        )


def _bare_bankgiros(text: str, *, besides: set[int]) -> Iterator[Candidate]:
    for match in _BANKGIRO.finditer(text):
        written = match.group()
        if match.start() in besides:
            continue
        if _YEARS.fullmatch(written) or _HOURS.fullmatch(written):
            continue
        if written.startswith("0") or context.is_other_number(text, match.start()):
            continue
        if luhn.is_valid(written.replace("-", "")):
            yield _giro(*match.span(), 0.4, "Siffror som kan vara ett bankgironummer.")


def _giro(start: int, end: int, confidence: float, explanation: str) -> Candidate:
    return Candidate(
        kind=Kind.BANK_ACCOUNT,
        start=start,
        end=end,
        confidence=confidence,
        explanation=explanation,
    )


def _bank_accounts(text: str) -> Iterator[Candidate]:
    last_end = 0
    for word in _ACCOUNT_WORD.finditer(text):
        match = _ACCOUNT.search(
            text, max(word.end(), last_end), word.end() + _ACCOUNT_REACH
        )
        if match is None or context.is_measured(text, match.end()):
            continue
        last_end = match.end()
        yield _giro(
            *match.span(),
            0.7,
            "Clearingnummer och kontonummer till ett svenskt bankkonto.",
        )
