"""What the core asks of the store about a period."""

from datetime import datetime
from typing import Protocol

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.key_figures import KeyFigures


class FigureReads(Protocol):
    """Adds up what happened."""

    def key_figures(
        self,
        since: datetime,
        until: datetime,
        *,
        channel: str = "",
        channels: ChannelLimit = None,
    ) -> KeyFigures:
        """Return the figures of a period, from since up to but not including until.

        Of all channels, unless one is chosen; within the limit, if there is one. A
        decision that was taken back within the period is left out of all of them.
        The memory it takes follows the hours and channels, not the comments.
        """
        ...
