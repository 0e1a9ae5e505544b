"""A place that may hold personal data, before overlaps are settled."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """A kind of personal data, as in a finding's source."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    IBAN = "iban"
    BANK_ACCOUNT = "bank_account"
    PAYMENT_CARD = "payment_card"
    REGISTRATION_PLATE = "registration_plate"


class Variant(StrEnum):
    """How sure it is that a place holds what it seems to hold."""

    SURE = "säker"
    LIKELY = "trolig"
    POSSIBLE = "möjlig"


_PRECEDENCE: Final = {
    Kind.PERSONNUMMER: 0,
    Kind.SAMORDNINGSNUMMER: 0,
    Kind.IBAN: 1,
    Kind.PAYMENT_CARD: 2,
    Kind.PHONE: 3,
    Kind.BANK_ACCOUNT: 5,
    Kind.EMAIL: 6,
    Kind.REGISTRATION_PLATE: 7,
    Kind.ADDRESS: 8,
}
_AFTER_PHONES: Final = 4
_SURE_FROM: Final = 0.9
_LIKELY_FROM: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place in the legible text, and what it seems to hold."""

    kind: Kind
    start: int
    end: int
    confidence: float
    explanation: str

    @property
    def variant(self) -> Variant:
        """Return säker from 0.9, trolig from 0.5, otherwise möjlig."""
        if self.confidence >= _SURE_FROM:
            return Variant.SURE
        return Variant.LIKELY if self.confidence >= _LIKELY_FROM else Variant.POSSIBLE

    @property
    def precedence(self) -> int:
        """Return the order in which kinds may claim a place, lowest first.

        An identity number that is only possible stands back for a telephone number.
        """
        order = _PRECEDENCE[self.kind]
        if order == 0 and self.variant is Variant.POSSIBLE:
            return _AFTER_PHONES
        return order
