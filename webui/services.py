"""What the pages need from the rest of the house, handed to create_app."""

from typing import Protocol, cast

from flask import current_app

from moderation.domain.answer import Sender
from moderation.domain.ground import GroundTable
from moderation.domain.ports import Clock, Store
from moderation.domain.ports_answers import PersonalDataFinder

EXTENSION = "uppsikt"


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


def services() -> Services:
    """Return the parts that this application was made with."""
    return cast("Services", current_app.extensions[EXTENSION])
