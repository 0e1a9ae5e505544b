"""What a user must do before any other page opens."""

from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.domain.user import User
from webui.errors import ErrorPage
from webui.language import lazy
from webui.lost_words import lost_words

_ALWAYS: Final = frozenset({"auth.sign_out"})
_FOR_PASSWORD: Final = frozenset({"account.show", "account.change_password"})
_FOR_SECOND_FACTOR: Final = frozenset(
    {"second_factor.show", "second_factor.begin", "second_factor.confirm"}
)
_NOT_NOW: Final = ErrorPage(
    lazy("Ditt konto behöver något först"),
    lazy(
        "Ingenting har sparats. Gå tillbaka och kopiera det du har skrivit. "
        "Gå sedan till startsidan: där ser du vad som behövs."
    ),
)


def first_things(user: User) -> ResponseReturnValue | None:
    """Send the request where something must be done first, or let it on."""
    if user.must_change_password:
        return _lead("account.show", _FOR_PASSWORD)
    if user.must_set_up_second_factor:
        return _lead("second_factor.show", _FOR_SECOND_FACTOR)
    return None


def _lead(page: str, allowed: frozenset[str]) -> ResponseReturnValue | None:
    if request.endpoint in allowed | _ALWAYS:
        return None
    if request.method == "GET":
        return redirect(url_for(page))
    # A form sent from a page that was open before: sent on, its words would be lost.
    words = lost_words()
    return render_template("error.html", status=403, page=_NOT_NOW, lost=words), 403
