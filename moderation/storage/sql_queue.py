"""The part of the store that the queue's pages ask."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.search import SearchFilter, SearchPage
from moderation.domain.watch import SavedView, WatchReceipt
from moderation.storage import saved_views, searching, watch_receipts
from moderation.storage.reading import Reading


class QueueReads(Reading):
    """What the port QueueReading promises."""

    def search(
        self, chosen: SearchFilter, *, limit: int, before: int | None = None
    ) -> SearchPage:
        """Return texts where all the words occur, the newest first."""
        with self._reading() as connection:
            return searching.search(connection, chosen, limit=limit, before=before)

    def count_decided(
        self, *, since: datetime, at_most: int, channels: ChannelLimit = None
    ) -> int:
        """Return how many items were decided, without counting past at_most."""
        with self._reading() as connection:
            return watch_receipts.count_decided(
                connection, since=since, at_most=at_most, channels=channels
            )

    def saved_views(self, user: str) -> list[SavedView]:
        """Return a user's own views and the shared ones, by name."""
        with self._reading() as connection:
            return saved_views.saved_views(connection, user)

    def saved_view(self, view_id: int) -> SavedView:
        """Return a view, or raise NotFoundError."""
        with self._reading() as connection:
            return saved_views.saved_view(connection, view_id)

    def watch_receipts(
        self, *, limit: int, before: int | None = None
    ) -> list[WatchReceipt]:
        """Return receipts, the newest first; only those numbered below before."""
        with self._reading() as connection:
            return watch_receipts.watch_receipts(connection, limit=limit, before=before)


class QueueChanges:
    """What the port QueueChanging promises."""

    _connection: Connection

    def add_view(
        self, *, owner: str, name: str, query: Mapping[str, str], is_shared: bool
    ) -> int:
        """Save a view and return its id."""
        return saved_views.add_view(
            self._connection, owner=owner, name=name, query=query, is_shared=is_shared
        )

    def change_view(self, view_id: int, *, name: str, is_shared: bool) -> None:
        """Rename a view, share it or no longer."""
        saved_views.change_view(
            self._connection, view_id, name=name, is_shared=is_shared
        )

    def delete_view(self, view_id: int) -> None:
        """Forget a view."""
        saved_views.delete_view(self._connection, view_id)

    def sign_watch(
        self,
        *,
        moderator: str,
        at: datetime,
        day_began: datetime,
        channels: ChannelLimit = None,
    ) -> WatchReceipt | None:
        """Add a receipt with the channels, or None if something waits."""
        return watch_receipts.sign_watch(
            self._connection,
            moderator=moderator,
            at=at,
            day_began=day_began,
            limit=channels,
        )
