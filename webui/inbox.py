"""What waits for the user who is signed in, and who has which function."""

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.domain import labels
from moderation.domain.collaboration import AssignedEntry, Function
from moderation.domain.receivers import readers
from moderation.domain.triage import QueueStatus
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
    return render_template(
        "inbox/show.html",
        mentions=store.unread_mentions(user, limit=_MOST),
        escalated=escalated,
        parked=parked,
        functions=sorted(_(labels.FUNCTION[one]) for one in functions),
        company=queue_company([one.entry for one in (*escalated, *parked)]),
        names=display_names(),
    )


def _assigned(
    status: QueueStatus, functions: frozenset[Function]
) -> list[AssignedEntry]:
    found = services().store.assigned_to(
        acting_user().name, functions, status=status, limit=_MOST
    )
    return list(found)


@bp.post("/till-mig/last")
def mark_read() -> ResponseReturnValue:
    """Mark a note as read; a note that does not name the user is left as it is."""
    number = request.form.get("note", "")
    if not number.isascii() or not number.isdigit() or len(number) > len(str(LARGEST)):
        abort(400)
    with services().store.transaction() as tx:
        tx.mark_read(int(number), acting_user().name, at=services().now())
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
    store, wanted = services().store, request.form.getlist("functions")
    user = store.user(line(request.form.get("user_name")))
    if user is None or not set(Function).issuperset(wanted):
        abort(400)
    chosen = [Function(one) for one in wanted]
    with store.transaction() as tx:
        tx.set_functions(user.name, chosen)
    sentence = _("Funktionerna för %(name)s är sparade.", name=user.display_name)
    flash(sentence, "done")
    return redirect(url_for("inbox.functions"))
