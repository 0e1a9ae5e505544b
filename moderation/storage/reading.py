"""What every part of the store that reads is built upon."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from sqlalchemy import Connection


class Reading(ABC):
    """A part of the store that can open a connection; the store says how."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """Open a connection to read from."""
