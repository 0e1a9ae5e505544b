"""A house in which every kind of thing has happened, for tests that only look."""

from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from typing import Self

import pyotp
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route

from moderation import intake
from moderation.domain.category import Category
from moderation.domain.user import Role
from moderation.storage import SqlStore
from tests.factories import (
    a_finding,
    a_user,
    a_verdict,
    an_assessed_comment,
    an_unassessed_verdict,
)
from tests.webui.conftest import password_hash
from tests.webui.visitor import ESCALATING, HIDING, KEEPING, PASSWORD, Visitor

CAST = {
    "eva": Role.MODERATOR,
    "bo": Role.MODERATOR,
    "lena": Role.OFFICER,
    "kim": Role.READER,
    "ada": Role.ADMIN,
    "tora": Role.MODERATOR,
    "pia": Role.MODERATOR,
}
COOKIE = "uppsikt_session"
STRANGER = ""

OPEN, RUDE, ALIKE, HELD, ESCALATED, PARKED, HIDDEN, KEPT, EDITED = range(1, 10)
"""Comments by what has happened to them."""


class House:
    """The served pages, and a browser window for each of the cast."""

    def __init__(self, address: str, app: Flask, chromium: Browser) -> None:
        self.address = address
        self.attempts: list[str] = []
        self._app = app
        self._chromium = chromium
        self._windows: dict[str, Page] = {}
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def window(self, name: str) -> Page:
        """Return the window of one of the cast, signed in; the same one each time."""
        if name not in self._windows:
            self._windows[name] = self._open(name)
        return self._windows[name]

    def _open(self, name: str) -> Page:
        context = self._chromium.new_context(
            locale="sv-SE", reduced_motion="reduce", base_url=self.address
        )
        self._closing.enter_context(closing(context))
        context.route("**/*", self._loopback_only)
        self._sign_in(context, name)
        return context.new_page()

    def _loopback_only(self, route: Route) -> None:
        if route.request.url.startswith(self.address):
            route.continue_()
            return
        self.attempts.append(route.request.url)
        route.abort()

    def _sign_in(self, context: BrowserContext, name: str) -> None:
        if name == STRANGER:
            return
        kept = _client(self._app, name).client.get_cookie(COOKIE)
        assert kept is not None
        context.add_cookies(
            [{"name": COOKIE, "value": kept.value, "url": self.address}]
        )


def _client(app: Flask, name: str) -> Visitor:
    """Return somebody signed in; tora only half way, since she has two steps."""
    client = app.test_client()
    visitor = Visitor(client)
    if name == "tora":
        page = {"csrf_token": visitor.token(), "user_name": name, "password": PASSWORD}
        assert client.post("/logga-in", data=page).location.startswith("/logga-in/kod")
        return visitor
    with client.session_transaction() as session:
        session["_user_id"] = name
    return visitor


def fill(store: SqlStore, app: Flask, now: datetime) -> None:
    """Let the cast work for a while."""
    _people(store)
    _comments(store, now)
    _two_steps(store, app, now)
    eva, bo = _client(app, "eva"), _client(app, "bo")
    eva.decide(ESCALATED, ESCALATING)
    eva.decide(HIDDEN, HIDING)
    eva.decide(KEPT, KEEPING)
    day = (now + timedelta(days=3)).date().isoformat()
    park = {
        "expected": "open",
        "owner": "eva",
        "due": day,
        "reasons": "Väntar på svar.",
    }
    eva.send(f"/kommentar/{PARKED}/parkera", **park)
    eva.send("/ko/vy/", namn="Bara hot", kategori="threat")
    bo.get(f"/kommentar/{HELD}")
    bo.send(f"/kommentar/{OPEN}/anteckningar", text="Vad tror du, @eva och @lena?")
    _client(app, "lena").send("/ko/kvittera")
    _client(app, "pia").send("/konto/tvasteg/borja")


def _people(store: SqlStore) -> None:
    with store.transaction() as tx:
        for name, role in CAST.items():
            tx.add_user(a_user(name, role=role, password_hash=password_hash()))
        frida = a_user(
            "frida", password_hash=password_hash(), must_change_password=True
        )
        tx.add_user(frida)


def _comments(store: SqlStore, now: datetime) -> None:
    rude = a_verdict(a_finding(Category.PROFANITY, end=3))
    insult = a_verdict(a_finding(Category.INSULT, end=3))
    comments = [
        an_assessed_comment(external_id="1"),
        an_assessed_comment("Fan vad dyrt", external_id="2", verdict=rude),
        an_assessed_comment("Samma visa", external_id="3", verdict=insult),
        *(an_assessed_comment(external_id=str(number)) for number in range(4, 9)),
        an_assessed_comment("Före ändringen", external_id="9", verdict=insult),
        an_assessed_comment("Samma visa", external_id="10", verdict=insult),
        an_assessed_comment(
            "Не вижу", external_id="11", verdict=an_unassessed_verdict()
        ),
    ]
    for one in comments:
        intake.record([one], store=store, now=lambda: now)
    edited = an_assessed_comment("Efter ändringen", external_id="9", verdict=insult)
    intake.record([edited], store=store, now=lambda: now)


def _two_steps(store: SqlStore, app: Flask, now: datetime) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "tora"
    tora = Visitor(client)
    tora.send("/konto/tvasteg/borja")
    factor = store.second_factor("tora")
    assert factor is not None
    code = pyotp.TOTP(factor.key).at(now)
    assert tora.send("/konto/tvasteg/bekrafta", code=code).status_code == 200
