"""Every failure as a Swedish page: one table, and never the details."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug import Response as BaseResponse
from werkzeug.exceptions import HTTPException

from moderation.domain.errors import NotFoundError, StorageError
from webui.kept_texts import typed_texts

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What a person is told: what happened, and what to do."""

    title: str
    advice: str


_PAGES: Final = {
    400: ErrorPage(
        "Uppsikt förstod inte det som skickades",
        "Gå tillbaka, ladda om sidan och försök igen.",
    ),
    403: ErrorPage(
        "Din roll får inte göra detta",
        "Fråga administratören om du behöver en annan roll.",
    ),
    404: ErrorPage(
        "Sidan finns inte", "Kontrollera adressen, eller börja om från startsidan."
    ),
    405: ErrorPage(
        "Adressen kan inte användas så", "Gå till startsidan och välj därifrån."
    ),
    413: ErrorPage("Det som skickades är för stort", "Gå tillbaka och korta texten."),
    500: ErrorPage(
        "Något gick fel i Uppsikt",
        "Ingenting har sparats. Försök igen, "
        "och säg annars till den som sköter driften.",
    ),
    503: ErrorPage(
        "Uppsikt når inte sin databas just nu",
        "Ingenting har sparats. Försök igen om en stund, "
        "och säg annars till den som sköter driften.",
    ),
}
_STALE_FORM: Final = ErrorPage(
    "Formuläret är för gammalt",
    "Du kan ha blivit utloggad. Gå tillbaka, kopiera det du skrivit, "
    "ladda om sidan och skicka igen.",
)

_SIGNED_OUT: Final = ErrorPage(
    "Du är utloggad",
    "Ingenting har sparats. Kopiera det du skrivit, logga in och skicka igen.",
)


def register(app: Flask) -> None:
    """Let the table answer for everything that fails in the application."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(NotFoundError, _not_found)
    app.register_error_handler(StorageError, _no_storage)
    app.register_error_handler(HTTPException, _refused)


def _page(status: int, page: ErrorPage) -> Response:
    body = render_template("error.html", status=status, page=page)
    return make_response(body, status)


def signed_out_page(typed: Sequence[tuple[str, str]]) -> Response:
    """Show what was typed in a form that came after the session had ended."""
    body = render_template("error.html", status=401, page=_SIGNED_OUT, typed=typed)
    return make_response(body, 401)


def _refused(error: HTTPException) -> BaseResponse:
    answer = error.get_response()
    if error.code is None or error.code < 400:  # noqa: PLR2004 - redirects are answers
        return answer
    page = _page(error.code, _PAGES.get(error.code) or _general(error.code))
    if "Allow" in answer.headers:
        page.headers["Allow"] = answer.headers["Allow"]
    return page


def _stale_form(_error: CSRFError) -> Response:
    body = render_template(
        "error.html", status=400, page=_STALE_FORM, typed=typed_texts()
    )
    return make_response(body, 400)


def _not_found(_error: NotFoundError) -> Response:
    return _page(404, _PAGES[404])


def _no_storage(error: StorageError) -> Response:
    """Tell the operator what failed, and the visitor only that it did."""
    logger.error("%s could not be answered: %s", request.endpoint, error)
    return _page(503, _PAGES[503])


def _general(status: int) -> ErrorPage:
    return _PAGES[500 if status >= 500 else 400]  # noqa: PLR2004 - what HTTP's hundreds mean
