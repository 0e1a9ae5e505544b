"""The empty queue is a result: receipts for the day's watch."""

from datetime import timedelta
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.domain.swedish_time import swedish_day
from webui.auth import acting_user
from webui.forms import midnight
from webui.language import _
from webui.log_rows import display_names
from webui.numbers import PAGE_SIZE, row_number
from webui.queue_form import QueueForm
from webui.queue_list import queue_page
from webui.services import services
from webui.times import hour

bp: Final = Blueprint("watch", __name__, url_prefix="/ko")

_TWICE: Final = timedelta(minutes=1)
"""A second receipt of the same person within this is the same press of the button."""


@bp.post("/kvittera")
def sign() -> ResponseReturnValue:
    """Sign for the day's watch, unless something waits."""
    now = services().now()
    if not _has_just_signed():
        with services().store.transaction() as tx:
            receipt = tx.sign_watch(
                moderator=acting_user().name,
                at=now,
                day_began=midnight(swedish_day(now)) or now,
            )
        if receipt is None:
            sentence = _(
                "Något nytt har kommit till kön. Bedöm det först och kvittera sedan."
            )
            flash(sentence, "problem")
            return queue_page(QueueForm()), 409
    flash(_("Tillsynen är kvitterad %(time)s. Tack!", time=hour(now)), "done")
    return redirect(url_for("triage.queue"))


@bp.get("/kvitton")
def receipts() -> ResponseReturnValue:
    """List the receipts, the newest first."""
    before = row_number(request.args.get("fore"))
    found = services().store.watch_receipts(limit=PAGE_SIZE + 1, before=before)
    shown = found[:PAGE_SIZE]
    return render_template(
        "watch/receipts.html",
        receipts=shown,
        names=display_names(),
        older=shown[-1].number if found[PAGE_SIZE:] else None,
        is_later=before is not None,
    )


def _has_just_signed() -> bool:
    latest = next(iter(services().store.watch_receipts(limit=1)), None)
    if latest is None or latest.moderator != acting_user().name:
        return False
    return services().now() - latest.signed_at < _TWICE
