"""Writing to the author: a draft, the guard over it, and a copy of what was sent."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.answers import keep_copy
from moderation.domain.answer import (
    Answer,
    AnswerKind,
    AnswerProblem,
    AnswerTooLateError,
    InvalidAnswerError,
)
from moderation.reply_guard import find_concerns
from webui.answer_forms import AnswerForm, concerns_mark
from webui.answer_page import AnswerPage, answer_page, draft_of, is_own_text
from webui.auth import acting_user
from webui.language import lazy, told
from webui.queue_form import QueueForm
from webui.services import services

bp: Final = Blueprint("answers", __name__, url_prefix="/kommentar/<number:comment_id>")

_KEPT: Final = {
    AnswerKind.NOTICE: lazy(
        "Kopian av meddelandet är sparad i historiken och i loggen."
    ),
    AnswerKind.REPLY: lazy("Kopian av svaret är sparad i historiken och i loggen."),
}
_NOTHING_YET: Final = lazy(
    "Besluta om kommentaren först. Sedan kan du skriva till avsändaren."
)


@bp.get("/svar")
def show(comment_id: int) -> ResponseReturnValue:
    """Show a draft to send, or go to the comment where nothing is decided."""
    page = answer_page(comment_id)
    if page is None:
        return _not_decided(comment_id)
    form = AnswerForm(template=page.first.id, signature=page.first.signature.value)
    form.text.data = draft_of(page, form)
    return _shown(page, form)


@bp.post("/svar/mall")
def choose(comment_id: int) -> ResponseReturnValue:
    """Show the draft anew with another template or signature; one's own is kept."""
    form, page = AnswerForm(request.form), answer_page(comment_id)
    if page is None:
        return _shown_late(comment_id, form)
    before = str(form.text.data)
    is_own = is_own_text(page, before)
    form.text.data = draft_of(page, form)
    return _shown(page, form, earlier=before if is_own else "")


@bp.post("/svar")
def keep(comment_id: int) -> ResponseReturnValue:
    """Keep a copy of what was sent."""
    form, page = AnswerForm(request.form), answer_page(comment_id)
    if page is None:
        return _shown_late(comment_id, form)
    answer = _answer(page, form)
    try:
        _refuse_unseen(answer, form)
        keep_copy(answer, store=services().store)
    except InvalidAnswerError as error:
        return _shown(page, form, answer=answer, problem=told(error)), 422
    except AnswerTooLateError as error:
        return _shown(page, form, answer=answer, problem=told(error)), 409
    flash(str(_KEPT[page.kind]), "done")
    return redirect(_item_of(comment_id, "historik"))


def _answer(page: AnswerPage, form: AnswerForm) -> Answer:
    parts, text = services(), str(form.text.data)
    template = page.template(str(form.template.data))
    return Answer(
        comment_id=page.stored.id,
        kind=page.kind,
        decision=page.decision.number,
        seen=form.last_seen,
        template=template.id,
        template_revision=template.revision,
        signature=form.chosen_signature(template),
        text=text,
        sure_because=str(form.sure_because.data),
        concerns=find_concerns(text, find_personal_data=parts.find_personal_data),
        by=acting_user().name,
        at=parts.now(),
    )


def _refuse_unseen(answer: Answer, form: AnswerForm) -> None:
    """Let a reason count only for the places that its writer had been shown."""
    is_new = form.seen_concerns.data != concerns_mark(answer.concerns)
    if answer.text.strip() and answer.concerns and is_new:
        raise InvalidAnswerError(AnswerProblem.CONCERNS)


def _not_decided(comment_id: int) -> ResponseReturnValue:
    flash(str(_NOTHING_YET), "problem")
    return redirect(_item_of(comment_id, "innehall"))


def _item_of(comment_id: int, anchor: str) -> str:
    kept = QueueForm(request.args).kept
    return url_for("triage.item", comment_id=comment_id, **kept, _anchor=anchor)


def _shown_late(comment_id: int, form: AnswerForm) -> ResponseReturnValue:
    """Show what was typed where the comment waits for a decision again."""
    return render_template(
        "answers/late.html",
        stored=services().store.comment(comment_id),
        text=form.text.data,
        kept=QueueForm(request.args).kept,
    ), 409


def _shown(
    page: AnswerPage,
    form: AnswerForm,
    *,
    answer: Answer | None = None,
    problem: str = "",
    earlier: str = "",
) -> str:
    concerns = () if answer is None else answer.concerns
    return render_template(
        "answers/show.html",
        page=page,
        form=form,
        chosen=page.template(str(form.template.data)),
        concerns=concerns,
        mark=concerns_mark(concerns),
        problem=problem,
        earlier=earlier,
        kept=QueueForm(request.args).kept,
        user=acting_user(),
    )
