"""Svenska or English: chosen on «Mitt konto», and on the sign-in page before that."""

from typing import Final

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from moderation.domain.user import Language
from webui.acting import accounts
from webui.auth import acting_user
from webui.language import _, speak

bp: Final = Blueprint("language_choice", __name__)


@bp.get("/sprak/<code>")
def show(code: str) -> ResponseReturnValue:
    """Let this browser speak a language until somebody signs in with another."""
    speak(_language(code))
    return redirect(url_for("auth.sign_in", next=request.args.get("next")))


@bp.post("/konto/sprak")
def save() -> ResponseReturnValue:
    """Keep the language with the user, wherever he signs in."""
    language = _language(request.form.get("language", ""))
    accounts().choose_language(acting_user().name, language)
    speak(language)
    flash(_("Nu är sidorna på svenska."), "done")
    return redirect(url_for("account.show"))


def _language(code: str) -> Language:
    return Language(code) if code in set(Language) else abort(404)
