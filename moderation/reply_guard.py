"""The guard over answers: what a municipality must not say in a comment field."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from moderation.domain.answer import Concern, ConcernKind
from moderation.domain.ports_answers import PersonalDataFinder

_SENTENCE: Final = re.compile(r"(?:[^.!?\n]|\n(?!\s*\n)|[.](?=\w))+[.!?]*")
_WORDS: Final = re.compile(r"\{([a-z]+)\}")
_NEVER: Final = re.compile(r"(?!)")
_ALWAYS: Final = re.compile("")
_NUMBERS: Final = frozenset(
    {"personal_data:personnummer", "personal_data:samordningsnummer"}
)
"""The finder's kinds that stand for one person. Telephone numbers and addresses may
be our own: an answer says where we can be reached."""
_WHY_NUMBER: Final = "Det är ett personnummer eller ett nummer av samma slag."
_INSTEAD_NUMBER: Final = "Stryk det. Sådana nummer skrivs aldrig i ett svar."


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRule:
    """One thing that an answer must not say, with the examples that prove it."""

    name: str
    kind: ConcernKind
    pattern: re.Pattern[str]
    unless: re.Pattern[str]
    """Silences the rule where it stands before the match, in the same sentence."""
    spare: re.Pattern[str]
    """Silences the rule where it stands in the sentence."""
    needs: re.Pattern[str]
    """Must stand in the sentence."""
    why: str
    instead: str
    catches: tuple[str, ...]
    spares: tuple[str, ...]

    def places(self, sentence: str) -> Iterator[tuple[int, int]]:
        """Yield where the rule counts in a sentence, as beginnings and ends."""
        if self.spare.search(sentence) or not self.needs.search(sentence):
            return
        for found in self.pattern.finditer(sentence):
            if not self.unless.search(sentence[: found.start()]):
                yield found.span()


def find_concerns(
    text: str, *, find_personal_data: PersonalDataFinder
) -> tuple[Concern, ...]:
    """Return what should not be sent as it stands, in reading order.

    A place that two rules find is told of once.
    """
    whole = unicodedata.normalize("NFC", text)
    found = sorted(
        (*_said(whole), *_numbers(whole, find_personal_data)),
        key=lambda concern: (concern.start, -len(concern.quote)),
    )
    return tuple(_apart(found))


@cache
def load_guard_rules() -> tuple[GuardRule, ...]:
    """Return the rules that ship with the product."""
    source = resources.files("moderation").joinpath("reply_guard.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    words = {name: f"(?:{'|'.join(parts)})" for name, parts in table["words"].items()}
    return tuple(_rule(row, words) for row in table["rule"])


def _rule(row: Mapping[str, Any], words: Mapping[str, str]) -> GuardRule:
    def pattern(name: str, otherwise: re.Pattern[str]) -> re.Pattern[str]:
        if name not in row:
            return otherwise
        spelled = _WORDS.sub(lambda found: words[found[1]], row[name])
        return re.compile(spelled, re.IGNORECASE)

    return GuardRule(
        name=row["name"],
        kind=ConcernKind(row["kind"]),
        pattern=pattern("pattern", _NEVER),
        unless=pattern("unless", _NEVER),
        spare=pattern("spare", _NEVER),
        needs=pattern("needs", _ALWAYS),
        why=row["why"],
        instead=row["instead"],
        catches=tuple(row["catches"]),
        spares=tuple(row["spares"]),
    )


def _said(text: str) -> Iterator[Concern]:
    for sentence in _SENTENCE.finditer(text):
        # A line may end in the middle of a sentence; positions stay as they are.
        words = re.sub(r"\s", " ", sentence[0])
        indent = len(words) - len(words.lstrip())
        for rule in load_guard_rules():
            for start, end in rule.places(words[indent:]):
                first = sentence.start() + indent + start
                yield _concern(rule, text, first, first + end - start)


def _concern(rule: GuardRule, text: str, start: int, end: int) -> Concern:
    return Concern(
        kind=rule.kind,
        rule=rule.name,
        start=start,
        line=_line(text, start),
        quote=" ".join(text[start:end].split()),
        why=rule.why,
        instead=rule.instead,
    )


def _numbers(text: str, find_personal_data: PersonalDataFinder) -> Iterator[Concern]:
    for finding in find_personal_data(text):
        if finding.source in _NUMBERS:
            start, end = finding.span.start, finding.span.end
            yield Concern(
                kind=ConcernKind.IDENTITY_NUMBER,
                rule="personnummer",
                start=start,
                line=_line(text, start),
                quote=text[start:end],
                why=_WHY_NUMBER,
                instead=_INSTEAD_NUMBER,
            )


def _line(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1


def _apart(concerns: list[Concern]) -> Iterator[Concern]:
    """Yield those that do not begin inside the one before."""
    end = -1
    for concern in concerns:
        if concern.start >= end:
            yield concern
            end = concern.start + len(concern.quote)
