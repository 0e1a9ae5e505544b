"""The second step of signing in: a code."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation import second_factor, sign_in
from moderation.domain.user import User
from webui.account_forms import CodeForm
from webui.attempts import begin_attempt, wait_sentence, who_is_half_way
from webui.auth import enter
from webui.language import _
from webui.services import services

bp: Final = Blueprint("code_step", __name__)

_FEW: Final = 3
"""Recovery codes left, when it is time for new ones."""


@bp.route("/logga-in/kod", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Ask for a code, or start a session."""
    user = who_is_half_way()
    if user is None:
        return redirect(url_for("auth.sign_in", next=request.args.get("next")))
    if request.method == "GET":
        return _page(CodeForm())
    form = CodeForm(request.form)
    if not form.validate():
        return _page(
            form, _("Skriv koden från appen, eller en återställningskod.")
        ), 422
    attempt = begin_attempt(user.name)
    if attempt.is_refused:
        return _page(form, wait_sentence(attempt)), 429
    if not _opens(user, str(form.code.data)):
        problem = _("Koden stämmer inte, eller är redan använd.")
        return _page(form, f"{problem} {wait_sentence(attempt)}"), 401
    sign_in.succeed(services().store, attempt)
    answer = enter(user)
    _warn_of_few_codes(user)
    return answer


def _opens(user: User, code: str) -> bool:
    parts = services()
    factor = parts.store.second_factor(user.name)
    return factor is not None and second_factor.opens(
        parts.store, factor, code, at=parts.now()
    )


def _warn_of_few_codes(user: User) -> None:
    factor = services().store.second_factor(user.name)
    if factor is not None and factor.codes_left <= _FEW:
        flash(
            _(
                "Du har %(codes_left)s återställningskoder kvar. "
                "Ta fram nya under Mitt konto.",
                codes_left=factor.codes_left,
            ),
            "problem",
        )


def _page(form: CodeForm, problem: str = "") -> str:
    return render_template("auth/code.html", form=form, problem=problem.strip())
