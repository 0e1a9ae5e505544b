"""Letters to read aloud, write down and type in again, that nobody can guess."""

import secrets
from typing import Final

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another."""
_GROUPS: Final = 4
_GROUP: Final = 4


def random_letters() -> str:
    """Return sixteen random letters and digits in groups of four: 79 bits."""
    return "-".join(_group() for _ in range(_GROUPS))


def _group() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_GROUP))
