"""E-mail addresses, plain and slightly disguised."""

import re
from collections.abc import Iterator
from typing import Final

from moderation.detection.personal_data.candidate import Candidate, Kind

_PLAIN: Final = re.compile(
    r"(?<![\w.%+-])(?P<local>[\w.%+-]{1,64})@(?P<domain>(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24})"
    r"(?![\w@])"
)
_IN_WORDS: Final = re.compile(
    r"(?<![\w.%+-])(?P<local>[\w.%+-]{1,64})"
    r" ?(?:[(\[](?:at|snabel-?a)[)\]]|(?<= )snabel-?a(?= )) ?"
    r"(?P<domain>(?:[\w-]{1,63}(?:\.| punkt | ?[(\[](?:dot|punkt)[)\]] ?)){1,5}"
    r"[^\W\d_]{2,24})(?!\w)"
)
_FUNCTION_WORDS: Final = """
arkiv avgift avgifter bibliotek bokning bygglov dataskydd dataskyddsombud diarium
diariet dpo drift dso ekonomi faktura felanmalan felanmälan forskola forvaltning gdpr
hej hello hr info information kansli kansliet kommun kommunen kommunledning kontakt
kontaktcenter kontor kost kultur kulturskolan kundcenter kundservice kundtjanst
kundtjänst mail medborgarkontor medborgarservice miljo miljö namnd nämnd noreply no-
reply nyheter office order overformyndare post press reception redaktion redaktionen
registrator registratur rektor renhallning sales servicecenter servicedesk skola
socialtjansten socialtjänsten stadsbyggnad support tavling tidsbokning turism
turistbyra upphandling valnamnd valnämnd vaxel växel webb webbmaster webmaster
"""
_FUNCTIONS: Final = frozenset(_FUNCTION_WORDS.split())
_OF_AN_OFFICE: Final = re.compile(
    r"(?:n[aä]mnden?|kommun(?:en)?|kontoret|f[oö]rvaltning(?:en)?|kansliet?|skolan?|bolaget"
    r"|avdelning(?:en)?|enheten|centret?|registrator|styrelsen?)$"
)
_PERSONAL: Final = (0.75, "En e-postadress som kan höra till en person.")
_OFFICIAL: Final = (0.3, "En e-postadress till en myndighet eller funktion.")


def find_emails(text: str) -> Iterator[Candidate]:
    """Yield the places of e-mail addresses."""
    if "@" in text:
        yield from map(_candidate, _PLAIN.finditer(text))
    if any(sign in text for sign in ("(at", "[at", "snabel")):
        yield from map(_candidate, _IN_WORDS.finditer(text))


def _candidate(match: re.Match[str]) -> Candidate:
    confidence, explanation = _PERSONAL
    if _is_function(match["local"].lower(), match["domain"].lower()):
        confidence, explanation = _OFFICIAL
    return Candidate(
        kind=Kind.EMAIL,
        start=match.start(),
        end=match.end(),
        confidence=confidence,
        explanation=explanation,
    )


def _is_function(local: str, domain: str) -> bool:
    name = local.partition("+")[0]
    if name in _FUNCTIONS or _OF_AN_OFFICE.search(name):
        return True
    return name == domain.partition(".")[0]
