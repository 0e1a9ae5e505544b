"""Inviting users, and the page that an invitation's link opens."""

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation import invitations
from moderation.domain.errors import StorageError, UppsiktError
from moderation.domain.invitation import Invitation, InvitationState
from moderation.domain.user import LIMITED, Role
from moderation.passwords import SHORTEST, hash_password, problem_with
from webui.auth import acting_user, start_session
from webui.invitation_forms import InviteForm, WelcomeForm
from webui.language import _, lazy, told
from webui.log_rows import display_names
from webui.services import services, whole_services

bp: Final = Blueprint("invitations", __name__)

_LISTED: Final = 50
_STATE: Final = {
    InvitationState.OPEN: lazy("väntar på svar"),
    InvitationState.USED: lazy("kontot är öppnat"),
    InvitationState.WITHDRAWN: lazy("tillbakadragen"),
    InvitationState.EXPIRED: lazy("har gått ut"),
}
_CLOSED: Final = {
    InvitationState.USED: lazy(
        "Den här länken är redan använd. Har du öppnat ditt konto "
        "loggar du in med det lösenord som du valde."
    ),
    InvitationState.WITHDRAWN: lazy(
        "Inbjudan är tillbakadragen. Fråga den som bjöd in dig om du behöver en ny."
    ),
    InvitationState.EXPIRED: lazy(
        "Länken gällde i tre dygn och har gått ut. Be den som "
        "bjöd in dig om en ny, så är du snart inne."
    ),
}
_UNKNOWN: Final = lazy(
    "Länken stämmer inte. Kontrollera att hela adressen kom med, "
    "eller be den som bjöd in dig om en ny."
)


@bp.get("/anvandare/inbjudningar")
def show() -> ResponseReturnValue:
    """List the latest invitations, with a form for a new one."""
    return _page(InviteForm())


@bp.post("/anvandare/inbjudningar")
def invite() -> ResponseReturnValue:
    """Invite somebody, and show the link this once."""
    form, parts = InviteForm(request.form), services()
    if not form.validate() or not form.chosen_channels <= set(parts.store.channels()):
        return _page(form), 422
    try:
        invitation, secret = invitations.invite(
            form.wanted(),
            actor=acting_user().name,
            store=parts.store,
            at=parts.now(),
        )
    except StorageError:
        raise
    except UppsiktError as error:
        form.user_name.errors = [told(error)]
        return _page(form), 409
    address = url_for(
        "invitations.accept",
        invitation_id=invitation.id,
        secret=secret,
        _external=True,
    )
    return render_template(
        "invitations/link.html", invitation=invitation, address=address
    )


@bp.post("/anvandare/inbjudningar/<number:invitation_id>/dra-tillbaka")
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    parts = services()
    invitation = parts.store.invitation(invitation_id) or abort(404)
    try:
        invitations.withdraw(
            invitation, actor=acting_user().name, store=parts.store, at=parts.now()
        )
    except invitations.InvitationClosedError:
        state = _STATE[invitation.state(at=parts.now())]
        problem = _("Inbjudan kan inte dras tillbaka. Läge: %(state)s.", state=state)
        return _page(InviteForm(), problem=problem), 409
    name = invitation.display_name
    flash(_("Inbjudan till %(name)s är tillbakadragen.", name=name), "done")
    return redirect(url_for("invitations.show"))


@bp.route("/inbjudan/<number:invitation_id>/<secret>", methods=["GET", "POST"])
def accept(invitation_id: int, secret: str) -> ResponseReturnValue:
    """Let whoever holds the link choose a password and come in."""
    parts = whole_services()
    invitation = invitations.find(invitation_id, secret, parts.store)
    if invitation is None:
        return _closed(_UNKNOWN), 404
    state = invitation.state(at=parts.now())
    if state is not InvitationState.OPEN:
        return _closed(_CLOSED[state]), 410
    form = WelcomeForm(request.form)
    if request.method == "GET":
        return _welcome(invitation, form)
    if not _is_usable(form, invitation):
        return _welcome(invitation, form), 422
    return _open_account(invitation, str(form.new.data))


def _open_account(invitation: Invitation, password: str) -> ResponseReturnValue:
    parts = whole_services()
    try:
        user = invitations.accept(
            invitation, hash_password(password), store=parts.store, at=parts.now()
        )
    except invitations.InvitationClosedError:
        return _closed(_CLOSED[InvitationState.USED]), 410
    except StorageError:
        raise
    except UppsiktError:
        sentence = _("Någon annan har fått användarnamnet. Be om en ny inbjudan.")
        return _closed(sentence), 409
    start_session(user)
    flash(
        _(
            "Välkommen, %(name)s! Nästa gång loggar du in "
            "som %(user_name)s med ditt lösenord.",
            name=user.display_name,
            user_name=user.name,
        ),
        "done",
    )
    return redirect(url_for("triage.start"))


def _is_usable(form: WelcomeForm, invitation: Invitation) -> bool:
    """Say whether the passwords will do, and else why not, beside the field."""
    new, names = str(form.new.data or ""), (invitation.name, invitation.display_name)
    if problem := problem_with(new, names=names):
        form.new.errors = [told(problem)]
    elif new != form.again.data:
        form.again.errors = [_("De två lösenorden är olika: skriv dem igen.")]
    return not (form.new.errors or form.again.errors)


def _welcome(invitation: Invitation, form: WelcomeForm) -> str:
    return render_template(
        "invitations/welcome.html",
        invitation=invitation,
        form=form,
        shortest=SHORTEST,
    )


def _closed(sentence: str) -> str:
    return render_template("invitations/closed.html", told=sentence)


def _page(form: InviteForm, *, problem: str = "") -> str:
    store, at = services().store, services().now()
    found = store.invitations(limit=_LISTED)
    return render_template(
        "invitations/list.html",
        form=form,
        problem=problem,
        found=found,
        states={one.id: one.state(at=at) for one in found},
        words=_STATE,
        names=display_names(),
        roles=Role,
        limited=LIMITED,
        channels=store.channels(),
        chosen=form.chosen_channels,
    )
