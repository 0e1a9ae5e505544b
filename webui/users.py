"""The administrator's page: who may sign in."""

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.domain.errors import StorageError, UppsiktError
from moderation.domain.user import Role, User
from moderation.passwords import SHORTEST, hash_password
from webui.account_rows import account_rows
from webui.acting import accounts
from webui.forms import UserForm
from webui.language import _, told
from webui.services import services

bp: Final = Blueprint("users", __name__, url_prefix="/anvandare")


@bp.get("/")
def show() -> ResponseReturnValue:
    """List the users, with a form for a new one."""
    return _page(UserForm())


@bp.post("/")
def add() -> ResponseReturnValue:
    """Add a user."""
    form = UserForm(request.form)
    if not form.validate():
        return _page(form), 422
    user = _user(form)
    try:
        accounts().add(user)
    except StorageError:
        raise
    except UppsiktError as error:
        form.user_name.errors = [told(error)]
        return _page(form), 409
    flash(
        _(
            "%(name)s kan nu logga in som %(user_name)s, "
            "och får då välja ett eget lösenord.",
            name=user.display_name,
            user_name=user.name,
        ),
        "done",
    )
    return redirect(url_for("users.show"))


@bp.post("/roller/tvasteg")
def demand_second_factor() -> ResponseReturnValue:
    """Say which roles must sign in in two steps."""
    chosen = request.form.getlist("roller")
    if not set(chosen) <= set(Role):
        abort(422)
    accounts().demand_second_factor_of(frozenset(map(Role, chosen)))
    flash(_("Kravet på tvåstegsinloggning är sparat."), "done")
    return redirect(url_for("users.show"))


def _page(form: UserForm) -> str:
    return render_template(
        "users/list.html",
        form=form,
        users=services().store.users(),
        roles=Role,
        shortest=SHORTEST,
        demanding=services().store.second_factor_roles(),
        role_events=account_rows(services().store.account_events("")),
    )


def _user(form: UserForm) -> User:
    return User(
        name=str(form.user_name.data),
        display_name=str(form.display_name.data),
        role=Role(str(form.role.data)),
        password_hash=hash_password(str(form.password.data)),
        must_change_password=True,
    )
