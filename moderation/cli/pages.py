"""Serves the web pages until stopped."""

import secrets
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import click

from moderation.domain.errors import UppsiktError

if TYPE_CHECKING:
    from moderation.bootstrap import Services
    from moderation.settings import Settings

PORT: Final = click.IntRange(0, 65_535)
MAX_HEADERS: Final = 2 * 1024 * 1024
"""Bytes; above waitress's own, whose refusal is in English. The pages refuse sooner."""


def serve_pages(
    services: "Services",
    *,
    host: str,
    port: int,
    secret_key: str,
    announce: Callable[[str], None],
) -> None:
    """Serve on a port, 0 meaning any free one, and announce the address first.

    Raises UppsiktError where the port cannot be had. Returns when stopped.
    """
    # Imported here: only the two commands that serve need to wait for them.
    from waitress.server import create_server  # noqa: PLC0415 - see above

    from webui import create_app  # noqa: PLC0415 - see above

    app = create_app(
        services,
        secret_key=secret_key,
        secure_cookies=services.settings.secure_cookies,
    )
    with _listening(host, port) as listener:
        server = create_server(
            app,
            sockets=[listener],
            max_request_header_size=MAX_HEADERS,
            **_behind(services.settings),
        )
        shown = f"[{host}]" if ":" in host else host
        announce(f"http://{shown}:{listener.getsockname()[1]}/")
        try:
            server.run()
        finally:
            server.close()


def _behind(settings: "Settings") -> dict[str, Any]:
    """Return how waitress learns who visits, where a web server stands in front."""
    if not settings.trusted_proxy:
        return {}
    return {
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_headers": {"x-forwarded-for"},
    }


def new_secret_key() -> str:
    """Return a key that nobody can guess, to sign session cookies with."""
    return secrets.token_urlsafe(32)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        msg = (
            f"Adressen {host}, port {port}, går inte att använda: välj en annan port "
            "med --port, eller stäng det program som använder den."
        )
        raise UppsiktError(msg) from error
