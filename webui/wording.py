"""How a suspicion is put in words: «troligt hot», never «är hot»."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from moderation.domain import labels
from moderation.domain.category import Category
from webui.language import _, lazy

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
        "personnummer": lazy("personnummer"),
        "samordningsnummer": lazy("samordningsnummer"),
        "phone": lazy("telefonnummer"),
        "email": lazy("e-postadress"),
        "address": lazy("adress"),
        "iban": "IBAN",
        "bank_account": lazy("bankkonto eller giro"),
        "payment_card": lazy("betalkort"),
        "registration_plate": lazy("registreringsnummer"),
    }
)

WORDS_OF_MODEL: Final = lazy(
    "De här orden är vanligare i kommentarer av det slaget än i andra. "
    "De väger tyngst i språkmodellens misstanke."
)


def listed(words: Sequence[str]) -> str:
    """Return words as one lists them: «jurist, chef och registrator»."""
    *first, last = words or ("",)
    return _(" och ").join((", ".join(first), last)) if first else last


def suspicion(category: Category, confidence: float) -> str:
    """Return a suspicion in words: «Troligt hot», «Möjlig reklam eller skräp»."""
    return _(swedish_suspicion(category, confidence))


def swedish_suspicion(category: Category, confidence: float) -> str:
    """Return the same in Swedish, whatever the page speaks."""
    word = labels.certainty(confidence)
    ending, noun = _NOUNS[category].split(" ", 1)
    if word == "osäker":
        return f"Kanske {noun}"
    return f"{word.capitalize()}{ending} {noun}"


def source(name: str) -> str:
    """Return where a finding comes from: «regel hot-direkt», «språkmodellen»."""
    kind, _colon, detail = name.partition(":")
    if kind == "rule":
        return _("regel %(name)s", name=detail)
    if kind == "personal_data":
        return _("sökning efter %(kind)s", kind=_KINDS.get(detail, detail))
    return _("språkmodellen") if kind == "classifier" else name
