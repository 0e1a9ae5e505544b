"""Passwords: kept as argon2id hashes, compared in the same time for everybody."""

from collections.abc import Iterable
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from moderation.domain.random_letters import random_letters

SHORTEST: Final = 12
"""Characters in a new password; length protects better than odd signs do."""
LONGEST: Final = 1_000

_BESIDE_NAMES: Final = 8
"""Characters that a password must have beside its owner's names."""

_HASHER: Final = PasswordHasher()
HASH_OF_NOBODY: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$JZu70GT7nf37ZUzhECjCFA"
    "$BVC/CthqcWKJq5azhOgXRoO+ZJ35lkdVux6KCmZONfk"
)
"""What an unknown name is compared with, so that it takes as long as a known one."""


def hash_password(password: str) -> str:
    """Return what to store in place of a password: argon2id with its own salt."""
    return _HASHER.hash(password)


def verify_password(password: str, password_hash: str | None) -> bool:
    """Say whether the password fits; None stands for a user that does not exist."""
    try:
        fits = _HASHER.verify(password_hash or HASH_OF_NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None


def problem_with(password: str, *, names: Iterable[str]) -> str:
    """Return a Swedish sentence where a new password cannot be used, and else nothing.

    The names are the owner's: whoever guesses begins with them.
    """
    if len(password) < SHORTEST:
        return f"Lösenordet ska ha minst {SHORTEST} tecken."
    if len(password) > LONGEST:
        return f"Lösenordet får ha högst {LONGEST} tecken."
    rest = password.casefold()
    for part in sorted(_parts(names), key=len, reverse=True):
        rest = rest.replace(part, "")
    if len(rest) < _BESIDE_NAMES:
        return "Lösenordet liknar namnet för mycket: välj ett annat."
    return ""


def _parts(names: Iterable[str]) -> set[str]:
    return {
        part for name in names for part in (name.casefold(), *name.casefold().split())
    }


def temporary_password() -> str:
    """Return a password to hand over, easy to read aloud, that nobody can guess."""
    return random_letters()
