"""Beside the decision itself: drafts, taking back, equal texts, the next item."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation import collaboration, decisions, undoing
from moderation.criticism import is_criticism
from moderation.domain import labels
from moderation.domain.decision import MIN_AGAINST_CRITICISM, Action, KeepReason
from moderation.domain.errors import (
    AlreadyDecidedError,
    HeldByOtherError,
    InvalidDecisionError,
    NotFoundError,
)
from moderation.domain.log_entry import LogEntry
from moderation.domain.triage import QueueEntry
from moderation.statutes import load_ground_cards
from webui.auth import acting_user
from webui.deciding_forms import DAYS, CardForm
from webui.grounds import ground_groups, today
from webui.language import _, lazy, told
from webui.queue_form import QueueForm
from webui.services import services

bp: Final = Blueprint("deciding", __name__)

_TOP: Final = "innehall"
_NEAR: Final = 200
"""Items of a list that the next and the one before are looked for among."""
_ASK: Final = lazy(
    "Välj vad som ska göras: tryck på knappen för att dölja eller behålla."
)
_SEALED: Final = lazy("Ångrandet är sparat i loggen.")
_UNDONE: Final = {
    Action.HIDE: lazy(
        "Döljandet är ångrat. Kommentaren ska visas, och ligger åter i kön."
    ),
    Action.KEEP: lazy("Beslutet att behålla är ångrat. Kommentaren ligger åter i kön."),
    Action.ESCALATE: lazy("Eskaleringen är ångrad. Kommentaren ligger åter i kön."),
}
_UNDONE_WHILE_HIDDEN: Final = {
    Action.HIDE: lazy("Döljandet är ångrat. Kommentaren är dold som förut och väntar."),
    Action.KEEP: lazy(
        "Beslutet att behålla är ångrat. Kommentaren ska vara dold som förut."
    ),
}


@bp.post("/logg/<number:number>/angra")
def undo(number: int) -> ResponseReturnValue:
    """Take back a decision and go to its comment."""
    parts, user = services(), acting_user()
    try:
        reversal = undoing.undo(number, user=user, store=parts.store, at=parts.now())
    except undoing.UndoRefusedError as refused:
        flash(told(refused), "problem")
        return redirect(_item_of(number))
    except AlreadyDecidedError:
        sentence = _("Beslutet är redan ångrat, eller något har hänt sedan dess.")
        flash(sentence, "problem")
        return redirect(_item_of(number))
    except HeldByOtherError:
        sentence = _("Någon annan bedömer kommentaren just nu. Tala med den först.")
        flash(sentence, "problem")
        return redirect(_item_of(number))
    flash(f"{_undone_words(reversal, number)} {_SEALED}", "done")
    return redirect(_item_of(number))


def _undone_words(reversal: LogEntry, number: int) -> str:
    action = Action(str(reversal.payload["undone_action"]))
    was_hidden = services().store.log_entry(number).payload.get("was_hidden") is True
    words = _UNDONE | _UNDONE_WHILE_HIDDEN if was_hidden else _UNDONE
    return words[action]


def _item_of(number: int) -> str:
    comment_id = services().store.log_entry(number).payload.get("comment_id")
    if not isinstance(comment_id, int):
        return url_for("removal_log.entry", number=number)
    return url_for("triage.item", comment_id=comment_id, _anchor=_TOP)


@bp.get("/kommentar/<number:comment_id>/nasta")
def following(comment_id: int) -> ResponseReturnValue:
    """Go to the next item of the list, or to the list where there is none."""
    return _walk(comment_id, 1)


@bp.get("/kommentar/<number:comment_id>/forra")
def previous(comment_id: int) -> ResponseReturnValue:
    """Go to the item before in the list, or to the list where there is none."""
    return _walk(comment_id, -1)


def _walk(comment_id: int, step: int) -> ResponseReturnValue:
    parts, user = services(), acting_user()
    if user.may_decide:
        collaboration.walk_on(
            comment_id, user=user.name, at=parts.now(), store=parts.store
        )
    return redirect(_beside(comment_id, step))


def _beside(comment_id: int, step: int) -> str:
    form = QueueForm(request.args)
    chosen, kept = form.chosen(services().now()), form.kept
    entries = services().store.queue(chosen, limit=_NEAR)
    ids = [entry.stored.id for entry in entries]
    if comment_id not in ids:
        # It has left the list: the list's beginning is next.
        place = 0 if step > 0 else -1
    else:
        place = ids.index(comment_id) + step
    if not 0 <= place < len(ids):
        flash(_("Här tar listan slut."), "done")
        return url_for("triage.queue", **kept, _anchor=_TOP)
    return url_for("triage.item", comment_id=ids[place], **kept, _anchor=_TOP)


@bp.get("/kommentar/<number:comment_id>/lika")
def equal_texts(comment_id: int) -> ResponseReturnValue:
    """List the open comments of the very same text, to decide on together."""
    return _equal_page(comment_id, CardForm())


@bp.post("/kommentar/<number:comment_id>/lika")
def decide_together(comment_id: int) -> ResponseReturnValue:
    """Decide on those that were marked: all of them, or none."""
    form = CardForm(request.form)
    action = form.chosen
    if form.action.data == "ask":
        return _equal_page(comment_id, form, asks=True), 422
    if action not in {Action.HIDE, Action.KEEP}:
        abort(400)
    try:
        entries = _together(comment_id, action, form)
    except InvalidDecisionError as problem:
        return _equal_page(comment_id, form, problem), 422
    except (AlreadyDecidedError, HeldByOtherError):
        return _equal_page(comment_id, form, is_late=True), 409
    first = entries[0].number
    flash(
        _(
            "%(number)s kommentarer fick samma beslut, var och en med egen loggpost. "
            "Den första är loggpost %(first)s.",
            number=len(entries),
            first=first,
        ),
        "done",
    )
    return redirect(url_for("triage.queue", _anchor=_TOP))


def _together(comment_id: int, action: Action, form: CardForm) -> list[LogEntry]:
    parts = services()
    decision = form.decision(
        action=action,
        comment_id=comment_id,
        ground=parts.grounds.in_force(today()).get(str(form.ground.data)),
        moderator=acting_user().name,
        at=parts.now(),
    )
    if action is Action.KEEP:
        # The page asks for words only beside the button that hides.
        decision = replace(decision, reasons="")
    ids = _marked()
    for one in ids[: decisions.MOST_TOGETHER]:
        if parts.store.queue_item(one) is None:
            msg = "En av kommentarerna ligger inte i kön."
            raise NotFoundError(msg)
    return decisions.decide_together(
        decision, ids, store=parts.store, grounds=parts.grounds
    )


def _marked() -> list[int]:
    """Return the ids of what was marked; what is no id stops everything."""
    texts = request.form.getlist("ids")
    if not all(text.isascii() and text.isdigit() and len(text) <= 15 for text in texts):  # noqa: PLR2004 - digits that every database can count to
        abort(400)
    return [int(text) for text in texts]


def _equal_page(
    comment_id: int,
    form: CardForm,
    problem: InvalidDecisionError | None = None,
    *,
    is_late: bool = False,
    asks: bool = False,
) -> str:
    store = services().store
    stored = store.comment(comment_id)
    entries = store.waiting_with_same_text(comment_id, limit=decisions.MOST_TOGETHER)
    return render_template(
        "deciding/equal.html",
        stored=stored,
        entries=entries,
        findings=store.verdict(comment_id).findings,
        marked=set(_marked()) if request.method == "POST" else set(),
        form=form,
        problem=_ASK if asks else problem and _(labels.PROBLEM[problem.problem]),
        is_late=is_late,
        lamp_is_lit=_any_lamp(entries),
        needed=MIN_AGAINST_CRITICISM,
        cards=load_ground_cards().in_force(today()),
        ground_groups=ground_groups(today()),
        keep_reasons={reason: _(labels.KEEP_REASON[reason]) for reason in KeepReason},
        days=DAYS,
    )


def _any_lamp(entries: list[QueueEntry]) -> bool:
    return any(is_criticism(e.verdict, e.stored.comment.text) for e in entries)
