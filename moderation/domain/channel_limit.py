"""Which channels a person sees: all of them, or only some."""

ChannelLimit = frozenset[str] | None
"""The only channels to look in; None means all, and an empty set none."""


def narrowed(limit: ChannelLimit, channel: str) -> ChannelLimit:
    """Return the limit with one channel chosen within it; empty chooses none."""
    if not channel:
        return limit
    if limit is None or channel in limit:
        return frozenset({channel})
    return frozenset()


def is_within(limit: ChannelLimit, channel: str) -> bool:
    """Say whether the limit lets one see the channel."""
    return limit is None or channel in limit
