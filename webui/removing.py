"""Removing a hidden comment for good: the graver step, with a page of its own."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation import decisions
from moderation.criticism import is_criticism
from moderation.domain import labels
from moderation.domain.decision import MIN_AGAINST_CRITICISM, TEMPORARY, Action
from moderation.domain.errors import AlreadyDecidedError, InvalidDecisionError
from moderation.domain.triage import Outcome
from moderation.statutes import load_ground_cards
from webui.auth import acting_user
from webui.conflict import decided_page
from webui.deciding_forms import CardForm
from webui.grounds import ground_groups, today
from webui.language import _
from webui.services import services

bp: Final = Blueprint("removing", __name__)


@bp.get("/kommentar/<number:comment_id>/ta-bort")
def show(comment_id: int) -> ResponseReturnValue:
    """Say what removing means, and ask for its own ground and reason."""
    form = CardForm()
    if not _is_hidden(comment_id):
        return decided_page(comment_id, form), 409
    return _page(comment_id, form)


@bp.post("/kommentar/<number:comment_id>/ta-bort")
def remove(comment_id: int) -> ResponseReturnValue:
    """Carry the removal out: sealed, and put among what is to be done."""
    form, parts = CardForm(request.form), services()
    if not _is_hidden(comment_id):
        return decided_page(comment_id, form), 409
    decision = form.decision(
        action=Action.REMOVE,
        comment_id=comment_id,
        ground=parts.grounds.in_force(today()).get(str(form.ground.data)),
        moderator=acting_user().name,
        at=parts.now(),
    )
    try:
        decisions.decide(decision, store=parts.store, grounds=parts.grounds)
    except InvalidDecisionError as problem:
        return _page(comment_id, form, problem), 422
    except AlreadyDecidedError:
        return decided_page(comment_id, form), 409
    flash(
        _(
            "Beslutet att ta bort är loggat, och väntar under Att göra på att någon "
            "utför det på kanalen."
        ),
        "done",
    )
    return redirect(url_for("triage.item", comment_id=comment_id, _anchor="innehall"))


def _is_hidden(comment_id: int) -> bool:
    services().store.comment(comment_id)
    item = services().store.queue_item(comment_id)
    return item is not None and item.outcome is Outcome.HIDDEN


def _page(
    comment_id: int, form: CardForm, problem: InvalidDecisionError | None = None
) -> str:
    store = services().store
    stored, verdict = store.comment(comment_id), store.verdict(comment_id)
    return render_template(
        "removing/show.html",
        stored=stored,
        verdict=verdict,
        form=form,
        problem=None if problem is None else _(labels.PROBLEM[problem.problem]),
        wrong_field=None if problem is None else form.field_of(problem.problem),
        lamp_is_lit=is_criticism(verdict, stored.comment.text),
        needed=MIN_AGAINST_CRITICISM,
        cards=load_ground_cards().in_force(today()),
        ground_groups=ground_groups(today()),
        left_out=TEMPORARY,
    )
