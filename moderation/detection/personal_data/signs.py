"""What in a piece of text tells of personal data: a quick look, taken once a piece.

A piece is what stands between two white spaces. The look may ask for too much
reading, never for too little.
"""

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moderation.detection.personal_data.address import LAST_LETTERS
from moderation.detection.personal_data.legible import is_unusual, is_worth_reading
from moderation.detection.personal_data.plate import LETTER

CERTAIN: Final = 1
"""Enough by itself."""
_BEFORE_NUMBER: Final = 2
"""Ends as a street or as the letters of a registration plate."""
_NUMBER: Final = 4
"""Begins as the number after such a piece."""
_ONE_DIGIT: Final = 8
"""Of its number of digits, six of which may be a long number."""
_MANY: Final = 6

_DIGIT: Final = re.compile("[0-9]")
_PLATE: Final = re.compile(f"[{LETTER}]{{3}}[ -]?[0-9]{{2}}")
_LETTERS_OF_PLATE: Final = re.compile(rf"(?<!\w)[{LETTER}]{{3}}$")

Signs = NDArray[np.int32]


def signs_of(piece: str) -> int:
    """Return the signs of one piece, as a sum."""
    if not is_worth_reading(piece):
        return _BEFORE_NUMBER * _may_stand_before_number(piece)
    digits = len(_DIGIT.findall(piece))
    if not digits or is_unusual(piece) or "@" in piece or _PLATE.search(piece):
        return CERTAIN
    signs = _ONE_DIGIT * min(digits, _MANY)
    return signs + _NUMBER * piece[0].isdigit()


def is_worth(signs: Signs, starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of each text whether it is worth reading, from the signs of its pieces.

    `starts` says where each text begins among the pieces, and where the last one ends.
    """
    certain = (signs & CERTAIN) * _MANY
    pairs = np.zeros(len(signs), np.int32)
    pairs[1:] = ((signs[:-1] & _BEFORE_NUMBER) > 0) & ((signs[1:] & _NUMBER) > 0)
    pairs[starts[:-1][starts[:-1] < len(signs)]] = 0
    worth = certain + pairs * _MANY + signs // _ONE_DIGIT
    total = np.concatenate(([0], np.cumsum(worth)))
    return np.asarray(total[starts[1:]] - total[starts[:-1]] >= _MANY)


def _may_stand_before_number(piece: str) -> bool:
    if piece[-3:] in LAST_LETTERS or is_unusual(piece):
        return True
    return _LETTERS_OF_PLATE.search(piece) is not None
