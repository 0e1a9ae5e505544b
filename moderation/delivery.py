"""Carrying out decisions at the source."""

from collections.abc import Mapping

from moderation.domain.ports import Store


def waiting(store: Store) -> Mapping[str, int]:
    """Return how many deliveries wait for a person's hand, by channel.

    Comments that came from files have no source that Uppsikt could write to, so
    none of these can be sent by itself.
    """
    return store.count_tasks()
