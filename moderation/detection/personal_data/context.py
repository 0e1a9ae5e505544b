"""What the words around a number say about it."""

import re
from typing import Final

_BEFORE: Final = 40
_AFTER: Final = 25


def _words(words: str) -> re.Pattern[str]:
    """Return a pattern for any of the patterns, in small letters."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words.split())})(?!\w)")


IDENTITY: Final = _words(
    r"""
    personnum\w* person-?nr pers\.?\s?nr p-?nr p-?nummer samordningsnum\w*
    samordningsnr sam\.?nr född\w* f\. id-?nummer personbevis
    """
)
"""Words that announce a personnummer or samordningsnummer."""

_CALLING: Final = r"""
    ring\w* tel tele?fon\w* tfn tlf mob mobil\w* sms\w* messa\w* nås når lur lurar
    swish\w* slå whatsapp
"""
CALL: Final = _words(_CALLING)
"""Words that announce a telephone number and nothing else."""

PHONE: Final = _words(f"{_CALLING} nummer numret nr")
"""Words that may announce a telephone number."""

PUBLIC_SERVICE: Final = _words(
    r"""
    \w*växeln? fax\w* \w*mottagning\w* \w+gruppen \w+teamet \w+enheten rådgivning\w*
    kundtjänst\w* kundservice\w* kontaktcent\w* reception\w* servicecent\w*
    medborgarservice\w* medborgarkontor\w* kommunen\w* felanmäl\w* jour\w*
    vårdcentral\w* sjukhus\w* polis\w* bibliotek\w* förvaltning\w* socialtjänst\w*
    expedition\w* support\w* tidsbokning\w* biljett\w* stödlinje\w* öppettider\w*
    kontoret hemtjänsten bokning\w*
    """
)
"""Words of an authority or a public service."""

OWNED: Final = _words(
    r"""
    min mitt mig hans hennes honom henne deras privat\w* hem(?:numm?er|telefon)\w*
    grannen\w* mamma\w* pappa\w*
    """
)
"""Words that tie a number to a person."""

PERSON: Final = _words(
    r"""
    bor bott bodde hemma hem\s+till hon han hen hans hennes honom henne namn\w*
    heter adress\w* hemadress\w* bostadsadress\w* grann\w* familjen? flyttat skriven
    folkbokförd\w* sambo\w* exet föräldrar\w*
    """
)
"""Words that tie an address to a person."""

CAR: Final = _words(
    r"""
    \w*bil \w*bilen \w*bilar \w*bilens reg regg\w* reg\.?-?\s?nr regnum\w*
    registrering\w* skylt\w* plåt\w* nummerplåt\w* parker\w* felparkera\w* p-bot
    körde? kör kört rattfull\w* volvo\w* saab\w* audi\w* bmw\w* mercedes\w*
    toyota\w* vw tesla\w* kia ford skoda\w* moped\w* epa\w* a-traktor\w* mc
    motorcykel\w* lastbil\w* skåpbil\w* taxi\w* fordon\w*
    """
)
"""Words of cars and driving."""

PLATE: Final = _words(
    r"""
    reg regg\w* reg\.?-?\s?nr regnum\w* registreringsn\w* skylt\w* nummerplåt\w*
    plåt\w*
    """
)
"""Words that announce a registration plate."""

_OTHER_NUMBER: Final = re.compile(
    r"(?<!\w)(?:(?:ks|kf|bn|sn|mbn|vn|tn|un|on|ssn|kfn|gvn|sbn) ?$"
    r"|(?:dnr|diarie\w*|ärende\w*|mål(?:nr|nummer)?|ocr\w*(?:-\w+)?|isbn(?:-1[03])?"
    r"|issn|ean|gtin|art(?:ikel)?\.?-?\s?(?:nr|nummer|nummret)|faktura\w*|kund(?:nr|nummer)"
    r"|order\w*|beställnings\w*|best\.?\s?nr|referens\w*|ref\.?(?:\s?nr)?|version\w*"
    r"|serie(?:nr|nummer)|rekvisition\w*|krav\w*"
    r"|(?!person|samordning|telefon|mobil|id|hem)\w+nummer"
    r"|org\.?-?\s?(?:nr|nummer)|organisationsnum\w*|koordinat\w*"
    r"|kolli\w*|paket\w*|bokningsn\w*|protokoll\w*|diarium|postnummer|pnr-?kod)"
    r"(?: (?:på|för|till|av|i) \w+)?(?: (?:ks|kf|bn|sn|mbn|vn|tn|un))?"
    r"[ .:#=]{0,3}(?:avser|är|ä|e|va|var|nr|nummer|:)?[ .:#]{0,3}$)"
)
_UNIT: Final = re.compile(
    r"\s?(?:kr|kronor|sek|kkr|tkr|mkr|mnkr|miljon\w*|miljard\w*|euro?|dollar|:-|€|\$|%|st"
    r"|stycken|personer|m|mm|cm|km|m2|m3|kvm|kg|ton|kwh|mwh|wh|liter|invånare|röster"
    r"|meter|kilometer|mil|år|gånger|ggr|minuter|min|timmar|dagar|bilar|procent|steg)"
    r"(?!\w)",
    re.IGNORECASE,
)


def is_near(words: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Say whether one of the words stands near text[start:end]."""
    if is_announced(words, text, start):
        return True
    return words.search(text[end : end + _AFTER].lower()) is not None


def is_announced(words: re.Pattern[str], text: str, start: int) -> bool:
    """Say whether one of the words stands shortly before a place."""
    return words.search(_before(text, start)) is not None


def is_other_number(text: str, start: int) -> bool:
    """Say whether a case, payment, article or similar number is announced."""
    return _OTHER_NUMBER.search(_before(text, start)) is not None


def is_measured(text: str, end: int) -> bool:
    """Say whether a unit or a currency follows."""
    return _UNIT.match(text, end) is not None


def _before(text: str, start: int) -> str:
    return text[max(0, start - _BEFORE) : start].lower()
