"""Shows a comment with its evidence marked and its hidden signs made visible."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from moderation.domain.category import Category
from moderation.domain.finding import Finding, Span
from moderation.domain.verdict import Policy
from webui.language import _, lazy

EXCERPT: Final = 160
"""Characters of a comment in a list."""
_BEFORE: Final = 50
_MARKS_SHOWN: Final = 2_000
"""More evidence than this in one text is marked as one long piece."""

MASK: Final = "\ue0f0"
"""Stands for one sign that is masked. For private use: no comment has it for long."""

_SEVERITY: Final = Policy().severity

_HIDDEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_CUT_OUT: Final = re.compile(f"{MASK}+|{_HIDDEN.pattern}")
_JOINER: Final = "\u200d"
_NAMES: Final = {
    "\u00ad": lazy("mjukt bindestreck"),
    "\u200b": lazy("mellanslag utan bredd"),
    "\u200c": lazy("fogbrytare utan bredd"),
    "\u200d": lazy("fogare utan bredd"),
    "\u200e": lazy("riktningstecken, vänster till höger"),
    "\u200f": lazy("riktningstecken, höger till vänster"),
    "\u202a": lazy("inbäddad riktning, vänster till höger"),
    "\u202b": lazy("inbäddad riktning, höger till vänster"),
    "\u202c": lazy("slut på inbäddad riktning"),
    "\u202d": lazy("tvingad riktning, vänster till höger"),
    "\u202e": lazy("tvingad riktning, höger till vänster"),
    "\u2060": lazy("ordfogare"),
    "\ufeff": lazy("byteordningsmärke"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text with the same evidence all through."""

    text: str
    categories: tuple[Category, ...] = ()
    """The most urgent first; empty where there is none."""
    starts: bool = False
    """Whether evidence begins here, so that it is announced once."""
    hidden_sign: str = ""
    """The name of a sign that cannot be seen, such as U+200B; otherwise empty."""
    is_masked: bool = False
    """Whether the text is a row of MASK, to be shown as a few dots."""


def pieces(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """Cut a text where evidence begins or ends; together they are the whole text."""
    placed = [f for f in findings if 0 <= f.span.start < f.span.end <= len(text)]
    return [piece for marked in _marked(text, placed) for piece in _with_signs(marked)]


def excerpt(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """Return some 160 characters around the most urgent evidence, marked."""
    most_urgent = max(findings, key=_urgency, default=None)
    start = 0
    if most_urgent is not None and most_urgent.span.end > EXCERPT:
        start = _word_start(text, max(most_urgent.span.start - _BEFORE, 0))
    end = start + EXCERPT
    inside = [
        replace(f, span=Span(max(f.span.start, start) - start, f.span.end - start))
        for f in findings
        if f.span.start < end and f.span.end > start
    ]
    cut = text[start:end]
    clipped = [replace(f, span=_within(f.span, len(cut))) for f in inside]
    before = [Piece(text="… ")] if start else []
    after = [Piece(text=" …")] if end < len(text) else []
    return [*before, *pieces(cut, clipped), *after]


def hidden_signs(text: str) -> list[tuple[str, str, int]]:
    """Return the signs that cannot be seen: code, name, how many."""
    counted = Counter(
        match[0] for match in _HIDDEN.finditer(text) if _is_hidden(text, match.start())
    )
    return [(_code(sign), _name(sign), n) for sign, n in counted.most_common()]


def _within(span: Span, length: int) -> Span:
    return Span(span.start, min(span.end, length))


def _word_start(text: str, at: int) -> int:
    """Return the beginning of the next word, unless that is far away."""
    space = text.find(" ", at, at + 20)
    return space + 1 if at and space >= 0 else at


def _marked(text: str, findings: Sequence[Finding]) -> Iterator[Piece]:
    if len(findings) > _MARKS_SHOWN:
        findings = [_all_in_one(findings)]
    edges = sorted({0, len(text), *_edges(findings)})
    waiting = sorted(findings, key=lambda f: f.span.start, reverse=True)
    active: list[Finding] = []
    for start, end in pairwise(edges):
        active = [f for f in active if f.span.end > start]
        begun = False
        while waiting and waiting[-1].span.start == start:
            active.append(waiting.pop())
            begun = True
        yield Piece(text=text[start:end], categories=_ranked(active), starts=begun)


def _edges(findings: Iterable[Finding]) -> Iterator[int]:
    for finding in findings:
        yield finding.span.start
        yield finding.span.end


def _all_in_one(findings: Sequence[Finding]) -> Finding:
    most_urgent = max(findings, key=_urgency)
    first = min(f.span.start for f in findings)
    last = max(f.span.end for f in findings)
    return replace(most_urgent, span=Span(first, last))


def _ranked(active: Iterable[Finding]) -> tuple[Category, ...]:
    ordered = sorted(active, key=_urgency, reverse=True)
    return tuple(dict.fromkeys(finding.category for finding in ordered))


def _urgency(finding: Finding) -> float:
    return finding.confidence * _SEVERITY[finding.category]


def _with_signs(piece: Piece) -> Iterator[Piece]:
    """Cut out what cannot be seen, so that it can neither hide nor reorder words.

    What is masked is cut out as well, to be shown and read out as one thing.
    """
    done = 0
    starts = piece.starts
    for match in _CUT_OUT.finditer(piece.text):
        is_masked = match[0].startswith(MASK)
        if not is_masked and not _is_hidden(piece.text, match.start()):
            continue
        if match.start() > done:
            yield replace(piece, text=piece.text[done : match.start()], starts=starts)
            starts = False
        code = "" if is_masked else _code(match[0])
        cut = replace(piece, text=match[0], hidden_sign=code, is_masked=is_masked)
        yield replace(cut, starts=starts)
        starts = False
        done = match.end()
    if done < len(piece.text):
        yield replace(piece, text=piece.text[done:], starts=starts)


def _is_hidden(text: str, at: int) -> bool:
    """Say whether a sign hides something: the joiner inside an emoji does not."""
    if text[at] != _JOINER or at == 0:
        return True
    return text[at - 1].isalnum() or text[at - 1].isspace()


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def _name(sign: str) -> str:
    known = _NAMES.get(sign)
    return str(known) if known else unicodedata.name(sign, _("styrtecken")).lower()
