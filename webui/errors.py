"""Every failure as a page in plain words: one table, and never the details."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, abort, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug import Response as BaseResponse
from werkzeug.exceptions import HTTPException

from moderation.domain.errors import NotFoundError, StorageError
from webui.language import lazy
from webui.lost_words import lost_words

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What a person is told: what happened, and what to do."""

    title: str
    advice: str


_PAGES: Final = {
    400: ErrorPage(
        lazy("Uppsikt förstod inte det som skickades"),
        lazy("Gå tillbaka, ladda om sidan och försök igen."),
    ),
    403: ErrorPage(
        lazy("Din roll får inte göra detta"),
        lazy("Fråga administratören om du behöver en annan roll."),
    ),
    404: ErrorPage(
        lazy("Sidan finns inte"),
        lazy("Kontrollera adressen, eller börja om från startsidan."),
    ),
    405: ErrorPage(
        lazy("Adressen kan inte användas så"),
        lazy("Gå till startsidan och välj därifrån."),
    ),
    413: ErrorPage(
        lazy("Det som skickades är för stort"), lazy("Gå tillbaka och korta texten.")
    ),
    414: ErrorPage(
        lazy("Adressen är för lång"), lazy("Gå till startsidan och välj därifrån.")
    ),
    500: ErrorPage(
        lazy("Något gick fel i Uppsikt"),
        lazy(
            "Ingenting har sparats. Försök igen, "
            "och säg annars till den som sköter driften."
        ),
    ),
    503: ErrorPage(
        lazy("Uppsikt når inte sin databas just nu"),
        lazy(
            "Ingenting har sparats. Försök igen om en stund, "
            "och säg annars till den som sköter driften."
        ),
    ),
}
_STALE_FORM: Final = ErrorPage(
    lazy("Formuläret är för gammalt"),
    lazy(
        "Du kan ha blivit utloggad. Ingenting har sparats. "
        "Logga in, ladda om sidan och skicka igen."
    ),
)
_SIGNED_OUT: Final = ErrorPage(
    lazy("Du är utloggad"), lazy("Ingenting har sparats. Logga in och skicka igen.")
)
_LONGEST_ADDRESS: Final = 64 * 1024
"""Characters after the question mark; no form of ours comes near."""


def register(app: Flask) -> None:
    """Let the table answer for everything that fails in the application."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(NotFoundError, _not_found)
    app.register_error_handler(StorageError, _no_storage)
    app.register_error_handler(HTTPException, _refused)


def refuse_long_addresses() -> None:
    """Answer an address that nobody can have meant, before anything reads it."""
    if len(request.query_string) > _LONGEST_ADDRESS:
        abort(414)


def signed_out_page() -> Response:
    """Give the words back to somebody whose session ended while they were typed."""
    return _page(401, _SIGNED_OUT, lost_words())


def _page(
    status: int, page: ErrorPage, lost: Sequence[tuple[str, str]] = ()
) -> Response:
    body = render_template("error.html", status=status, page=page, lost=lost)
    return make_response(body, status)


def _refused(error: HTTPException) -> BaseResponse:
    answer = error.get_response()
    if error.code is None or error.code < 400:  # noqa: PLR2004 - redirects are answers
        return answer
    page = _page(error.code, _PAGES.get(error.code) or _general(error.code))
    if "Allow" in answer.headers:
        page.headers["Allow"] = answer.headers["Allow"]
    return page


def _stale_form(_error: CSRFError) -> Response:
    return _page(400, _STALE_FORM, lost_words())


def _not_found(_error: NotFoundError) -> Response:
    return _page(404, _PAGES[404])


def _no_storage(error: StorageError) -> Response:
    """Tell the operator what failed, and the visitor only that it did."""
    logger.error("%s could not be answered: %s", request.endpoint, error)
    return _page(503, _PAGES[503])


def _general(status: int) -> ErrorPage:
    return _PAGES[500 if status >= 500 else 400]  # noqa: PLR2004 - what HTTP's hundreds mean
