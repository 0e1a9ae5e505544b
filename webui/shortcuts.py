"""The keyboard: what the pages print and bind, and each user's own keys."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from moderation.domain.errors import NotFoundError
from moderation.domain.shortcuts import (
    Command,
    ShortcutError,
    Shortcuts,
    chosen_shortcuts,
)
from webui.auth import acting_user, signed_in_user
from webui.deciding_forms import JumpForm
from webui.language import _, lazy
from webui.services import services

bp: Final = Blueprint("shortcuts", __name__)

WORDS: Final[Mapping[Command, str]] = MappingProxyType(
    {
        Command.NEXT: lazy("Nästa"),
        Command.PREVIOUS: lazy("Föregående"),
        Command.HIDE: lazy("Dölj"),
        Command.KEEP: lazy("Behåll (även f och a)"),
        Command.ESCALATE: lazy("Eskalera"),
        Command.PARK: lazy("Parkera"),
        Command.UNSURE: lazy("Osäker: hoppa över"),
        Command.UNDO: lazy("Ångra det senaste beslutet"),
        Command.NOTE: lazy("Anteckning"),
        Command.REPLY: lazy("Svara"),
        Command.THREAD: lazy("Visa tråden"),
        Command.REVEAL: lazy("Visa maskerad text"),
        Command.MARK: lazy("Markera (med skift: alla)"),
        Command.OTHER_QUEUE: lazy("Byt kö"),
        Command.CHILD_ABUSE: lazy("Övergrepp mot barn: radera texten"),
        Command.SEARCH: lazy("Sök"),
        Command.HELP: lazy("Visa den här hjälpen"),
    }
)
FIXED: Final = (
    ("1–9", lazy("Välj skäl eller grund i det beslut som är öppet")),
    ("Enter", lazy("Öppna raden, eller skicka beslutet")),
    ("Ctrl+Enter", lazy("Skicka beslutet från ett textfält")),
    ("Ctrl+K", lazy("Gå till en kommentar eller loggpost")),
    ("Esc", lazy("Stäng")),
)


def register(app: Flask) -> None:
    """Let templates print keys and tell the script about them."""
    app.context_processor(lambda: {"keyboard": _keyboard})


def _keyboard() -> dict[str, object]:
    """Return what a page of somebody signed in says about keys; asked for once."""
    if "keyboard" not in g:
        g.keyboard = _read_keyboard()
    known: dict[str, object] = g.keyboard
    return known


def _read_keyboard() -> dict[str, object]:
    user = signed_in_user()
    chosen = Shortcuts() if user is None else services().store.shortcuts(user.name)
    return {
        "bound": {
            "on": chosen.is_on,
            "keys": {key: command.value for key, command in chosen.by_key().items()},
        },
        "printed": {command.value: chosen.key_of(command) for command in Command},
        "words": WORDS,
        "fixed": FIXED,
    }


@bp.get("/kortkommandon")
def show() -> ResponseReturnValue:
    """Show the user's keys, to change."""
    chosen = services().store.shortcuts(acting_user().name)
    keys = {command: chosen.key_of(command) for command in Command}
    return _page(keys, is_on=chosen.is_on)


@bp.post("/kortkommandon")
def save() -> ResponseReturnValue:
    """Keep the keys that the user has chosen, or say which cannot be used."""
    is_usual = request.form.get("usual") == "y"
    is_on = is_usual or request.form.get("on") == "y"
    keys = {
        command: request.form.get(f"key_{command.name.lower()}", command.value).strip()
        for command in Command
    }
    try:
        chosen = Shortcuts() if is_usual else chosen_shortcuts(keys, is_on=is_on)
    except ShortcutError as problem:
        return _page(keys, is_on=is_on, problem=problem), 422
    with services().store.transaction() as tx:
        tx.save_shortcuts(acting_user().name, chosen)
    flash(_("Dina kortkommandon är sparade."), "done")
    return redirect(url_for("shortcuts.show"))


def _page(
    keys: Mapping[Command, str], *, is_on: bool, problem: ShortcutError | None = None
) -> str:
    return render_template(
        "shortcuts/show.html", mine=keys, is_on=is_on, problem=problem, fixed=FIXED
    )


@bp.get("/ga-till")
def jump() -> ResponseReturnValue:
    """Go to the comment or log entry whose number or address was typed."""
    place = JumpForm(request.args).place
    if place is not None:
        kind, number = place
        try:
            return redirect(_address(kind, number))
        except NotFoundError:
            current_app.logger.debug("nothing with that number")
    sentence = _("Inget hittades. Skriv ett nummer eller klistra in en adress.")
    flash(sentence, "problem")
    return redirect(url_for("triage.start"))


def _address(kind: str, number: int) -> str:
    store = services().store
    if kind == "logg":
        store.log_entry(number)
        return url_for("removal_log.entry", number=number)
    store.comment(number)
    return url_for("triage.item", comment_id=number)
