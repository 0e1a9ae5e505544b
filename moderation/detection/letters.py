"""The letters of one word: composed, without disguise, and as they may be meant."""

import re
import unicodedata
from itertools import pairwise, product
from typing import Final

INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\ufe00-\ufe0f\ufeff"
)
"""For a character class: what is not seen."""
TRIPLE: Final = re.compile(r"(.)\1\1")
"""A stretched letter."""
_RUN: Final = re.compile(r"(.)\1*")
_IGNORED: Final = re.compile(f"[{INVISIBLE}]")
MASK: Final = "*"
"""Stands for a letter that is hidden."""
MASKS: Final = frozenset("*#•_")
"""Signs that hide a letter."""
_LEET: Final = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b",
    "@": "a", "$": "s", "€": "e", "!": "il", "|": "il",
}  # fmt: skip
_LOOK_ALIKE: Final = str.maketrans(
    "авгдезіїјклмнопрстухѕԁһӏαβεικνορτυχωıłøđƒʏɪᴀᴇᴏ",
    "abrдe3iijklmhonpctyxsdhlabeiknoptuxwilodfyiaeo",
)
_MOST_VARIANTS: Final = 64
"""Spellings tried for one word; more would let a hostile text cost too much."""
MOST_LETTERS: Final = 60
"""A longer 'word' is no disguise."""

Letter = tuple[str, int, int]
"""A character, and where it began and ended in the word as written."""


def letters_of(token: str) -> list[Letter]:
    """Return a word's letters in lower case, composed, without what is not seen."""
    letters: list[Letter] = []
    for i, char in enumerate(token):
        if _IGNORED.match(char):
            continue
        if unicodedata.combining(char):
            _compose(letters, char, i)
            continue
        plain = unicodedata.normalize("NFKC", char).lower().translate(_LOOK_ALIKE)
        letters.extend(
            (c, i, i + 1)
            for c in plain
            if not (unicodedata.combining(c) or c.isspace())
        )
    return letters


def _compose(letters: list[Letter], mark: str, at: int) -> None:
    """Join a mark to the letter before it; drop those that Swedish does not have."""
    if not letters:
        return
    char, start, _ = letters[-1]
    joined = unicodedata.normalize("NFC", char + mark)
    keep = joined if len(joined) == 1 and joined in "åäöéèü" else char
    letters[-1] = (keep, start, at + 1)


def spelled(letters: list[Letter]) -> str:
    """Return letters as a word."""
    return "".join(letter[0] for letter in letters)


def variants(base: list[Letter]) -> list[list[Letter]]:
    """Return the spellings that a disguise may stand for, plainest first."""
    variants: list[list[Letter]] = []
    for choice in _limited(product(*(_LEET.get(c, c) for c, _, _ in base))):
        spelled = [(c, a, b) for c, (_, a, b) in zip(choice, base, strict=True)]
        variants.extend(_unstretched(spelled))
    return variants


def _limited(choices: "product[tuple[str, ...]]") -> list[tuple[str, ...]]:
    return [choice for choice, _ in zip(choices, range(_MOST_VARIANTS), strict=False)]


def _unstretched(letters: list[Letter]) -> list[list[Letter]]:
    """Return the word with each stretched letter once or twice."""
    runs = [match.span() for match in _RUN.finditer(spelled(letters))]
    stretched = [i for i, (a, b) in enumerate(runs) if b - a > 2]  # noqa: PLR2004
    if not stretched:
        return [letters]
    variants = []
    for keep in product((1, 2), repeat=min(len(stretched), 4)):
        wanted = dict(zip(stretched, keep, strict=False))
        parts = [
            _shortened(letters[a:b], wanted.get(i, b - a))
            for i, (a, b) in enumerate(runs)
        ]
        variants.append([letter for part in parts for letter in part])
    return variants


def _shortened(run: list[Letter], length: int) -> list[Letter]:
    if length >= len(run):
        return run
    char, start, _ = run[0]
    end = run[-1][2]
    if length == 1:
        return [(char, start, end)]
    return [run[0], (char, run[0][2], end)]


def fallback(base: list[Letter]) -> list[Letter]:
    """Return an unknown word with each stretched letter once."""
    shortest = _unstretched(base)[0]
    while shortest and shortest[-1][0] in MASKS:
        shortest = shortest[:-1]
    return shortest


def respelled(letters: list[Letter], word: str) -> list[Letter]:
    """Return a word of as many letters, in their places."""
    return [(c, a, b) for c, (_, a, b) in zip(word, letters, strict=True)]


def words_by_gap(found: list[Letter]) -> list[list[Letter]]:
    """Divide single letters where the gaps are clearly wider; [] if none are."""
    gaps = [b[1] - a[2] for a, b in pairwise(found)]
    if len(set(gaps)) < 2:  # noqa: PLR2004 - all alike
        return []
    words = [[found[0]]]
    for gap, letter in zip(gaps, found[1:], strict=True):
        if gap > min(gaps):
            words.append([letter])
        else:
            words[-1].append(letter)
    return words
