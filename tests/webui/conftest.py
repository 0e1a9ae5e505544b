"""The web pages on a filled SQLite store, and the cast that visits them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from flask import Flask

from moderation import intake
from moderation.domain.user import Role
from moderation.domain.verdict import Assessed
from moderation.grounds import load_grounds
from moderation.passwords import hash_password
from moderation.storage import SqlStore
from tests.factories import NOON, a_user
from tests.webui.visitor import PASSWORD, PageServices, Visitor
from webui import create_app
from webui.services import EXTENSION

CAST = {
    "eva": Role.MODERATOR,
    "bo": Role.MODERATOR,
    "lena": Role.OFFICER,
    "kim": Role.READER,
    "ada": Role.ADMIN,
}

Record = Callable[..., None]
SignIn = Callable[[str], Visitor]
PassTime = Callable[[timedelta], None]


@cache
def password_hash() -> str:
    """Hash the cast's password once: it takes long on purpose."""
    return hash_password(PASSWORD)


@pytest.fixture
def app(sqlite_store: SqlStore) -> Flask:
    with sqlite_store.transaction() as tx:
        for name, role in CAST.items():
            tx.add_user(a_user(name, role=role, password_hash=password_hash()))
    services = PageServices(sqlite_store, load_grounds(), NOON)
    return create_app(services, secret_key="en nyckel för prov")


@pytest.fixture
def record(sqlite_store: SqlStore) -> Record:
    """Store assessed comments; the first gets number 1."""

    def store_them(*assessed: Assessed) -> None:
        intake.record(assessed, store=sqlite_store, now=lambda: NOON)

    return store_them


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    return Visitor(app.test_client())


@pytest.fixture
def signed_in(app: Flask) -> SignIn:
    def visitor(name: str) -> Visitor:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = name
        return Visitor(client)

    return visitor


@pytest.fixture
def eva(signed_in: SignIn) -> Visitor:
    return signed_in("eva")


@pytest.fixture
def lena(signed_in: SignIn) -> Visitor:
    return signed_in("lena")


@pytest.fixture
def bo(signed_in: SignIn) -> Visitor:
    return signed_in("bo")


@pytest.fixture
def ada(signed_in: SignIn) -> Visitor:
    return signed_in("ada")


@pytest.fixture
def kim(signed_in: SignIn) -> Visitor:
    return signed_in("kim")


@pytest.fixture
def wait(app: Flask) -> PassTime:
    """Let time pass for the pages."""

    def pass_time(how_long: timedelta) -> None:
        services = app.extensions[EXTENSION]
        app.extensions[EXTENSION] = replace(services, moment=services.moment + how_long)

    return pass_time
