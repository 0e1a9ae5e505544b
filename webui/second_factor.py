"""Signing in in two steps: a user turns it on and off."""

from typing import Final

import segno
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from moderation import second_factor
from moderation.domain.account import SecondFactor
from webui.account_forms import CodeForm, ProofForm
from webui.attempts import prove
from webui.auth import acting_user, start_session
from webui.language import _, lazy
from webui.services import services

bp: Final = Blueprint("second_factor", __name__, url_prefix="/konto/tvasteg")

_WRONG_CODE: Final = lazy(
    "Koden stämmer inte. Vänta på nästa kod i appen och se efter att "
    "telefonens klocka går rätt."
)


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show how far the user has come."""
    return _page()


@bp.post("/borja")
def begin() -> ResponseReturnValue:
    """Make a key and show it."""
    if acting_user().has_second_factor:
        return _already_on()
    second_factor.begin(services().store, acting_user().name)
    return redirect(url_for("second_factor.show"))


@bp.post("/bekrafta")
def confirm() -> ResponseReturnValue:
    """Turn it on if the code fits, and show the recovery codes this once."""
    factor = services().store.second_factor(acting_user().name)
    if factor is not None and factor.is_confirmed:
        return _already_on()
    form = CodeForm(request.form)
    if factor is None or not form.validate():
        return _page(code_form=form), 422
    codes = second_factor.confirm(
        services().store, factor, str(form.code.data), at=services().now()
    )
    if not codes:
        form.code.errors = [str(_WRONG_CODE)]
        return _page(code_form=form), 422
    _stay()
    return _codes(codes)


@bp.post("/av")
def turn_off() -> ResponseReturnValue:
    """Turn it off, unless it is demanded."""
    user = acting_user()
    if user.demands_second_factor or user.role_demands_second_factor:
        abort(403)
    if not user.has_second_factor:
        return _not_on()
    form = ProofForm(request.form)
    if problem := prove(user, str(form.password.data or "")):
        return _page(off_problem=problem), 422
    second_factor.turn_off(services().store, user.name, at=services().now())
    flash(_("Tvåstegsinloggningen är avslagen."), "done")
    return redirect(url_for("second_factor.show"))


@bp.post("/koder")
def renew_codes() -> ResponseReturnValue:
    """Replace the recovery codes, and show the new ones this once."""
    user = acting_user()
    if not user.has_second_factor:
        return _not_on()
    form = ProofForm(request.form)
    if problem := prove(user, str(form.password.data or "")):
        return _page(codes_problem=problem), 422
    return _codes(
        second_factor.renew_codes(services().store, user.name, at=services().now())
    )


def _stay() -> None:
    """Give this session the generation that the user has now."""
    stored = services().store.user(acting_user().name)
    if stored is not None:
        start_session(stored)


def _already_on() -> ResponseReturnValue:
    flash(_("Tvåstegsinloggningen är redan på."), "done")
    return redirect(url_for("second_factor.show"))


def _not_on() -> ResponseReturnValue:
    flash(_("Tvåstegsinloggningen är inte på."), "problem")
    return redirect(url_for("second_factor.show"))


def _codes(codes: list[str]) -> str:
    return render_template("account/codes.html", codes=codes)


def _page(
    *,
    code_form: CodeForm | None = None,
    off_problem: str = "",
    codes_problem: str = "",
) -> str:
    user = acting_user()
    factor = services().store.second_factor(user.name)
    is_pending = factor is not None and not factor.is_confirmed
    return render_template(
        "account/second_factor.html",
        user=user,
        factor=factor,
        form=code_form or CodeForm(),
        picture=_picture(factor) if factor and is_pending else "",
        off_problem=off_problem,
        codes_problem=codes_problem,
    )


def _picture(factor: SecondFactor) -> Markup:
    """Return the key as a QR code: dark on light, whatever the page's colours."""
    address = second_factor.key_address(factor.key, factor.name)
    drawn = segno.make_qr(address, error="m").svg_inline(
        border=4, light="#fff", dark="#000", omitsize=True, svgclass="qr"
    )
    # Made of squares alone: nothing in it was typed by a person.
    return Markup(drawn)  # noqa: S704 - see above
