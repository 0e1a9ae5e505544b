"""The web pages: sign in, the queue, the item, the removal log."""

from datetime import timedelta
from typing import Final

from flask import Flask
from flask_wtf import CSRFProtect

from webui import (
    access,
    account,
    answers,
    auth,
    bbs_card,
    channel_limits,
    code_step,
    collaboration,
    deciding,
    erasing,
    errors,
    filters,
    grounds,
    headers,
    inbox,
    invitations,
    key_figures,
    language,
    language_choice,
    masking,
    queue_views,
    removal_log,
    removing,
    reveals,
    search,
    second_factor,
    shortcuts,
    tasks,
    triage,
    user_page,
    users,
    watch,
)
from webui.numbers import NumberConverter
from webui.services import EXTENSION, Services

MAX_FORM: Final = 256 * 1024
"""Bytes in a form: every text at its longest, and room to spare."""

_PAGES: Final = (
    account,
    answers,
    auth,
    code_step,
    collaboration,
    deciding,
    erasing,
    grounds,
    inbox,
    invitations,
    key_figures,
    language_choice,
    queue_views,
    removal_log,
    removing,
    reveals,
    search,
    second_factor,
    shortcuts,
    tasks,
    triage,
    user_page,
    users,
    watch,
)
_PARTS: Final = (
    language,
    auth,
    access,
    headers,
    errors,
    filters,
    masking,
    tasks,
    shortcuts,
    bbs_card,
    channel_limits,
)


def create_app(
    services: Services, *, secret_key: str, secure_cookies: bool = False
) -> Flask:
    """Return the web application; secure_cookies where it is served over HTTPS."""
    app = Flask(__name__)
    app.config.update(_settings(secret_key, secure_cookies=secure_cookies))
    app.extensions[EXTENSION] = services
    app.url_map.converters["number"] = NumberConverter
    app.before_request(errors.refuse_long_addresses)
    CSRFProtect(app)
    for part in _PARTS:
        part.register(app)
    for page in _PAGES:
        app.register_blueprint(page.bp)
    return app


def _settings(secret_key: str, *, secure_cookies: bool) -> dict[str, object]:
    return {
        "SECRET_KEY": secret_key,
        "SESSION_COOKIE_NAME": "uppsikt_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure_cookies,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "MAX_CONTENT_LENGTH": MAX_FORM,
        # A form may stay open as long as the session: no words are lost to a clock.
        "WTF_CSRF_TIME_LIMIT": None,
    }
