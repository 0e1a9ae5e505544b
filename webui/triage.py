"""The queue, and one comment with the decision on it."""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation import decisions
from moderation.domain import labels
from moderation.domain.decision import Action, KeepReason
from moderation.domain.errors import (
    AlreadyDecidedError,
    HeldByOtherError,
    InvalidDecisionError,
    NotFoundError,
)
from moderation.domain.receivers import readers, who_see
from moderation.domain.triage import QueueEntry, QueueStatus
from moderation.overdue import escalate_overdue
from moderation.statutes import load_ground_cards
from moderation.undoing import UNDOABLE
from webui.auth import acting_user
from webui.bbs_card import bbs_card
from webui.conflict import decided_page, held_page, typed_rows
from webui.deciding_forms import CardForm
from webui.drafts import form_of
from webui.forms_collaboration import due_date
from webui.grounds import ground_groups, today
from webui.item_company import company
from webui.item_page import item_page
from webui.language import _, lazy
from webui.queue_form import QueueForm
from webui.queue_list import queue_page
from webui.services import services, whole_services

bp: Final = Blueprint("triage", __name__)

_RESULTS: Final = {
    Action.HIDE: lazy(
        "Beslutet att dölja är loggat och väntar på att utföras på kanalen."
    ),
    Action.KEEP: lazy("Kommentaren får stå kvar."),
    Action.ESCALATE: lazy("Kommentaren är skickad vidare."),
    Action.RESTORE: lazy("Kommentaren visas igen."),
}
_SEALED: Final = lazy("Beslutet är sparat i loggen.")

_TOP: Final = "innehall"
"""The id of every page's main part."""
_NEAREST: Final = 10
"""Items among which the next one is looked for: more people than work at once."""


@bp.get("/")
def start() -> ResponseReturnValue:
    """Go to where the day's work is."""
    page = "users.show" if acting_user().may_administer else "triage.queue"
    return redirect(url_for(page))


@bp.get("/ko/")
def queue() -> ResponseReturnValue:
    """List what waits for a person, the most urgent first."""
    # Whoever opens the queue, all channels: the system does it, not the visitor.
    escalate_overdue(whole_services().store, at=services().now())
    return queue_page(QueueForm(request.args))


@bp.get("/kommentar/<number:comment_id>")
def item(comment_id: int) -> ResponseReturnValue:
    """Show one comment, why it was flagged, and the decision form."""
    return _item(comment_id)


def _item(
    comment_id: int,
    form: CardForm | None = None,
    problem: InvalidDecisionError | None = None,
) -> str:
    page, user = item_page(comment_id), acting_user()
    channel = page.stored.comment.ref.channel
    beside = company(page, user)
    if form is None:
        form = form_of(beside.draft, "" if page.item is None else page.item.status)
    return render_template(
        "triage/item.html",
        page=page,
        card=bbs_card(page),
        user=user,
        company=beside,
        draft_rows=typed_rows(form_of(beside.draft, "")),
        mentionable=readers(who_see(services().store.users(), channel)),
        today=today(),
        shows_all="hela" in request.args,
        form=form,
        problem=None if problem is None else _(labels.PROBLEM[problem.problem]),
        wrong_field=None if problem is None else form.field_of(problem.problem),
        kept=QueueForm(request.args).kept,
        ground_groups=ground_groups(today()),
        keep_reasons={reason: _(labels.KEEP_REASON[reason]) for reason in KeepReason},
    )


@bp.post("/kommentar/<number:comment_id>/beslut")
def decide(comment_id: int) -> ResponseReturnValue:
    """Carry out a decision and go on to the next item."""
    form = CardForm(request.form)
    action = form.chosen
    if action not in _RESULTS:
        abort(400)
    if action is Action.RESTORE and not acting_user().may_restore:
        abort(403)
    try:
        number = _carry_out(comment_id, action, form)
    except InvalidDecisionError as problem:
        return _item(comment_id, form, problem), 422
    except AlreadyDecidedError:
        return decided_page(comment_id, form), 409
    except HeldByOtherError:
        return held_page(comment_id, form), 409
    flash(f"{_RESULTS[action]} {_SEALED}", "done")
    if action in UNDOABLE:
        flash(str(number), "undo")
    if action is Action.HIDE:
        flash(str(comment_id), "answer")
    return redirect(next_address())


@bp.post("/kommentar/<number:comment_id>/motivering")
def draft(comment_id: int) -> ResponseReturnValue:
    """Show the form again with the ground's draft, for those without scripts."""
    form = CardForm(request.form)
    card = load_ground_cards().in_force(today()).get(str(form.ground.data))
    if card is not None:
        form.reasons.data = f"{form.reasons.data}\n{card.draft}".strip()
    return _item(comment_id, form)


def _carry_out(comment_id: int, action: Action, form: CardForm) -> int:
    parts = services()
    decision = form.decision(
        action=action,
        comment_id=comment_id,
        ground=parts.grounds.in_force(today()).get(str(form.ground.data)),
        moderator=acting_user().name,
        at=parts.now(),
    )
    if parts.store.queue_item(comment_id) is None:
        msg = "Kommentaren ligger inte i kön."
        raise NotFoundError(msg)
    if action is not Action.RESTORE and form.expected_status is None:
        raise AlreadyDecidedError
    escalates = action is Action.ESCALATE
    return decisions.decide(
        decision,
        store=parts.store,
        grounds=parts.grounds,
        answer_due=due_date(form.due.data, today()) if escalates else None,
    ).number


def next_address() -> str:
    """Return the next item that nobody else holds; the list when there is none.

    The anchor keeps the browser from carrying the form's own to the new page.
    """
    form = QueueForm(request.args)
    chosen, kept = form.chosen(services().now()), form.kept
    entries = []
    if chosen.status is QueueStatus.OPEN:
        entries = _free(services().store.queue(chosen, limit=_NEAREST))
    if not entries:
        return url_for("triage.queue", **kept, _anchor=_TOP)
    comment_id = entries[0].stored.id
    return url_for("triage.item", comment_id=comment_id, **kept, _anchor=_TOP)


def _free(entries: Sequence[QueueEntry]) -> list[QueueEntry]:
    """Return those that nobody else decides on now."""
    store, user = services().store, acting_user().name
    ids = [entry.stored.id for entry in entries]
    leases = store.leases(ids, at=services().now())
    taken = {number for number, lease in leases.items() if lease.holder != user}
    return [entry for entry in entries if entry.stored.id not in taken]
