"""What the queue's pages ask of the store beside the common part."""

from typing import Protocol

from moderation.domain.search import SearchFilter, SearchPage


class QueueReading(Protocol):
    """Searches texts."""

    def search(
        self, chosen: SearchFilter, *, limit: int, before: int | None = None
    ) -> SearchPage:
        """Return texts where all the words occur, the newest first.

        At most limit; looks through a bounded number of texts, so that a page may
        hold fewer hits, or none, though there is more to look through.
        """
        ...
