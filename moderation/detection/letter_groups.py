"""Finds known groups of letters in many words at once.

Each letter is a digit in a number system of its own and each group a number, so that
all groups of all words are looked up as one array.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

SHORTEST: Final = 2
LONGEST: Final = 5
"""Letters in a group; a space stands for a word's beginning and its end."""

_DIGIT: Final = re.compile(r"\d")

Numbers = NDArray[np.int64]


def groups_of(word: str) -> list[str]:
    """Return a word's groups of two to five letters, as char_wb does.

    Every digit is a 0: which number it is says nothing.
    """
    if not word:
        return []
    padded = f" {_DIGIT.sub('0', word)} "
    return [
        padded[at : at + length]
        for length in range(SHORTEST, min(LONGEST, len(padded)) + 1)
        for at in range(len(padded) - length + 1)
    ]


class KnownGroups:
    """The groups that a model knows, and their columns."""

    def __init__(self, groups: Mapping[str, int]) -> None:
        letters = sorted({ord(letter) for group in groups for letter in group})
        self._letters = np.array(letters, np.int64)
        self._base = len(letters) + 1
        code = {chr(letter): i + 1 for i, letter in enumerate(letters)}
        keys = np.array([self._key([code[c] for c in g]) for g in groups], np.int64)
        order = np.argsort(keys)
        self._keys = keys[order]
        self._columns = np.array(list(groups.values()), np.int64)[order]

    def found_in(self, words: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return the word and the column of every known group, as often as it is."""
        padded = [f" {word} " if word else "" for word in words]
        lengths = np.array([len(word) for word in padded], np.int64)
        of_word = np.repeat(np.arange(len(words)), lengths)
        codes = self._codes("".join(padded))
        found = [
            self._found(codes, of_word, length)
            for length in range(SHORTEST, LONGEST + 1)
        ]
        rows, columns = zip(*found, strict=True)
        return np.concatenate(rows), np.concatenate(columns)

    def _codes(self, text: str) -> Numbers:
        """Return the digit of each letter, 0 for one that no group has."""
        shaped = _DIGIT.sub("0", text).encode("utf-32-le", "surrogatepass")
        points = np.frombuffer(shaped, np.uint32).astype(np.int64)
        at = np.searchsorted(self._letters, points)
        at[at == len(self._letters)] = 0
        is_known = self._letters[at] == points if len(self._letters) else points < 0
        return np.where(is_known, at + 1, 0)

    def _found(
        self, codes: Numbers, of_word: Numbers, length: int
    ) -> tuple[Numbers, Numbers]:
        size = len(codes) - length + 1
        if size < 1 or not len(self._keys):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        keys = np.zeros(size, np.int64)
        is_whole = of_word[:size] == of_word[length - 1 :]
        for place in range(length):
            digits = codes[place : place + size]
            keys += digits * self._base**place
            is_whole &= digits > 0
        keys = keys[is_whole]
        at = np.searchsorted(self._keys, keys)
        at[at == len(self._keys)] = 0
        is_known = self._keys[at] == keys
        return of_word[:size][is_whole][is_known], self._columns[at[is_known]]

    def _key(self, digits: Sequence[int]) -> int:
        return sum(digit * self._base**place for place, digit in enumerate(digits))
