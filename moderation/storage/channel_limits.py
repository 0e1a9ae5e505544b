"""The limit to some channels, as a condition."""

from sqlalchemy import ColumnElement

from moderation.domain.channel_limit import ChannelLimit


def in_channels(
    column: ColumnElement[str], limit: ChannelLimit
) -> list[ColumnElement[bool]]:
    """Return the condition that a row belongs to one of the channels, if any."""
    if limit is None:
        return []
    if len(limit) == 1:
        # A list of one would keep SQLite from reading its index in order.
        return [column == next(iter(limit))]
    return [column.in_(sorted(limit))]
