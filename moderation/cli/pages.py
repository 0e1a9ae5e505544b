"""Serves the web pages until stopped."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moderation.domain.errors import UppsiktError

if TYPE_CHECKING:
    from moderation.bootstrap import Services


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
    server = _listening(services, host=host, port=port, secret_key=secret_key)
    shown = f"[{host}]" if ":" in host else host
    announce(f"http://{shown}:{server.effective_port}/")
    try:
        server.run()
    finally:
        server.close()


def new_secret_key() -> str:
    """Return a key that nobody can guess, to sign session cookies with."""
    return secrets.token_urlsafe(32)


def _listening(services: "Services", *, host: str, port: int, secret_key: str) -> Any:  # noqa: ANN401 - waitress ships no types
    # Imported here: only the two commands that serve need to wait for them.
    from waitress.server import create_server  # noqa: PLC0415 - see above

    from webui import create_app  # noqa: PLC0415 - see above

    app = create_app(
        services,
        secret_key=secret_key,
        secure_cookies=services.settings.secure_cookies,
    )
    try:
        return create_server(app, host=host, port=port)
    except (OSError, OverflowError, ValueError) as error:
        msg = (
            f"Adressen {host}, port {port}, går inte att använda: välj en annan port "
            "med --port, eller stäng det program som använder den."
        )
        raise UppsiktError(msg) from error
