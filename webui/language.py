"""The language of a page: Swedish, or English where somebody has chosen it.

The sentences in the code are the Swedish ones; translations/ has the English. What the
browser says it prefers is not asked: the work is done in Swedish, in browsers that came
with English settings.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, cast

from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import Babel, gettext, lazy_gettext, ngettext, refresh
from markupsafe import Markup, escape

from moderation.domain.errors import UppsiktError
from moderation.domain.user import Language

COOKIE: Final = "uppsikt_language"
"""Remembers the choice for pages that do not know who reads: sign-in, failures."""
_A_YEAR: Final = 365 * 24 * 60 * 60
_KEPT: Final = "language"


def register(app: Flask) -> None:
    """Let the pages of the application speak the reader's language."""
    Babel(
        app,
        default_locale=Language.SWEDISH.value,
        default_timezone="Europe/Stockholm",
        locale_selector=page_language,
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters.update(t=_, swedish=swedish)
    app.jinja_env.globals.update(
        page_language=page_language, in_swedish=in_swedish, in_page_language=in_page
    )
    app.after_request(_remember)


def page_language() -> Language:
    """Return the user's choice, else the browser's from before, else Swedish."""
    if not has_request_context():
        return Language.SWEDISH
    chosen = g.get(_KEPT) or request.cookies.get(COOKIE)
    known = chosen in set(Language)
    return Language(str(chosen)) if known else Language.SWEDISH


def speak(language: Language | None) -> None:
    """Go on in a user's language; None, where none is chosen, changes nothing."""
    if language is not None:
        g.language = language
        refresh()


@contextmanager
def speaking_swedish() -> Iterator[None]:
    """Speak Swedish meanwhile: for a text that is to be sent, whoever writes it."""
    before = g.pop(_KEPT, None)
    speak(Language.SWEDISH)
    try:
        yield
    finally:
        g.pop(_KEPT)
        speak(before)
        refresh()


def _remember(response: Response) -> Response:
    """Keep the choice in the browser, where it is not the one kept already."""
    chosen = g.get(_KEPT)
    if chosen and request.cookies.get(COOKIE) != chosen:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=_A_YEAR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def _(sentence: str, **values: object) -> str:
    """Return a Swedish sentence in the page's language, with its values.

    Outside a page it stays Swedish.
    """
    if not has_request_context() or not sentence:
        return sentence % values if values else sentence
    return str(gettext(str(sentence), **values))


def plural(one: str, many: str, num: int, **values: object) -> str:
    """Return the sentence that fits a number; it stands in it as %(num)s."""
    if not has_request_context():
        return (one if num == 1 else many) % {"num": num, **values}
    return str(ngettext(one, many, num, **values))


def lazy(sentence: str) -> str:
    """Return a sentence that is translated when it is shown, for tables and forms."""
    return cast("str", lazy_gettext(sentence))


def swedish(text: str) -> str:
    """Mark what stays Swedish on a page in English: records, the law, comments."""
    if not text or page_language() is Language.SWEDISH:
        return text
    return Markup('<span lang="sv">{}</span>').format(text)


def in_swedish() -> str:
    """Return what an element's tag says where its words stay Swedish."""
    is_needed = page_language() is not Language.SWEDISH
    return Markup(' lang="sv"') if is_needed else ""


def in_page() -> str:
    """Return what a tag says where the page speaks inside of something Swedish."""
    language = page_language()
    is_needed = language is not Language.SWEDISH
    return Markup(' lang="{}"').format(language) if is_needed else ""


def told(error: UppsiktError | str) -> str:
    """Return a problem's sentence in the page's language, or marked as Swedish."""
    sentence = str(error)
    translated = _(sentence)
    return swedish(sentence) if translated == sentence else escape(translated)
