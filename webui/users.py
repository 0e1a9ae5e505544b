"""The administrator's page: who may sign in."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.domain.errors import StorageError, UppsiktError
from moderation.domain.user import Role, User
from moderation.passwords import SHORTEST, hash_password
from webui.forms import UserForm
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
        with services().store.transaction() as tx:
            tx.add_user(user)
    except StorageError:
        raise
    except UppsiktError as error:
        form.user_name.errors = [str(error)]
        return _page(form), 409
    flash(f"{user.display_name} kan nu logga in som {user.name}.", "done")
    return redirect(url_for("users.show"))


def _page(form: UserForm) -> str:
    return render_template(
        "users/list.html",
        form=form,
        users=services().store.users(),
        roles=Role,
        shortest=SHORTEST,
    )


def _user(form: UserForm) -> User:
    return User(
        name=str(form.user_name.data),
        display_name=str(form.display_name.data),
        role=Role(str(form.role.data)),
        password_hash=hash_password(str(form.password.data)),
    )
