"""How a suspicion is put in Swedish: «troligt hot», never «är hot»."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from moderation.domain import labels
from moderation.domain.category import Category

_NOUNS: Final[Mapping[Category, str]] = MappingProxyType(
    {
        Category.THREAT: "t hot",
        Category.HATE: "t hat mot grupp",
        Category.INCITEMENT: " uppmaning till brott",
        Category.INSULT: "t personangrepp",
        Category.SEXUAL: "t sexuellt innehåll",
        Category.PROFANITY: "t grovt språk",
        Category.PERSONAL_DATA: " personuppgift",
        Category.SECRECY: " sekretessuppgift",
        Category.PRIVACY: " uppgift om privatliv",
        Category.SPAM: " reklam eller skräp",
        Category.COPYRIGHT: " upphovsrättsfråga",
        Category.QUESTION: " fråga",
    }
)
"""Each after its adjective's ending: troligt hot, trolig uppmaning."""

_KINDS: Final = MappingProxyType(
    {
        "personnummer": "personnummer",
        "samordningsnummer": "samordningsnummer",
        "phone": "telefonnummer",
        "email": "e-postadress",
        "address": "adress",
        "iban": "IBAN",
        "bank_account": "bankkonto eller giro",
        "payment_card": "betalkort",
        "registration_plate": "registreringsnummer",
    }
)

WORDS_OF_MODEL: Final = (
    "De här orden är vanligare i kommentarer av det slaget än i andra. "
    "De väger tyngst i språkmodellens misstanke."
)


def listed(words: Sequence[str]) -> str:
    """Return words as Swedish lists them: «jurist, chef och registrator»."""
    *first, last = words or ("",)
    return f"{', '.join(first)} och {last}" if first else last


def suspicion(category: Category, confidence: float) -> str:
    """Return a suspicion in words: «Troligt hot», «Möjlig reklam eller skräp»."""
    word = labels.certainty(confidence)
    ending, _, noun = _NOUNS[category].partition(" ")
    if word == "osäker":
        return f"Kanske {noun}"
    return f"{word.capitalize()}{ending} {noun}"


def source(name: str) -> str:
    """Return where a finding comes from: «regel hot-direkt», «språkmodellen»."""
    kind, _, detail = name.partition(":")
    if kind == "rule":
        return f"regel {detail}"
    if kind == "personal_data":
        return f"sökning efter {_KINDS.get(detail, detail)}"
    return "språkmodellen" if kind == "classifier" else name
