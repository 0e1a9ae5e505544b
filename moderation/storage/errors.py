"""Gives the databases' errors our names, once, at the border."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from moderation.domain.errors import NotFoundError, StorageError, UppsiktError

_LOCKED: Final = (
    "Databasen {where} är låst av ett annat program: "
    "stäng det, eller försök igen om en stund."
)
_READ_ONLY: Final = (
    "Databasen {where} är skrivskyddad: "
    "ge Uppsikt rätt att skriva i den och, om den är en fil, i dess mapp."
)
_CANNOT_OPEN: Final = (
    "Databasfilen {where} går inte att öppna: kontrollera att sökvägen leder till en "
    "fil, att mappen finns och att Uppsikt får läsa och skriva där."
)
_NO_DATABASE: Final = (
    "Filen {where} är ingen databas, eller är skadad: "
    "välj en annan fil, eller återställ en säkerhetskopia."
)
_FULL: Final = (
    "Databasen {where} har inte plats för mer: "
    "frigör utrymme på disken och försök igen."
)
_NO_SERVER: Final = (
    "Databasservern för {where} går inte att nå: kontrollera att den är i gång "
    "och att adress, databasnamn, användare och lösenord stämmer."
)
_NOT_STORABLE: Final = (
    "En text innehåller tecken som databasen {where} inte kan spara: "
    "ta bort dem och försök igen."
)
_BUSY: Final = "Databasen {where} har för mycket att göra: försök igen om en stund."
_OTHER: Final = (
    "Databasen {where} svarade med felet {code}: "
    "försök igen, och visa annars koden för den som sköter driften."
)

_BY_CODE: Final = MappingProxyType(
    {
        "SQLITE_BUSY": _LOCKED,
        "SQLITE_LOCKED": _LOCKED,
        "SQLITE_READONLY": _READ_ONLY,
        "SQLITE_CANTOPEN": _CANNOT_OPEN,
        "SQLITE_NOTADB": _NO_DATABASE,
        "SQLITE_CORRUPT": _NO_DATABASE,
        "SQLITE_FULL": _FULL,
        "25006": _READ_ONLY,
        "53100": _FULL,
        "53300": _BUSY,
        "55P03": _LOCKED,
        "57P01": _NO_SERVER,
    }
)
"""From SQLite's error names (without their detail) and PostgreSQL's SQLSTATE."""

_NUMBER_OUT_OF_RANGE: Final = "22003"


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Raise StorageError, with a Swedish sentence, for what a database raises."""
    where = describe(url)
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise _named(error, where) from error
    except PoolTimeoutError as error:
        raise StorageError(_BUSY.format(where=where)) from error
    except UnicodeEncodeError as error:
        raise StorageError(_NOT_STORABLE.format(where=where)) from error
    except OverflowError as error:
        raise _no_such_number() from error


def describe(url: URL) -> str:
    """Return where a database is, without user or password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return "/".join(part for part in (_host(url), url.database) if part)


def _host(url: URL) -> str:
    host = url.host or url.query.get("host") or "localhost"
    named = host if isinstance(host, str) else ", ".join(host)
    return f"{named}:{url.port}" if url.port else named


def _named(error: DBAPIError | sqlite3.Error, where: str) -> UppsiktError:
    code = _code(error)
    if code == _NUMBER_OUT_OF_RANGE:
        return _no_such_number()
    sentence = _BY_CODE.get(code) or _by_kind(error, code)
    return StorageError(sentence.format(where=where, code=code))


def _no_such_number() -> NotFoundError:
    return NotFoundError("Numret är för stort: gå tillbaka och välj något i listan.")


def _code(error: DBAPIError | sqlite3.Error) -> str:
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, sqlite3.Error):
        name = getattr(original, "sqlite_errorname", type(original).__name__)
        return "_".join(name.split("_")[:2])
    return getattr(original, "sqlstate", None) or ""


def _by_kind(error: DBAPIError | sqlite3.Error, code: str) -> str:
    if code:
        return _OTHER
    kind = type(error.orig if isinstance(error, DBAPIError) else error).__name__
    return _NOT_STORABLE if kind == "DataError" else _NO_SERVER
