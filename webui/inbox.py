"""What waits for the user who is signed in, and who has which function."""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.domain import labels
from moderation.domain.collaboration import AssignedEntry, Function, Mention
from moderation.domain.receivers import readers
from moderation.domain.triage import QueueEntry, QueueStatus
from moderation.overdue import escalate_overdue
from webui import wording
from webui.acting import accounts
from webui.auth import acting_user
from webui.forms import line
from webui.item_company import queue_company
from webui.language import _
from webui.log_rows import display_names
from webui.numbers import LARGEST
from webui.services import services

bp: Final = Blueprint("inbox", __name__)

_MOST: Final = 50
"""Rows of each kind; whoever has more starts at the top anyway."""


@bp.get("/till-mig/")
def show() -> ResponseReturnValue:
    """List mentions, escalations and parked items for the user."""
    store, user = services().store, acting_user().name
    functions = store.user_functions().get(user, frozenset())
    escalated = _assigned(QueueStatus.ESCALATED, functions)
    parked = _assigned(QueueStatus.PARKED, frozenset())
    past_time = _past_time()
    return render_template(
        "inbox/show.html",
        mentions=_mentions(),
        escalated=escalated,
        parked=parked,
        past_time=past_time,
        functions=wording.listed(sorted(_(labels.FUNCTION[one]) for one in functions)),
        company=queue_company(
            [*past_time, *(one.entry for one in (*escalated, *parked))]
        ),
        names=display_names(),
    )


def _mentions() -> Sequence[Mention]:
    return services().store.unread_mentions(acting_user().name, limit=_MOST)


def _assigned(
    status: QueueStatus, functions: frozenset[Function]
) -> list[AssignedEntry]:
    found = services().store.assigned_to(
        acting_user().name, functions, status=status, limit=_MOST
    )
    return list(found)


def _past_time() -> Sequence[QueueEntry]:
    """Return what was hidden for a time that is up: the officer answers for it."""
    if not acting_user().may_restore:
        return ()
    store = services().store
    escalate_overdue(store, at=services().now())
    return store.hidden_past_time(limit=_MOST)


@bp.post("/till-mig/last")
def mark_read() -> ResponseReturnValue:
    """Mark a note as read; one that the user's list does not show is left as it is."""
    number = request.form.get("note", "")
    if not number.isascii() or not number.isdigit() or len(number) > len(str(LARGEST)):
        abort(400)
    store, user = services().store, acting_user().name
    if any(int(number) == one.note.id for one in _mentions()):
        with store.transaction() as tx:
            tx.mark_read(int(number), user, at=services().now())
    return redirect(url_for("inbox.show"))


@bp.get("/anvandare/funktioner")
def functions() -> ResponseReturnValue:
    """List who has which function."""
    return render_template(
        "inbox/functions.html",
        users=readers(services().store.users()),
        given=services().store.user_functions(),
        words=labels.FUNCTION,
    )


@bp.post("/anvandare/funktioner")
def set_functions() -> ResponseReturnValue:
    """Let a user have the chosen functions and no others."""
    name, wanted = request.form.get("user_name"), request.form.getlist("functions")
    known = services().store.user(line(name))
    if known is None or not set(Function).issuperset(wanted):
        abort(400)
    user = accounts().set_functions(known.name, frozenset(map(Function, wanted)))
    sentence = _("Funktionerna för %(name)s är sparade.", name=user.display_name)
    flash(sentence, "done")
    return redirect(url_for("inbox.functions"))
