"""Showing what lists mask: one comment at a time, and written down."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask import Blueprint, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.domain.comment import StoredComment
from moderation.domain.reveal import RevealPlace
from webui.auth import acting_user, local_path
from webui.language import lazy
from webui.log_rows import display_names
from webui.numbers import PAGE_SIZE, row_number
from webui.services import services

bp: Final = Blueprint("reveals", __name__)

PLACES: Final[Mapping[RevealPlace, str]] = MappingProxyType(
    {
        RevealPlace.QUEUE: lazy("kön"),
        RevealPlace.PARKED: lazy("parkerade"),
        RevealPlace.INBOX: lazy("Till mig"),
        RevealPlace.SEARCH: lazy("sökningen"),
        RevealPlace.LOG: lazy("loggen"),
        RevealPlace.ENTRY: lazy("en loggpost"),
        RevealPlace.TASKS: lazy("Att göra"),
        RevealPlace.SIMILAR: lazy("liknande beslut"),
        RevealPlace.EQUAL: lazy("samma text"),
        RevealPlace.THREAD: lazy("tråden"),
        RevealPlace.ITEM: lazy("kommentarens sida"),
    }
)


@bp.post("/kommentar/<number:comment_id>/visa")
def show(comment_id: int) -> ResponseReturnValue:
    """Show one comment unmasked, and note who looked; answers a script with JSON."""
    place = request.form.get("plats", "")
    if place not in set(RevealPlace):
        abort(400)
    stored = services().store.comment(comment_id)
    with services().store.transaction() as tx:
        tx.record_reveal(
            user=acting_user().name,
            comment_id=comment_id,
            place=RevealPlace(place),
            at=services().now(),
        )
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"text": stored.comment.text})
    return _page(stored)


def _page(stored: StoredComment) -> str:
    item = url_for("triage.item", comment_id=stored.id)
    back = local_path((request.form.get("tillbaka") or "").rstrip("?"))
    return render_template(
        "masking/shown.html",
        stored=stored,
        verdict=services().store.verdict(stored.id),
        back=back or item,
    )


@bp.get("/logg/visningar")
def listing() -> ResponseReturnValue:
    """List who looked at masked text, the newest first."""
    before = row_number(request.args.get("fore"))
    found = services().store.reveals(limit=PAGE_SIZE + 1, before=before)
    shown = found[:PAGE_SIZE]
    return render_template(
        "masking/list.html",
        reveals=shown,
        names=display_names(),
        places=PLACES,
        older=shown[-1].number if found[PAGE_SIZE:] else None,
        is_later=before is not None,
    )
