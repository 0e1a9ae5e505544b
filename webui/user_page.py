"""One user: what an administrator may change, and what was done to the account."""

import re
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.domain.errors import LastAdminError
from moderation.domain.user import LIMITED, Role, User
from moderation.passwords import hash_password, temporary_password
from webui.account_forms import EditForm
from webui.account_rows import account_rows
from webui.acting import accounts
from webui.auth import acting_user
from webui.language import _, told
from webui.services import services

bp: Final = Blueprint("user_page", __name__, url_prefix="/anvandare/<name>")

_NAME: Final = re.compile(r"[a-z0-9._-]{2,40}")


@bp.get("/")
def show(name: str) -> ResponseReturnValue:
    """Show a user."""
    return _page(_wanted(name))


@bp.post("/")
def edit(name: str) -> ResponseReturnValue:
    """Change shown name, role and channels."""
    user, form = _wanted(name), EditForm(request.form)
    chosen = frozenset(form.channels.data or ())
    if not form.validate() or not chosen <= set(_channels(user)):
        return _page(user, form), 422
    try:
        accounts().edit(
            name,
            display_name=str(form.display_name.data),
            role=Role(str(form.role.data)),
            channels=chosen,
        )
    except LastAdminError as error:
        return _page(user, form, problem=told(error)), 409
    return _done(name, _("Ändringen är sparad."))


@bp.post("/losenord")
def set_password(name: str) -> ResponseReturnValue:
    """Make a password to hand over, and show it this once."""
    user = _wanted(name)
    password = temporary_password()
    accounts().set_password(user.name, hash_password(password))
    return render_template("users/password.html", user=user, password=password)


@bp.post("/logga-ut")
def sign_out(name: str) -> ResponseReturnValue:
    """End all sessions of a user."""
    user = accounts().sign_out_everywhere(_wanted(name).name)
    return _done(name, _("%(name)s är utloggad överallt.", name=user.display_name))


@bp.post("/stang")
def close(name: str) -> ResponseReturnValue:
    """Keep a user out from now on."""
    user = _wanted(name)
    try:
        accounts().close(name)
    except LastAdminError as error:
        return _page(user, problem=told(error)), 409
    return _done(
        name, _("Kontot är stängt och %(name)s är utloggad.", name=user.display_name)
    )


@bp.post("/oppna")
def reopen(name: str) -> ResponseReturnValue:
    """Let a user in again."""
    user = accounts().reopen(_wanted(name).name)
    return _done(name, _("%(name)s kan logga in igen.", name=user.display_name))


@bp.post("/tvasteg")
def demand_second_factor(name: str) -> ResponseReturnValue:
    """Say whether this user must sign in in two steps."""
    is_demanded = request.form.get("kravs") == "ja"
    accounts().demand_second_factor(_wanted(name).name, is_demanded=is_demanded)
    if is_demanded:
        return _done(name, _("Tvåstegsinloggning krävs nu."))
    return _done(
        name, _("Tvåstegsinloggning krävs inte längre för just det här kontot.")
    )


@bp.post("/nollstall-tvasteg")
def reset_second_factor(name: str) -> ResponseReturnValue:
    """Let a user who has lost the key begin anew."""
    user = accounts().reset_second_factor(_wanted(name).name)
    return _done(
        name,
        _(
            "Tvåstegsinloggningen är nollställd, och %(name)s utloggad.",
            name=user.display_name,
        ),
    )


def _wanted(name: str) -> User:
    user = services().store.user(name) if _NAME.fullmatch(name) else None
    return user or abort(404)


def _done(name: str, sentence: str) -> ResponseReturnValue:
    flash(sentence, "done")
    return redirect(url_for("user_page.show", name=name))


def _page(user: User, form: EditForm | None = None, *, problem: str = "") -> str:
    return render_template(
        "users/user.html",
        user=user,
        form=form or EditForm(obj=user),
        problem=problem,
        me=acting_user(),
        roles=Role,
        limited=LIMITED,
        channels=_channels(user),
        chosen=set(form.channels.data or ()) if form else user.channels,
        events=account_rows(services().store.account_events(user.name)),
    )


def _channels(user: User) -> list[str]:
    """Return what can be chosen: channels with comments, and those already chosen."""
    return sorted({*services().store.channels(), *user.channels})
