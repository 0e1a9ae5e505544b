"""Who may reach which page: one table. What is not in it is refused."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask import Flask, abort, redirect, request, url_for
from werkzeug import Response

from moderation.domain.user import Role
from webui.auth import signed_in_user

_READERS: Final = frozenset({Role.MODERATOR, Role.OFFICER, Role.READER})
_DECIDERS: Final = frozenset({Role.MODERATOR, Role.OFFICER})
_EVERYONE: Final = frozenset(Role)
_OFFICERS: Final = frozenset({Role.OFFICER})
_ADMINS: Final = frozenset({Role.ADMIN})

OPEN: Final = frozenset({"static", "auth.sign_in"})
"""Reached without signing in."""

ALLOWED: Final[Mapping[str, frozenset[Role]]] = MappingProxyType(
    {
        "auth.sign_out": _EVERYONE,
        "triage.start": _EVERYONE,
        "triage.queue": _READERS,
        "triage.item": _READERS,
        "triage.decide": _DECIDERS,
        "search.show": _READERS,
        "queue_views.show": _READERS,
        "queue_views.add": _READERS,
        "queue_views.change": _READERS,
        "queue_views.delete": _READERS,
        "queue_views.news": _READERS,
        "watch.sign": _DECIDERS,
        "watch.receipts": _OFFICERS,
        "grounds.show": _EVERYONE,
        "removal_log.show": _EVERYONE,
        "removal_log.entry": _EVERYONE,
        "removal_log.verify": _EVERYONE,
        "removal_log.export": _EVERYONE,
        "users.show": _ADMINS,
        "users.add": _ADMINS,
    }
)


def register(app: Flask) -> None:
    """Ask the table before every request of the application."""
    app.before_request(_check)


def _check() -> Response | None:
    """Let the request on, send it to sign-in, or refuse it."""
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    user = signed_in_user()
    if user is None:
        return redirect(url_for("auth.sign_in", next=_wanted()))
    if user.role not in ALLOWED.get(request.endpoint, frozenset()):
        abort(403)
    return None


def _wanted() -> str | None:
    """Return where to go on after signing in; only pages that are merely read."""
    return request.full_path.rstrip("?") if request.method == "GET" else None
