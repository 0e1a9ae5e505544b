"""Files that are whole or not there at all."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from moderation.domain.errors import UppsiktError

STANDARD_OUTPUT: Final = "-"


@contextmanager
def open_output(path: str) -> Iterator[TextIO]:
    """Open a file to write text to, or standard output where the path is «-».

    It is written under a temporary name beside its own and renamed when all is
    written, so that nobody finds a half.
    """
    if path == STANDARD_OUTPUT:
        yield sys.stdout
        sys.stdout.flush()
        return
    whole = Path(path)
    part = whole.with_name(f"{whole.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        part.replace(whole)
    except OSError as error:
        raise UppsiktError(_cannot_write(path)) from error
    finally:
        part.unlink(missing_ok=True)


def _cannot_write(path: str) -> str:
    return (
        f"Filen {path} kunde inte skrivas: kontrollera att mappen finns, att du får "
        "skriva där och att disken har plats."
    )
