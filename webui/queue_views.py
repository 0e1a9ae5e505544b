"""Saved views of the queue, and word of what has come since it was read."""

from typing import Final

from flask import Blueprint, abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, StringField

from moderation.domain.errors import NotFoundError, StorageError, UppsiktError
from moderation.domain.watch import MAX_VIEW_NAME, SavedView
from webui.auth import acting_user
from webui.forms import line
from webui.language import _, told
from webui.queue_form import QueueForm
from webui.queue_list import ViewProblem, bounded, count_news, form_of, queue_page
from webui.services import services

bp: Final = Blueprint("queue_views", __name__, url_prefix="/ko")


class ViewForm(Form):
    """A view's name, and whether everybody sees it."""

    namn = StringField(filters=[line])
    delad = BooleanField()

    @property
    def problem(self) -> str:
        """What is wrong with the name, in a sentence; otherwise empty."""
        if not self.namn.data:
            return _("Skriv ett namn på vyn.")
        if len(self.namn.data) > MAX_VIEW_NAME:
            return _("Korta namnet till %(number)s tecken.", number=MAX_VIEW_NAME)
        return ""


@bp.get("/vy/<number:view_id>")
def show(view_id: int) -> ResponseReturnValue:
    """List what a view shows."""
    view = _visible(view_id)
    places = {n: request.args[n] for n in ("tid", "efter") if n in request.args}
    return queue_page(QueueForm(MultiDict({**view.query, **places})), view)


@bp.post("/vy/")
def add() -> ResponseReturnValue:
    """Save the filter that is being shown, under a name."""
    form, chosen = ViewForm(request.form), QueueForm(request.form)
    if form.delad.data and not acting_user().may_restore:
        abort(403)
    if form.problem:
        return _refused(form, chosen, form.problem, None), 422
    try:
        with services().store.transaction() as tx:
            view_id = tx.add_view(
                owner=acting_user().name,
                name=str(form.namn.data),
                query=chosen.kept,
                is_shared=bool(form.delad.data),
            )
    except StorageError:
        raise
    except UppsiktError as error:
        return _refused(form, chosen, told(error), None), 409
    flash(_("Vyn %(name)s är sparad.", name=form.namn.data), "done")
    return redirect(url_for("queue_views.show", view_id=view_id))


@bp.post("/vy/<number:view_id>/andra")
def change(view_id: int) -> ResponseReturnValue:
    """Give a view another name, share it or no longer."""
    view = _changeable(view_id)
    form = ViewForm(request.form)
    if form.delad.data and not (view.is_shared or acting_user().may_restore):
        abort(403)
    if form.problem:
        return _refused(form, form_of(view), form.problem, view), 422
    try:
        with services().store.transaction() as tx:
            tx.change_view(
                view_id, name=str(form.namn.data), is_shared=bool(form.delad.data)
            )
    except StorageError:
        raise
    except UppsiktError as error:
        return _refused(form, form_of(view), told(error), view), 409
    flash(_("Vyn heter %(name)s.", name=form.namn.data), "done")
    return redirect(url_for("queue_views.show", view_id=view_id))


@bp.post("/vy/<number:view_id>/ta-bort")
def delete(view_id: int) -> ResponseReturnValue:
    """Forget a view; nothing in the queue changes."""
    view = _changeable(view_id)
    with services().store.transaction() as tx:
        tx.delete_view(view_id)
    sentence = _("Vyn %(name)s är borttagen. Inget i kön har ändrats.", name=view.name)
    flash(sentence, "done")
    return redirect(url_for("triage.queue"))


@bp.get("/nya")
def news() -> ResponseReturnValue:
    """Tell how many have come since a list was made."""
    form = QueueForm(request.args)
    number = count_news(form, form.made_at(services().now()))
    return jsonify(nya=number, text=_("Visa %(number)s nya", number=bounded(number)))


def _visible(view_id: int) -> SavedView:
    """Return a view that is one's own or shared; others do not exist."""
    view = services().store.saved_view(view_id)
    user = acting_user()
    is_shared = view.is_shared and user.may_see(view.channel)
    if is_shared or view.owner == user.name:
        return view
    msg = f"Vy {view_id} finns inte: gå till kön och välj en annan."
    raise NotFoundError(msg)


def _changeable(view_id: int) -> SavedView:
    """Return a view that one may change: one's own, and for the officer the shared."""
    view = _visible(view_id)
    if view.owner != acting_user().name and not acting_user().may_restore:
        abort(403)
    return view


def _refused(
    form: ViewForm, chosen: QueueForm, sentence: str, view: SavedView | None
) -> str:
    typed = str(form.namn.data)[: MAX_VIEW_NAME * 2]
    return queue_page(chosen, view, ViewProblem(sentence=sentence, typed=typed))
