"""Pages about one comment or one entry, for users who see some channels only."""

from flask import abort, request

from moderation.domain.user import User
from webui.services import services


def refuse_other_channels(user: User) -> None:
    """Answer 404 for what belongs to a channel that the user does not see."""
    named = request.view_args or {}
    if not user.channels or not named:
        return
    channel = _channel(named)
    if channel is not None and not user.may_see(channel):
        abort(404)


def _channel(named: dict[str, int]) -> str | None:
    """Return the channel of what the address names; None where it has none."""
    store = services().store
    if "comment_id" in named:
        return store.comment(named["comment_id"]).comment.ref.channel
    if request.endpoint == "removal_log.entry":
        return str(store.log_entry(named["number"]).payload.get("channel", ""))
    return None
