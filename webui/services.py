"""What the pages need from the rest of the house, handed to create_app."""

from dataclasses import dataclass
from typing import Protocol, cast

from flask import current_app
from flask_login import current_user

from moderation.domain.answer import Sender
from moderation.domain.ground import GroundTable
from moderation.domain.ports import Clock, Store
from moderation.domain.ports_answers import PersonalDataFinder
from moderation.domain.user import User
from moderation.limits import limited_store

EXTENSION = "uppsikt"
_LIMITED = "uppsikt-limited"


class Services(Protocol):
    """The parts that the pages speak to."""

    @property
    def store(self) -> Store:
        """Keeps comments, the queue, the log and the users."""
        ...

    @property
    def grounds(self) -> GroundTable:
        """The grounds that a person decides on."""
        ...

    @property
    def now(self) -> Clock:
        """Tells the time, in UTC."""
        ...

    @property
    def sender(self) -> Sender:
        """Who signs an answer to an author."""
        ...

    @property
    def find_personal_data(self) -> PersonalDataFinder:
        """Finds personal data in what is about to be sent."""
        ...


@dataclass(frozen=True, slots=True)
class _Limited:
    """The parts as somebody may use them who sees some channels only."""

    store: Store
    grounds: GroundTable
    now: Clock
    sender: Sender
    find_personal_data: PersonalDataFinder


def services() -> Services:
    """Return the parts, within the channels of whoever is signed in.

    Every page speaks to these, so that none can forget the limit.
    """
    parts, user = whole_services(), _user()
    if user is None or not user.channels:
        return parts
    return _Limited(
        _limited(parts.store, user.channels),
        parts.grounds,
        parts.now,
        parts.sender,
        parts.find_personal_data,
    )


def whole_services() -> Services:
    """Return the parts without any limit: for what the system does by itself."""
    return cast("Services", current_app.extensions[EXTENSION])


def _limited(store: Store, channels: frozenset[str]) -> Store:
    """Return the same store for the same channels, since much is remembered by it."""
    known = current_app.extensions.setdefault(_LIMITED, {})
    return cast("Store", known.setdefault(channels, limited_store(store, channels)))


def _user() -> User | None:
    """Return who is signed in; a stranger has no user."""
    return getattr(current_user, "user", None)
