"""Plain text out of disguised spellings, with the way back to the original."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from moderation.detection.letters import (
    INVISIBLE,
    MASK,
    MASKS,
    MOST_LETTERS,
    TRIPLE,
    Letter,
    fallback,
    letters_of,
    respelled,
    spelled,
    variants,
    words_by_gap,
)
from moderation.detection.lexicon import Lexicon
from moderation.domain.finding import Span

_COMBINING: Final = "\u0300-\u036f"
_INNER: Final = rf"[\w{_COMBINING}{INVISIBLE}]"
_SYMBOL: Final = r"[*@$€!|#•]"
_EMOJI: Final = "\U0001f000-\U0001faff\u2600-\u27bf\u2b50"
TOKEN: Final = re.compile(
    rf"{_INNER}+(?:{_SYMBOL}+{_INNER}+)*(?:\*{{2,}})?|[{_EMOJI}?]"
)
"""A word as written, disguises and all, one picture sign, or a question mark."""

_PLAIN: Final = re.compile(r"[a-zåäöéèüA-ZÅÄÖÉÈÜ]+")
_EASY: Final = re.compile(rf"({_PLAIN.pattern}[a-zåäö])[.,:;]?")
_PLAIN_WORDS: Final = rf"(?P<words>{_PLAIN.pattern}(?:[,.;:!?]? {_PLAIN.pattern})+)"
_WORDS_OR_TOKEN: Final = re.compile(
    rf"{_PLAIN_WORDS}(?!{_INNER}|{_SYMBOL})|(?:{TOKEN.pattern})"
)
"""Several words that need only lower case, taken at once, or one token."""
_SPACED: Final = re.compile(
    r"(?<![^\W_])[^\W\d_](?:[ .\-_*]{1,4}[^\W\d_](?![^\W_])){2,}"
)
_LONE: Final = re.compile(r"(?<![^\W_])[^\W\d_](?![^\W_])")
"""A letter that stands alone, as _SPACED sees it."""
_LOOSE: Final = re.compile(r"(?:\s|\.{2,}|[…–—]|-(?=\s)|(?<=\s)-)+")
_BEYOND_LATIN_1: Final = re.compile(r"[^\x00-\xff–—”“’…]")
_SYMBOL_IN_WORD: Final = re.compile(rf"{_SYMBOL}(?=\w)|\*\*")
_SIMPLE_TOKEN: Final = re.compile(r"\w+|\?")
FEWEST_SPACED: Final = 3
"""Single letters close together, below which a text has no words in such letters."""
_PAUSES: Final = ("..", "- ", " -", "…", "–", "—")
_PLAIN_SIGNS: Final = (
    ("Σ", "σ"), ("”", '"'), ("“", '"'), ("»", '"'), ("«", '"'), ("’", "'"), ("‘", "'"),
)  # fmt: skip
_REMEMBERED: Final = 20_000
"""Disguised words whose plain spelling is kept."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in plain spelling."""

    text: str
    _starts: Sequence[int]
    _ends: Sequence[int]

    def original(self, start: int, end: int) -> Span:
        """Return the place in the comment as written of text[start:end]."""
        return Span(self._starts[start], self._ends[end - 1])

    def position(self, original: int) -> int:
        """Return the place in the plain text of a character as written."""
        return bisect_right(self._starts, original) - 1


