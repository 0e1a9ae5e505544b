"""Carrying out decisions at the source."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from moderation.domain.ports import Store

MOST: Final = 10_000
"""Deliveries looked at in one go."""


def waiting(store: Store) -> Mapping[str, int]:
    """Return how many deliveries wait for a person's hand, by channel.

    Comments that came from files have no source that Uppsikt could write to, so
    none of these can be sent by itself.
    """
    pending = store.pending_deliveries(limit=MOST)
    return Counter(delivery.ref.channel for delivery in pending)
