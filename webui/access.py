"""Who may reach which page: one table. What is not in it is refused."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from moderation.domain.user import Role
from webui.auth import signed_in_user
from webui.channel_limits import refuse_other_channels
from webui.errors import signed_out_page
from webui.first_things import first_things
from webui.lost_words import lost_words

_READERS: Final = frozenset({Role.MODERATOR, Role.OFFICER, Role.READER})
_DECIDERS: Final = frozenset({Role.MODERATOR, Role.OFFICER})
_EVERYONE: Final = frozenset(Role)
_OFFICERS: Final = frozenset({Role.OFFICER})
_ADMINS: Final = frozenset({Role.ADMIN})

_OVERSEERS: Final = frozenset({Role.OFFICER, Role.ADMIN})

OPEN: Final = frozenset(
    {
        "static",
        "auth.sign_in",
        "code_step.show",
        "invitations.accept",
        "language_choice.show",
    }
)
"""Reached without signing in."""

ALLOWED: Final[Mapping[str, frozenset[Role]]] = MappingProxyType(
    {
        "auth.sign_out": _EVERYONE,
        "triage.start": _EVERYONE,
        "triage.queue": _READERS,
        "triage.item": _READERS,
        "triage.decide": _DECIDERS,
        "collaboration.stay": _DECIDERS,
        "collaboration.leave": _DECIDERS,
        "collaboration.take_over": _DECIDERS,
        "collaboration.save_draft": _DECIDERS,
        "collaboration.drop_draft": _DECIDERS,
        "collaboration.park": _DECIDERS,
        "collaboration.resume": _DECIDERS,
        "collaboration.write_note": _DECIDERS,
        "collaboration.parked": _READERS,
        "inbox.show": _READERS,
        "inbox.mark_read": _READERS,
        "inbox.functions": _ADMINS,
        "inbox.set_functions": _ADMINS,
        "triage.draft": _DECIDERS,
        "answers.show": _DECIDERS,
        "answers.choose": _DECIDERS,
        "answers.keep": _DECIDERS,
        "deciding.undo": _DECIDERS,
        "deciding.following": _READERS,
        "deciding.previous": _READERS,
        "deciding.equal_texts": _DECIDERS,
        "deciding.decide_together": _DECIDERS,
        "shortcuts.show": _EVERYONE,
        "shortcuts.save": _EVERYONE,
        "shortcuts.jump": _READERS,
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
        "users.show": _OVERSEERS,
        "key_figures.show": _READERS,
        "key_figures.export": _READERS,
        "reveals.show": _READERS,
        "reveals.listing": _OFFICERS,
        "removing.show": _OFFICERS,
        "removing.remove": _OFFICERS,
        "erasing.show": _DECIDERS,
        "erasing.erase": _DECIDERS,
        "erasing.wipe": _DECIDERS,
        "tasks.show": _READERS,
        "tasks.handle": _DECIDERS,
        "users.add": _ADMINS,
        "invitations.show": _ADMINS,
        "invitations.invite": _ADMINS,
        "invitations.withdraw": _ADMINS,
        "user_page.show": _OVERSEERS,
        "user_page.edit": _ADMINS,
        "user_page.set_password": _ADMINS,
        "user_page.sign_out": _ADMINS,
        "user_page.close": _ADMINS,
        "user_page.reopen": _ADMINS,
        "user_page.demand_second_factor": _ADMINS,
        "user_page.reset_second_factor": _ADMINS,
        "users.demand_second_factor": _ADMINS,
        "account.show": _EVERYONE,
        "account.change_password": _EVERYONE,
        "language_choice.save": _EVERYONE,
        "account.sign_out_everywhere": _EVERYONE,
        "second_factor.show": _EVERYONE,
        "second_factor.begin": _EVERYONE,
        "second_factor.confirm": _EVERYONE,
        "second_factor.turn_off": _EVERYONE,
        "second_factor.renew_codes": _EVERYONE,
    }
)


def register(app: Flask) -> None:
    """Ask the table before every request of the application."""
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    """Let the request on, send it to sign-in, or refuse it."""
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    user = signed_in_user()
    if user is None and lost_words():
        return signed_out_page()
    if user is None:
        return redirect(url_for("auth.sign_in", next=_wanted()))
    if user.role not in ALLOWED.get(request.endpoint, frozenset()):
        abort(403)
    refuse_other_channels(user)
    return first_things(user)


def _wanted() -> str | None:
    """Return where to go on after signing in; only pages that are merely read."""
    return request.full_path.rstrip("?") if request.method == "GET" else None
