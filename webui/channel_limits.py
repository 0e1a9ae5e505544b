"""Pages about one thing, for users who see some channels only.

What pages list is limited in webui.services, where they get their store. Here what
an address names is refused before its page has begun.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from flask import Flask, request

from moderation.domain.ports import Store
from moderation.domain.user import User
from webui.auth import signed_in_user
from webui.services import services

_NAMED: Final[Mapping[str, Callable[[Store, int], object]]] = MappingProxyType(
    {
        "comment_id": lambda store, number: store.comment(number),
        "number": lambda store, number: store.log_entry(number),
        "delivery_id": lambda store, number: store.task(number),
    }
)
"""What the numbers in addresses are called, and how each is asked for."""


def register(app: Flask) -> None:
    """Let templates ask whether a filter names a channel that is not shown."""
    app.jinja_env.globals["is_outside"] = is_outside


def refuse_other_channels(user: User) -> None:
    """Answer 404 for what belongs to a channel that the user does not see."""
    if not user.channels:
        return
    for name, number in (request.view_args or {}).items():
        if name in _NAMED:
            _NAMED[name](services().store, number)


def is_outside(channel: str | None) -> bool:
    """Say whether a filter names a channel that the user does not see."""
    user = signed_in_user()
    return bool(channel) and user is not None and not user.may_see(str(channel))
