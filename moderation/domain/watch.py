"""Views that people save of the queue, and receipts for a day's watch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MAX_VIEW_NAME: Final = 60
MAX_VIEWS: Final = 20
"""Views a person may have: each is counted whenever the queue is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A filter of the queue that somebody gave a name."""

    id: int
    owner: str
    """A user name."""
    name: str
    query: Mapping[str, str]
    """The filter as it stands in an address."""
    is_shared: bool
    """Whether everybody sees it."""

    @property
    def channel(self) -> str:
        """The channel that it is narrowed to; empty where it is to none."""
        return self.query.get("kanal", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchReceipt:
    """That somebody saw the queue empty, and what had been done that day."""

    number: int
    moderator: str
    """A user name."""
    signed_at: datetime
    channels: tuple[str, ...]
    decided: int
    """Items decided that day, by anybody."""
