"""The part of the store that the queue's pages ask."""

from abc import abstractmethod
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from moderation.domain.search import SearchFilter, SearchPage
from moderation.storage import searching


class QueueReads:
    """What the port QueueReading promises."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """Open a connection to read from."""

    def search(
        self, chosen: SearchFilter, *, limit: int, before: int | None = None
    ) -> SearchPage:
        """Return texts where all the words occur, the newest first."""
        with self._reading() as connection:
            return searching.search(connection, chosen, limit=limit, before=before)
