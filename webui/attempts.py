"""Attempts to prove who one is: counted, and slowed down after failures."""

from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Final

from flask import request, session

from moderation import sign_in
from moderation.domain.user import User
from moderation.passwords import verify_password
from moderation.sign_in import Attempt
from webui.language import _
from webui.services import services
from webui.times import hour

_HALF_WAY: Final = "half_way"
_HALF_WAY_FOR: Final = timedelta(minutes=10)


def begin_attempt(name: str) -> Attempt:
    """Count an attempt for a name and from this visitor's address."""
    parts = services()
    return sign_in.begin(parts.store, name=name, address=_address(), at=parts.now())


def wait_sentence(attempt: Attempt) -> str:
    """Return when one may try again, or nothing where one may at once."""
    if attempt.wait_until is None:
        return ""
    # A second is shown only when it is over.
    time = hour(attempt.wait_until + timedelta(seconds=1), with_seconds=True)
    return _(
        "Det har blivit för många försök. Du kan försöka igen kl. %(time)s.", time=time
    )


def prove(user: User, password: str) -> str:
    """Return a sentence where this is not the user's password, else nothing."""
    attempt = begin_attempt(user.name)
    if attempt.is_refused:
        return wait_sentence(attempt)
    if not verify_password(password, user.password_hash):
        wrong = _("Lösenordet stämmer inte.")
        return f"{wrong} {wait_sentence(attempt)}".strip()
    sign_in.succeed(services().store, attempt)
    return ""


def remember_half_way(user: User) -> None:
    """Let the session know that the password was right, and nothing more."""
    session.clear()
    session[_HALF_WAY] = {
        "name": user.name,
        "generation": user.session_generation,
        "at": services().now().isoformat(),
    }


def who_is_half_way() -> User | None:
    """Return whose password was given in this session some minutes ago, or None."""
    kept = session.get(_HALF_WAY)
    if kept is None:
        return None
    age = services().now() - datetime.fromisoformat(kept["at"])
    user = services().store.user(kept["name"])
    if user is None or not user.is_active or age > _HALF_WAY_FOR:
        return None
    return user if user.session_generation == kept["generation"] else None


def _address() -> str:
    """Return the visitor's address; this machine's own is a web server's in front.

    It would stand for everybody, so that it tells nothing.
    """
    address = request.remote_addr or ""
    try:
        return "" if ip_address(address).is_loopback else address
    except ValueError:
        return ""
