"""Swedish registration plates: three letters, two digits, and a digit or a letter.

By Transportstyrelsen's rules I, Q, V, Å, Ä and Ö are not used, nor O in the last place.
"""

import re
from collections.abc import Iterator
from typing import Final

from moderation.detection.personal_data import context
from moderation.detection.personal_data.candidate import Candidate, Kind

LETTER: Final = "A-HJ-PR-UW-Za-hj-pr-uw-z"
_LAST_LETTER: Final = "A-HJ-NPR-UW-Za-hj-npr-uw-z"
_DIGITS: Final = re.compile(
    rf"[0-9]{{2}}[0-9{_LAST_LETTER}]"
    rf"(?:(?<=(?<!\w)[{LETTER}]{{3}}...)|(?<=(?<!\w)[{LETTER}]{{3}}[ -]...))"
    rf"(?!\w|-[0-9]|[.,:][0-9])"
)
_ABBREVIATIONS: Final = """
ABB AGS AKT ART BBR BUS CET CHF CSN DEL DET DKK DNR DSS EAN EEG EKO EUR FAX FEM FSC
FYR GBP GDR GPS HAN HAR HEM HON HUS HSB HSL HTC IKT JAG KAP KBT KLO KOL KOM KRO LAG
LED LGH LSS LUF MAN MAX MED MEN MER NOK NUM NYA OCH OCR OSL PBL PER PTS RAD REA RUM
SAL SAP SBF SEK SEN SES SFS SKR SMS SOL SOM SOU SSL STE SUB TAL TAR TEL TEN TJO TRE
USA USB USD UTE
"""
_NOT_PLATES: Final = frozenset(_ABBREVIATIONS.split())
"""Abbreviations and words that often stand before a number."""

_SMALL: Final = re.compile(r"[a-zåäö]")
_CONFIDENCE: Final = 0.6
_EXPLANATION: Final = (
    "Tre bokstäver och tre tecken som i ett registreringsnummer för ett fordon."
)


def find_plates(text: str) -> Iterator[Candidate]:
    """Yield the places of registration plates."""
    for match in _DIGITS.finditer(text):
        joined = text[match.start() - 1].isalpha()
        start = match.start() - (3 if joined else 4)
        if _is_plate(text, start, match.end(), joined=joined):
            yield Candidate(
                kind=Kind.REGISTRATION_PLATE,
                start=start,
                end=match.end(),
                confidence=_CONFIDENCE,
                explanation=_EXPLANATION,
            )


def _is_plate(text: str, start: int, end: int, *, joined: bool) -> bool:
    if text[end - 3 : end] == "000" or context.is_measured(text, end):
        return False
    if context.is_near(context.PLATE, text, start, end):
        return True
    letters = text[start : start + 3]
    if letters.upper() in _NOT_PLATES:
        return False
    if letters.isupper() and (joined or _SMALL.search(text)):
        return True
    return joined and context.is_near(context.CAR, text, start, end)
