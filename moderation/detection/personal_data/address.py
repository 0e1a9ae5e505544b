"""Street addresses with a number."""

import re
from collections.abc import Iterator
from typing import Final

from moderation.detection.personal_data import context
from moderation.detection.personal_data.candidate import Candidate, Kind

_ENDING_WORDS: Final = """
gatan gata vägen väg gränd gränden stigen stig backen backe torget torg allén allé
leden esplanaden boulevarden kajen platsen plan ringen stråket slingan liden vreten
hagen kroken svängen brinken parken plats tomten gården höjden ängen bågen gärdet
"""
_ENDINGS: Final = tuple(_ENDING_WORDS.split() + _ENDING_WORDS.title().split())
LAST_LETTERS: Final = frozenset(ending[-3:] for ending in _ENDINGS)
"""A quick look, before the endings are compared one by one."""
_NUMBER: Final = re.compile(
    r"[1-9](?<=[a-zé] .)[0-9]{0,2}(?: ?[A-Za-z](?!\w))?(?![\w:%])(?![.,][0-9])"
    r"(?!-[0-9]{3})"
)
_STREET: Final = re.compile(
    r"(?:(?<!\w)(?P<first>[A-ZÅÄÖÉÜ][\w:]{1,15}) )?(?<!\w)(?P<last>[\w-]+) $"
)
_FIRST: Final = """
Stora Lilla Norra Södra Östra Västra Gamla Nya Övre Nedre Sankt S:t S:ta Inre Yttre
"""
_FIRST_WORDS: Final = frozenset(_FIRST.split())
_ORDINARY: Final = """
cykel motor gång gå riks läns huvud grus bil tvär om av in ut hel järn gen skol lands
små bak genomfarts mittel ring europa ben höger vänster lek fot för över
"""
_NO_STREETS: Final = frozenset(_ORDINARY.split())
"""What makes an ordinary word, not a name: cykelvägen, motorvägen, landsvägen."""

_NAME_BEFORE: Final = re.compile(r"[A-ZÅÄÖÉ][a-zåäöé-]+ [A-ZÅÄÖÉ][a-zåäöé-]+,? $")
_UNIT_LETTER: Final = re.compile(r" [a-zåäö]$")
_LONGEST: Final = 60
_WITH_PERSON: Final = (0.7, "En gatuadress som texten knyter till en person.")
_PLACE_ONLY: Final = (0.35, "En gatuadress, utan att någon person pekas ut.")


def find_addresses(text: str) -> Iterator[Candidate]:
    """Yield the places of street names with a number."""
    for match in _NUMBER.finditer(text):
        space = match.start() - 1
        if text[space - 3 : space] not in LAST_LETTERS:
            continue
        if not text.endswith(_ENDINGS, 0, space):
            continue
        end = _end(match)
        start = _start_of_street(text, match.start())
        if start is None or context.is_measured(text, end):
            continue
        confidence, explanation = _judged(text, start, end)
        yield Candidate(
            kind=Kind.ADDRESS,
            start=start,
            end=end,
            confidence=confidence,
            explanation=explanation,
        )


def _end(match: re.Match[str]) -> int:
    """Return the end; a small letter after a space is a word: «Storgatan 12 i går»."""
    if _UNIT_LETTER.search(match.group()):
        return match.end() - 2
    return match.end()


def _start_of_street(text: str, number: int) -> int | None:
    offset = max(0, number - _LONGEST)
    street = _STREET.search(text[offset:number])
    if street is None or not _is_name(street["last"], street["first"]):
        return None
    group = "first" if street["first"] in _FIRST_WORDS else "last"
    return offset + street.start(group)


def _is_name(last: str, first: str | None) -> bool:
    """Say whether a word names a street; «vägen 12 bilar tar» does not."""
    if first in _FIRST_WORDS:
        return True
    stem = next(last[: -len(e)] for e in _ENDINGS if last.endswith(e)).rstrip("s-")
    return len(stem) > 1 and stem.lower() not in _NO_STREETS


def _judged(text: str, start: int, end: int) -> tuple[float, str]:
    if context.is_near(context.PERSON, text, start, end):
        return _WITH_PERSON
    if _NAME_BEFORE.search(text[max(0, start - _LONGEST) : start]):
        return _WITH_PERSON
    return _PLACE_ONLY
