"""Signing in and out."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Flask, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user

from moderation import sign_in as sign_ins
from moderation.domain.user import User
from moderation.passwords import verify_password
from webui import language
from webui.attempts import begin_attempt, remember_half_way, wait_sentence
from webui.forms import SignInForm
from webui.language import lazy
from webui.services import services, whole_services

bp: Final = Blueprint("auth", __name__)

_WRONG: Final = lazy("Användarnamnet eller lösenordet stämmer inte.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A user in the shape that Flask-Login asks for."""

    user: User
    is_authenticated: bool = True
    is_anonymous: bool = False

    @property
    def is_active(self) -> bool:
        """Whether the user may still sign in."""
        return self.user.is_active

    def get_id(self) -> str:
        """Return what the session keeps: the name, and the generation it belongs to."""
        return f"{self.user.name}:{self.user.session_generation}"


def register(app: Flask) -> None:
    """Let sessions name their user, and templates know who it is."""
    # Its own processor would ask the store even for a page about a broken store.
    manager = LoginManager(app, add_context_processor=False)
    manager.user_loader(_load)
    app.context_processor(lambda: {"signed_in_user": signed_in_user})


def signed_in_user() -> User | None:
    """Return who is signed in, or None."""
    return current_user.user if current_user.is_authenticated else None


def acting_user() -> User:
    """Return who is signed in, on a page that nobody else reaches."""
    user = signed_in_user()
    if user is None:
        msg = "The access table lets nobody here without signing in."
        raise RuntimeError(msg)
    return user


def _load(kept: str) -> SignedIn | None:
    """Return the session's user as stored now.

    Switched off means signed out, and so does a session of another generation; one
    from before there were any belongs to the first.
    """
    name, _, generation = kept.partition(":")
    user = whole_services().store.user(name)
    if user is None or not user.is_active:
        return None
    if int(generation or 0) != user.session_generation:
        return None
    language.speak(user.language)
    return SignedIn(user)


@bp.route("/logga-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Show the form, or start a session. Never tells which of the two was wrong."""
    form = SignInForm(request.form)
    if request.method == "GET":
        return _page(form)
    attempt = begin_attempt(form.user_name.data or "")
    if attempt.is_refused:
        return _page(form, wait_sentence(attempt)), 429
    user = _known(form)
    if user is None:
        return _page(form, f"{_WRONG} {wait_sentence(attempt)}"), 401
    if user.has_second_factor:
        sign_ins.half_way(services().store, attempt)
        remember_half_way(user)
        return redirect(url_for("code_step.show", next=request.args.get("next")))
    sign_ins.succeed(services().store, attempt)
    return enter(user)


def enter(user: User) -> ResponseReturnValue:
    """Start a session and go on to the page that was asked for."""
    start_session(user)
    return redirect(local_path(request.args.get("next")) or url_for("triage.start"))


def start_session(user: User) -> None:
    """Start a session, with nothing in it from before."""
    session.clear()
    login_user(SignedIn(user))
    language.speak(user.language)


def _page(form: SignInForm, problem: str = "") -> str:
    return render_template("auth/sign_in.html", form=form, problem=problem.strip())


def _known(form: SignInForm) -> User | None:
    """Return the user whose name and password these are; as slow for unknown names."""
    user = services().store.user(form.user_name.data or "")
    fits = verify_password(
        form.password.data or "", None if user is None else user.password_hash
    )
    return user if user is not None and fits and user.is_active else None


@bp.post("/logga-ut")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    logout_user()
    session.clear()
    return redirect(url_for("auth.sign_in"))


def local_path(wanted: str | None) -> str | None:
    """Return a path on this site as it is, and None for anything else.

    Browsers read a backslash as a slash and drop control characters, so that
    neither may occur.
    """
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return None
    if "\\" in wanted or not wanted.isprintable():
        return None
    parts = urlsplit(wanted)
    return None if parts.scheme or parts.netloc else wanted
