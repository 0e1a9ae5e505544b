"""The words that disguised spellings are resolved to."""

from collections.abc import Iterable
from typing import Final

_FOLD: Final = str.maketrans("åäöéèüø", "aaoeeuo")
_SHORTEST_STEM: Final = 4
"""A stem of fewer letters would make a word out of too many disguises."""


def fold(word: str) -> str:
    """Return the word without the dots and rings that disguises drop."""
    return word.translate(_FOLD)


class Lexicon:
    """Known words and stems, found by their folded form.

    `suspicious` are the rules' own words (with `*` for any ending or beginning):
    masked letters are resolved to them only. `ordinary` are further known words.
    """

    def __init__(self, suspicious: Iterable[str], ordinary: Iterable[str] = ()) -> None:
        entries = sorted(set(suspicious))
        self._stems = {
            fold(entry.rstrip("*")): entry.rstrip("*")
            for entry in entries
            if entry.endswith("*") and not entry.startswith("*")
            if len(entry) > _SHORTEST_STEM
        }
        self._suspicious = sorted({entry.strip("*") for entry in entries})
        self._words = {fold(word): word for word in sorted(set(ordinary))}
        self._words |= {fold(word): word for word in self._suspicious}
        self._longest = max(map(len, self._words), default=0)

    def find(self, spelling: str) -> str | None:
        """Return the known word that a spelling stands for, or None."""
        folded = fold(spelling)
        word = self._words.get(folded)
        if word is not None:
            return word
        for length in range(len(folded) - 1, _SHORTEST_STEM - 2, -1):
            stem = self._stems.get(folded[:length])
            if stem is not None:
                return stem + spelling[length:]
        return None

    def unmask(self, masked: str, mask: str) -> str | None:
        """Return the suspicious word with hidden letters, or None.

        `masked` has the character `mask` in place of each hidden letter.
        """
        for word in self._suspicious:
            if _agree(word, masked, mask):
                return word
        for stem in self._stems.values():
            ending = masked[len(stem) :]
            if _agree(stem, masked[: len(stem)], mask) and mask not in ending:
                return stem + ending
        return None

    def divide(self, letters: str) -> list[str] | None:
        """Divide a run of letters into known words, as few as possible, or None."""
        best: list[list[str] | None] = [[]] + [None] * len(letters)
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - self._longest), end):
                before = best[start]
                word = None if before is None else self._word(letters[start:end])
                if before is None or word is None:
                    continue
                known = best[end]
                if known is None or len(before) + 1 < len(known):
                    best[end] = [*before, word]
        return best[-1]

    def _word(self, letters: str) -> str | None:
        """Return a whole known word; a lone letter only where Swedish has it."""
        if len(letters) == 1:
            return letters if letters in "iåö" else None
        return self._words.get(fold(letters))


def _agree(word: str, masked: str, mask: str) -> bool:
    return len(word) == len(masked) and all(
        m in (mask, w) for w, m in zip(word, masked, strict=True)
    )
