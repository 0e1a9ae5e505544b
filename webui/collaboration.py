"""Holding, leaving, taking over, parking, drafts, notes and what waits for me."""

from collections.abc import Callable
from typing import Final

from flask import (
    Blueprint,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from wtforms import Form

from moderation import collaboration
from moderation.domain.errors import (
    AlreadyDecidedError,
    HeldByOtherError,
    UppsiktError,
)
from moderation.domain.receivers import readers, who_see
from moderation.domain.triage import WAITING, QueueFilter, QueueStatus
from moderation.domain.user import User
from webui import wording
from webui.auth import acting_user
from webui.conflict import decided_page, held_page
from webui.deciding_forms import CardForm
from webui.drafts import form_of, typed_fields
from webui.forms_collaboration import (
    NoteForm,
    ParkForm,
    TakeOverForm,
    due_date,
)
from webui.grounds import today
from webui.item_company import deciders, held_words, queue_company
from webui.language import _
from webui.log_rows import display_names
from webui.numbers import PAGE_SIZE, page_number
from webui.queue_form import QueueForm
from webui.services import services
from webui.times import clock
from webui.triage import next_address

bp: Final = Blueprint("collaboration", __name__)

_JSON: Final = "application/json"


@bp.post("/kommentar/<number:comment_id>/haller")
def stay(comment_id: int) -> ResponseReturnValue:
    """Renew the lease for a page that is being read, and say who holds the item."""
    parts, user = services(), acting_user().name
    collaboration.waiting_item(comment_id, parts.store)
    lease = collaboration.hold(comment_id, user=user, at=parts.now(), store=parts.store)
    is_mine = lease.holder == user
    told = "" if is_mine else held_words(lease, display_names())
    return jsonify({"held": is_mine, "told": told})


@bp.post("/kommentar/<number:comment_id>/lamna")
def leave(comment_id: int) -> ResponseReturnValue:
    """Let go of an item without deciding on it."""
    store = services().store
    store.comment(comment_id)
    collaboration.leave(comment_id, user=acting_user().name, store=store)
    flash(_("Du har lämnat kommentaren. Någon annan kan ta den."), "done")
    return redirect(url_for("triage.queue", **QueueForm(request.args).kept))


@bp.post("/kommentar/<number:comment_id>/ta-over")
def take_over(comment_id: int) -> ResponseReturnValue:
    """Take an item from a colleague, with a reason that stays in its history."""
    parts, user, form = services(), acting_user().name, TakeOverForm(request.form)
    collaboration.waiting_item(comment_id, parts.store)
    if not form.validate():
        draft = parts.store.draft(user, comment_id)
        return held_page(comment_id, form_of(draft, ""), form), 422
    collaboration.take_over(
        comment_id,
        user=user,
        why=str(form.why.data).strip(),
        at=parts.now(),
        store=parts.store,
    )
    flash(_("Nu bedömer du kommentaren. Skälet står i historiken."), "done")
    return _to_item(comment_id)


@bp.post("/kommentar/<number:comment_id>/utkast")
def save_draft(comment_id: int) -> ResponseReturnValue:
    """Keep what is typed in the decision form; answers a script with JSON."""
    parts, user = services(), acting_user().name
    collaboration.save_draft(
        comment_id,
        typed_fields(request.form),
        user=user,
        at=parts.now(),
        store=parts.store,
    )
    collaboration.hold(comment_id, user=user, at=parts.now(), store=parts.store)
    told = _("Utkastet är sparat %(time)s.", time=clock(parts.now()))
    if request.accept_mimetypes.best == _JSON:
        return jsonify({"told": told})
    flash(told, "done")
    return _to_item(comment_id, "beslut")


@bp.post("/kommentar/<number:comment_id>/utkast/kasta")
def drop_draft(comment_id: int) -> ResponseReturnValue:
    """Throw one's own draft away."""
    store = services().store
    store.comment(comment_id)
    with store.transaction() as tx:
        tx.drop_draft(acting_user().name, comment_id)
    flash(_("Utkastet är borta."), "done")
    return _to_item(comment_id)


@bp.post("/kommentar/<number:comment_id>/parkera")
def park(comment_id: int) -> ResponseReturnValue:
    """Put an item aside with an owner and a last day."""
    form = ParkForm(request.form)
    form.today = today()
    if form.expected.data not in WAITING:
        abort(400)
    is_right = form.validate()
    if form.owner.data and form.owner.data not in _able(comment_id):
        form.owner.errors = [_("Välj någon i listan.")]
        is_right = False
    if not is_right:
        return _form_page("park", comment_id, form), 422
    _park(comment_id, form)
    flash(_("Kommentaren är parkerad."), "done")
    return redirect(next_address())


def _park(comment_id: int, form: ParkForm) -> None:
    due = due_date(form.due.data, form.today)
    if due is None:
        abort(400)
    parking = collaboration.Parking(
        comment_id=comment_id,
        owner=str(form.owner.data),
        due=due,
        reason=str(form.reasons.data).strip(),
        expected=QueueStatus(str(form.expected.data)),
    )
    parts = services()
    collaboration.park(
        parking, user=acting_user().name, at=parts.now(), store=parts.store
    )


@bp.post("/kommentar/<number:comment_id>/ateruppta")
def resume(comment_id: int) -> ResponseReturnValue:
    """Take an item back from where it was parked."""
    parts = services()
    collaboration.resume(
        comment_id, user=acting_user().name, at=parts.now(), store=parts.store
    )
    flash(_("Kommentaren är tillbaka i kön, och du bedömer den."), "done")
    return _to_item(comment_id)


@bp.post("/kommentar/<number:comment_id>/anteckningar")
def write_note(comment_id: int) -> ResponseReturnValue:
    """Add a note to an item."""
    parts, form = services(), NoteForm(request.form)
    if not form.validate():
        return _form_page("note", comment_id, form), 422
    names = collaboration.write_note(
        comment_id,
        str(form.text.data).strip(),
        author=acting_user().name,
        at=parts.now(),
        store=parts.store,
    )
    shown = display_names()
    told = wording.listed([shown[name] for name in names])
    sentences = [_("Anteckningen är sparad.")]
    if names:
        sentences.append(_("Den visas för %(names)s under Till mig.", names=told))
    flash(" ".join(sentences), "done")
    return _to_item(comment_id, "anteckningar")


def _form_page(which: str, comment_id: int, form: Form) -> str:
    users, user = _who_see(comment_id), acting_user()
    return render_template(
        "collaboration/form.html",
        which=which,
        stored=services().store.comment(comment_id),
        form=form,
        today=today(),
        user=user,
        deciders=deciders(users, user),
        mentionable=readers(users),
        kept=QueueForm(request.args).kept,
    )


def _able(comment_id: int) -> set[str]:
    able = deciders(_who_see(comment_id), acting_user())
    return {user.name for user in able}


def _who_see(comment_id: int) -> list[User]:
    store = services().store
    channel = store.comment(comment_id).comment.ref.channel
    return who_see(store.users(), channel)


def _to_item(comment_id: int, anchor: str = "innehall") -> ResponseReturnValue:
    kept = QueueForm(request.args).kept
    return redirect(
        url_for("triage.item", comment_id=comment_id, **kept, _anchor=anchor)
    )


@bp.errorhandler(AlreadyDecidedError)
def _decided(error: AlreadyDecidedError) -> ResponseReturnValue:
    return _refused(error, decided_page)


@bp.errorhandler(HeldByOtherError)
def _held(error: HeldByOtherError) -> ResponseReturnValue:
    return _refused(error, held_page)


def _refused(
    error: UppsiktError, page: Callable[[int, CardForm], str]
) -> ResponseReturnValue:
    """Answer with a page that keeps what was typed; a script gets the sentence."""
    if request.accept_mimetypes.best == _JSON:
        return jsonify({"held": False, "told": _(str(error))}), 409
    comment_id = (request.view_args or {})["comment_id"]
    return page(comment_id, CardForm(request.form)), 409


@bp.get("/ko/parkerade")
def parked() -> ResponseReturnValue:
    """List what is parked, one's own first."""
    page, user = page_number(request.args.get("sida")), acting_user()
    store = services().store
    found = store.parked(
        first=user.name, limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE
    )
    entries = [one.entry for one in found[:PAGE_SIZE]]
    return render_template(
        "collaboration/parked.html",
        found=found[:PAGE_SIZE],
        company=queue_company(entries),
        count=store.count_queue(QueueFilter(status=QueueStatus.PARKED)),
        has_more=len(found) > PAGE_SIZE,
        page=page,
        today=today(),
        user=user,
    )