class Normaliser:
    """Turns words into plain spelling, by what the lexicon knows."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._letters = lru_cache(_REMEMBERED)(self._spelled)

    def word(self, token: str) -> str:
        """Return one word in plain spelling."""
        if _is_plain(token):
            return token.lower()
        return "".join(letter for letter, _, _ in self._letters(token))

    def is_spaced(self, text: str) -> bool:
        """Say whether the text has words written letter by letter."""
        return _SPACED.search(text) is not None

    def normalise(self, text: str) -> Normalised:
        """Return the whole text in plain spelling, each white space as one space."""
        way = _Way()
        at = 0
        for spaced in _SPACED.finditer(text):
            joined = self._joined(spaced.group(), spaced.start())
            if joined is None:
                continue
            self._append_plain(way, text, at, spaced.start())
            way.add(joined)
            at = spaced.end()
        self._append_plain(way, text, at, len(text))
        return way.normalised()

    def _append_plain(self, way: "_Way", text: str, start: int, end: int) -> None:
        at = start
        for found in _WORDS_OR_TOKEN.finditer(text, start, end):
            way.add_gap(text, at, found.start())
            at = found.end()
            if found["words"] and not TRIPLE.search(found["words"]):
                way.add_as_written(found["words"].lower(), found.start())
            else:
                self._append_tokens(way, text, found.start(), at)
        way.add_gap(text, at, end)

    def _append_tokens(self, way: "_Way", text: str, start: int, end: int) -> None:
        at = start
        for token in TOKEN.finditer(text, start, end):
            way.add_gap(text, at, token.start())
            at = token.end()
            word = token.group()
            if _is_plain(word):
                way.add_as_written(word.lower(), token.start())
            else:
                way.add(self._letters(word), token.start())

    def _spelled(self, token: str) -> list[Letter]:
        base = letters_of(token)
        if len(base) > MOST_LETTERS or spelled(base).isdigit():
            return base
        known = self._known(base)
        return known if known is not None else fallback(base)

    def _known(self, base: list[Letter]) -> list[Letter] | None:
        """Return the known word that a disguise stands for, letter by letter."""
        spelling = spelled(base)
        if spelling.isalpha() and not TRIPLE.search(spelling):
            return None
        if MASKS & set(spelling):
            return self._unmasked(base)
        for variant in variants(base):
            word = self._lexicon.find(spelled(variant))
            if word is not None:
                return respelled(variant, word)
        return None

    def _unmasked(self, base: list[Letter]) -> list[Letter] | None:
        spelling = "".join(MASK if c in MASKS else c for c in spelled(base))
        visible = len(spelling) - spelling.count(MASK)
        if visible < 2 or not spelling[0].isalpha():  # noqa: PLR2004 - too little left
            return None
        word = self._lexicon.unmask(spelling, MASK)
        return respelled(base, word) if word is not None else None

    def _joined(self, run: str, start: int) -> list[Letter] | None:
        """Return the words of a run of single letters, or None if it has none."""
        found = [
            (plain[0][0], start + m.start(), start + m.end())
            for m in re.finditer(r"[^\W\d_]", run)
            if (plain := letters_of(m.group()))
        ]
        words = self._parted(found) or self._divided(found)
        if not words:
            return None
        letters: list[Letter] = []
        for word in words:
            if letters:
                letters.append((" ", letters[-1][2], word[0][1]))
            letters.extend(word)
        return letters

    def _parted(self, found: list[Letter]) -> list[list[Letter]] | None:
        """Divide single letters into words where the gaps are clearly wider."""
        words = words_by_gap(found)
        if not any(self._lexicon.find(spelled(word)) for word in words):
            return None
        return words

    def _divided(self, found: list[Letter]) -> list[list[Letter]] | None:
        if len(found) > MOST_LETTERS:
            return None
        words = self._lexicon.divide(spelled(found))
        if words is None:
            return None
        divided: list[list[Letter]] = []
        at = 0
        for word in words:
            divided.append(respelled(found[at : at + len(word)], word))
            at += len(word)
        return divided


def only_lowered(text: str, plain: str) -> Normalised:
    """Return what normalise would, for a text known to need only lower case."""
    if len(plain) == len(text):
        return Normalised(plain, range(len(text)), range(1, len(text) + 1))
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for loose in _LOOSE.finditer(text):
        starts.extend(range(at, loose.start()))
        ends.extend(range(at + 1, loose.start() + 1))
        at = loose.end()
        if starts and at < len(text):
            starts.append(loose.start())
            ends.append(at)
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return Normalised(plain, starts, ends)


def lowered(text: str) -> str:
    """Return what normalise would, for a text without disguises."""
    return loosened(lower(text))


def lower(text: str) -> str:
    """Return a text in lower case with typewriter quotes, letter by letter.

    The Greek sigma alone would depend on the letters around it.
    """
    if text.isascii():
        return text.lower()
    for printed, plain in _PLAIN_SIGNS:
        text = text.replace(printed, plain)
    return text.lower()


def loosened(text: str) -> str:
    """Return a text with one space for white space, dots of pause and dashes."""
    joined = " ".join(text.split())
    return without_pauses(text) if may_have_pauses(joined) else joined


def may_have_pauses(text: str) -> bool:
    """Say whether a text can have dots of pause or dashes: a cheap look."""
    return any(sign in text for sign in _PAUSES)


def without_pauses(text: str) -> str:
    """Return a text with one space for whatever is loose between its words."""
    return _LOOSE.sub(" ", text).strip(" ")


def easy_word(piece: str) -> str | None:
    """Return the one word of a piece without disguise, or None for any other piece."""
    match = _EASY.fullmatch(piece)
    if match is None or TRIPLE.search(piece):
        return None
    return match[1].lower()


def tokens_of(text: str) -> list[str]:
    """Return the words of a text as written: what TOKEN finds, faster."""
    return _token_in(text).findall(text)


def places_of_tokens(text: str) -> list[tuple[int, int]]:
    """Return where each word of a text stands."""
    return [match.span() for match in _token_in(text).finditer(text)]


def _token_in(text: str) -> re.Pattern[str]:
    """Return TOKEN, or what finds the same in a text without special signs."""
    is_special = (
        "\u00ad" in text or _BEYOND_LATIN_1.search(text) or _SYMBOL_IN_WORD.search(text)
    )
    return TOKEN if is_special else _SIMPLE_TOKEN


def spaced_signs(piece: str) -> int:
    """Return how much in a piece tells of words written letter by letter.

    Fewer than three in five neighbouring pieces, and a text has no such words.
    """
    if "_" in piece or "*" in piece:
        return FEWEST_SPACED
    return len(_LONE.findall(piece))


def _is_plain(token: str) -> bool:
    return _PLAIN.fullmatch(token) is not None and not TRIPLE.search(token)


class _Way:
    """A plain text in the making, with where each of its characters came from."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, letters: Sequence[Letter], offset: int = 0) -> None:
        """Add letters whose places count from an offset."""
        self._parts.extend([char for char, _, _ in letters])
        self._starts.extend([start + offset for _, start, _ in letters])
        self._ends.extend([end + offset for _, _, end in letters])

    def add_as_written(self, word: str, start: int) -> None:
        """Add words with one letter for each character as written."""
        self._parts.append(word)
        self._starts.extend(range(start, start + len(word)))
        self._ends.extend(range(start + 1, start + len(word) + 1))

    def add_gap(self, text: str, start: int, end: int) -> None:
        """Add what stands between words, with one space for what is loose."""
        if end - start == 1 and text[start] == " ":
            self._add_space(start, end)
            return
        at = start
        for loose in _LOOSE.finditer(text, start, end):
            self._add_signs(text, at, loose.start())
            self._add_space(*loose.span())
            at = loose.end()
        self._add_signs(text, at, end)

    def normalised(self) -> Normalised:
        """Return the text, without a space at its end."""
        if self._parts and self._parts[-1] == " ":
            self._starts.pop()
            self._ends.pop()
            self._parts.pop()
        return Normalised("".join(self._parts), self._starts, self._ends)

    def _add_signs(self, text: str, start: int, end: int) -> None:
        for i in range(start, end):
            self.add([(char, i, i + 1) for char in lower(text[i])])

    def _add_space(self, start: int, end: int) -> None:
        if not self._parts:
            return
        if self._parts[-1] == " ":
            self._ends[-1] = end
        else:
            self._parts.append(" ")
            self._starts.append(start)
            self._ends.append(end)
