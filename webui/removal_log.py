"""The removal log: read it, check its seals, take it out."""

import io
import tempfile
from typing import Final

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from moderation import log
from moderation.domain import labels
from moderation.domain.swedish_time import swedish_day
from webui.forms import LogForm
from webui.language import _
from webui.log_rows import display_names, log_row
from webui.numbers import PAGE_SIZE, page_number
from webui.services import services, whole_services

bp: Final = Blueprint("removal_log", __name__, url_prefix="/logg")

COUNTED: Final = 5_000
"""No count goes further: the log grows for ever."""
_FORMATS: Final = {
    "csv": (log.export_csv, "text/csv", "csv"),
    "json": (log.export_json, "application/x-ndjson", "jsonl"),
}


@bp.get("/")
def show() -> ResponseReturnValue:
    """List entries, the newest first."""
    form = LogForm(request.args)
    form.validate()
    page = page_number(request.args.get("sida"))
    store = services().store
    entries = store.log_page(
        form.chosen, limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE
    )
    names = display_names()
    return render_template(
        "removal_log/list.html",
        form=form,
        rows=[log_row(entry, names) for entry in entries[:PAGE_SIZE]],
        has_more=len(entries) > PAGE_SIZE,
        page=page,
        total=store.count_log(form.chosen, at_most=COUNTED + 1),
        counted=COUNTED,
        kept=_kept(),
        channels=store.channels(),
        moderators={name: names.get(name, name) for name in store.moderators()},
        grounds=services().grounds.in_force(swedish_day(services().now())),
        actions=_action_words(),
        deliveries=store.deliveries_of_entries([e.number for e in entries]),
    )


def _action_words() -> dict[str, str]:
    """Return what one may filter by: decisions, and carrying them out."""
    decided = {code.value: _(word) for code, word in labels.ACTION_DONE.items()}
    carried_out = {code.value: _(word) for code, word in labels.HANDLING.items()}
    answered = {code.value: _(word) for code, word in labels.ANSWER.items()}
    return decided | carried_out | answered


def _kept() -> dict[str, str]:
    """Return the filter as it stands in the address."""
    return {
        name: value
        for name, value in request.args.items()
        if value and name in LogForm()
    }


@bp.get("/<number:number>")
def entry(number: int) -> ResponseReturnValue:
    """Show one entry, with its ground as it stood and its seals."""
    store = services().store
    row = log_row(store.log_entry(number), display_names())
    delivery = store.deliveries_of_entries([number]).get(number)
    return render_template(
        "removal_log/entry.html",
        row=row,
        delivery=delivery,
        shows_all="hela" in request.args,
    )


@bp.post("/verifiera")
def verify() -> ResponseReturnValue:
    """Check every seal and say what it came to."""
    # The chain is one, over all channels; only its length is told.
    checked = log.verify(whole_services().store)
    if checked.is_sound:
        sentence = _(
            "Loggen är hel: %(number)s poster, alla sigill stämmer.",
            number=checked.entries,
        )
        flash(sentence, "done")
        return redirect(url_for("removal_log.show"))
    flash(
        _(
            "Loggen stämmer inte: post %(number)s är den första som inte passar "
            "i kedjan. Ändra ingenting, och säg genast till den som sköter driften.",
            number=checked.broken_at,
        ),
        "problem",
    )
    return redirect(url_for("removal_log.show"))


@bp.get("/export")
def export() -> ResponseReturnValue:
    """Send the chosen entries as a file, by way of the disk and not of memory."""
    chosen_format = _FORMATS.get(request.args.get("format", ""))
    if chosen_format is None:
        abort(400)
    write, media_type, ending = chosen_format
    form = LogForm(request.args)
    if not form.validate():
        abort(400)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the answer is sent
    stream = io.TextIOWrapper(file, encoding="utf-8", newline="")
    write(services().store.log_entries(form.chosen), stream)
    stream.flush()
    stream.detach()
    file.seek(0)
    day = swedish_day(services().now())
    name = f"borttagningslogg-{day}.{ending}"
    return send_file(file, media_type, as_attachment=True, download_name=name)
