"""Whom a name on a form means, and whom a note names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from moderation.domain import labels
from moderation.domain.collaboration import Function
from moderation.domain.user import Role, User

_NAMED: Final = re.compile(r"(?<![\w@.])@([a-z0-9._-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A user, a function, or somebody whom the system does not know."""

    user: str = ""
    function: Function | None = None


def find_receiver(text: str, users: Iterable[User]) -> Receiver:
    """Return whom a text means: a function, a user's name or user name."""
    wanted = text.strip().casefold()
    for function, word in labels.FUNCTION.items():
        if wanted == word:
            return Receiver(function=function)
    fits = [user for user in readers(users) if wanted in _calls(user)]
    # Two people of the same name: neither is guessed at.
    return Receiver(user=fits[0].name) if len(fits) == 1 else Receiver()


def who_see(users: Iterable[User], channel: str) -> list[User]:
    """Return those whose channels include this one."""
    return [user for user in users if user.may_see(channel)]


def readers(users: Iterable[User]) -> list[User]:
    """Return those who may be asked about a comment: all but administrators."""
    return [user for user in users if user.is_active and user.role is not Role.ADMIN]


def mentioned(text: str, users: Iterable[User]) -> list[str]:
    """Return the user names that a note names with an @, each once."""
    known = {user.name for user in readers(users)}
    found = (match.casefold() for match in _NAMED.findall(text))
    names = (_known(name, known) for name in found)
    return list(dict.fromkeys(name for name in names if name))


def _known(name: str, known: set[str]) -> str:
    """Return the user name, or its beginning where a sentence ends after it."""
    if name in known:
        return name
    shorter = name.rstrip(".-_")
    return shorter if shorter in known else ""


def call_name(user: User) -> str:
    """Return how a form names a user: «Anna Ek (anna)»."""
    return f"{user.display_name} ({user.name})"


def _calls(user: User) -> set[str]:
    names = (user.name, user.display_name, call_name(user))
    return {name.casefold() for name in names}
