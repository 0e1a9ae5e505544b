"""What the queue's pages ask of the store beside the common part."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.search import SearchFilter, SearchPage
from moderation.domain.watch import SavedView, WatchReceipt


class QueueReading(Protocol):
    """Searches texts, and reads saved views and receipts."""

    def search(
        self, chosen: SearchFilter, *, limit: int, before: int | None = None
    ) -> SearchPage:
        """Return texts where all the words occur, the newest first.

        At most limit; looks through a bounded number of texts, so that a page may
        hold fewer hits, or none, though there is more to look through.
        """
        ...

    def count_decided(
        self, *, since: datetime, at_most: int, channels: ChannelLimit = None
    ) -> int:
        """Return how many items were decided, without counting past at_most."""
        ...

    def saved_views(self, user: str) -> list[SavedView]:
        """Return a user's own views and the shared ones, by name."""
        ...

    def saved_view(self, view_id: int) -> SavedView:
        """Return a view, or raise NotFoundError."""
        ...

    def watch_receipts(
        self, *, limit: int, before: int | None = None
    ) -> list[WatchReceipt]:
        """Return receipts, the newest first; only those numbered below before."""
        ...


class QueueChanging(Protocol):
    """Changes saved views and adds receipts."""

    def add_view(
        self, *, owner: str, name: str, query: Mapping[str, str], is_shared: bool
    ) -> int:
        """Save a view and return its id.

        Raises UppsiktError if the owner has one of that name, or has too many.
        """
        ...

    def change_view(self, view_id: int, *, name: str, is_shared: bool) -> None:
        """Rename a view, share it or no longer; UppsiktError if the name is taken."""
        ...

    def delete_view(self, view_id: int) -> None:
        """Forget a view."""
        ...

    def sign_watch(
        self,
        *,
        moderator: str,
        at: datetime,
        day_began: datetime,
        channels: ChannelLimit = None,
    ) -> WatchReceipt | None:
        """Add a receipt with the channels, or None if something waits to be decided.

        Nothing can come to wait between the look and the receipt.
        """
        ...
