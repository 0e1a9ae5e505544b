"""«Mitt konto»: what each user does with the own account."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from moderation.domain.user import User
from moderation.passwords import SHORTEST, hash_password, problem_with
from webui.account_forms import PasswordForm
from webui.account_rows import account_rows
from webui.acting import accounts
from webui.attempts import prove
from webui.auth import acting_user, start_session
from webui.language import _, told
from webui.services import services

bp: Final = Blueprint("account", __name__, url_prefix="/konto")


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show the account, with what can be done to it."""
    return _page(PasswordForm())


@bp.post("/losenord")
def change_password() -> ResponseReturnValue:
    """Give the user a new password; every other session ends."""
    form = PasswordForm(request.form)
    if not _is_usable(form, acting_user()):
        return _page(form), 422
    password_hash = hash_password(str(form.new.data))
    user = accounts().change_password(acting_user().name, password_hash)
    start_session(user)
    flash(_("Lösenordet är bytt. På alla andra ställen är du nu utloggad."), "done")
    return redirect(url_for("triage.start" if _was_forced() else "account.show"))


def _was_forced() -> bool:
    return request.form.get("forced") == "ja"


@bp.post("/logga-ut-overallt")
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions of the user, this one too."""
    accounts().sign_out_everywhere(acting_user().name)
    logout_user()
    session.clear()
    flash(_("Du är utloggad överallt."), "done")
    return redirect(url_for("auth.sign_in"))


def _page(form: PasswordForm) -> str:
    user = acting_user()
    return render_template(
        "account/show.html",
        form=form,
        user=user,
        shortest=SHORTEST,
        factor=services().store.second_factor(user.name),
        events=account_rows(services().store.account_events(user.name)),
    )


def _is_usable(form: PasswordForm, user: User) -> bool:
    """Say whether the passwords will do, and else why not, beside the field.

    The old one is looked at last: what is wrong with the new one costs no attempt.
    """
    new, again = str(form.new.data or ""), str(form.again.data or "")
    if problem := problem_with(new, names=(user.name, user.display_name)):
        form.new.errors = [told(problem)]
    elif new == form.current.data:
        form.new.errors = [_("Välj ett annat lösenord än det du har.")]
    elif new != again:
        form.again.errors = [_("De två nya lösenorden är olika: skriv dem igen.")]
    elif problem := prove(user, str(form.current.data or "")):
        form.current.errors = [problem]
    return not (form.new.errors or form.again.errors or form.current.errors)
