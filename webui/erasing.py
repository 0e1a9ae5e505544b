"""Child abuse material: one page that erases the text and says what to do."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from moderation import erasing
from moderation.domain.errors import AlreadyDecidedError
from webui.auth import acting_user
from webui.language import _, lazy
from webui.log_rows import display_names
from webui.services import services

bp: Final = Blueprint("erasing", __name__)

_WIPED: Final = lazy("Databasen är städad: inget av det raderade finns kvar i den.")
_NOT_WIPED: Final = lazy(
    "Texten är raderad, men databasen är inte städad än: ett annat program stod i "
    "vägen. Tryck på Städa databasen om en stund."
)


@bp.get("/kommentar/<number:comment_id>/overgrepp-mot-barn")
def show(comment_id: int) -> ResponseReturnValue:
    """Say what will be done; afterwards, what was done and where to turn."""
    store = services().store
    stored = store.comment(comment_id)
    ref = stored.comment.ref
    tasks = [one for one in store.deliveries(ref) if one.status == "pending"]
    return render_template(
        "erasing/show.html",
        stored=stored,
        erasure=store.erasure(ref),
        names=display_names(),
        task=tasks[-1] if tasks else None,
    )


@bp.post("/kommentar/<number:comment_id>/overgrepp-mot-barn")
def erase(comment_id: int) -> ResponseReturnValue:
    """Erase the text wherever it stands, and overwrite what the database keeps."""
    parts = services()
    try:
        erasing.erase(
            comment_id, user=acting_user().name, store=parts.store, at=parts.now()
        )
    except AlreadyDecidedError:
        flash(_("Texten är redan raderad."), "done")
        return redirect(url_for("erasing.show", comment_id=comment_id))
    sentence = _("Texten är raderad. Loggposten om det innehåller ingen text.")
    flash(sentence, "done")
    return _wiped(comment_id)


@bp.post("/kommentar/<number:comment_id>/overgrepp-mot-barn/stada")
def wipe(comment_id: int) -> ResponseReturnValue:
    """Try again to overwrite what the database keeps."""
    services().store.comment(comment_id)
    return _wiped(comment_id)


def _wiped(comment_id: int) -> ResponseReturnValue:
    if services().store.wipe():
        flash(str(_WIPED), "done")
    else:
        flash(str(_NOT_WIPED), "problem")
    return redirect(url_for("erasing.show", comment_id=comment_id))
