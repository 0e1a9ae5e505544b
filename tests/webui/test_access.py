"""The role × route table: every route, every role, and nobody."""

import pytest
from flask import Flask

from moderation.storage import SqlStore
from tests.factories import an_assessed_comment, an_invitation
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import HIDING, Visitor
from webui.access import ALLOWED, OPEN

READING = ("eva", "lena", "kim")
DECIDING = ("eva", "lena")
OVERSEEING = ("lena", "ada")
ALL = ("eva", "lena", "kim", "ada")

CONFIRMING = {"gjort": "delivery_confirmed", "forsok": "0", "mening": "Dold."}

ROUTES = [
    ("GET", "/", "triage.start", ALL),
    ("GET", "/ko/", "triage.queue", READING),
    ("GET", "/kommentar/1", "triage.item", READING),
    ("POST", "/kommentar/1/beslut", "triage.decide", DECIDING),
    ("POST", "/kommentar/1/haller", "collaboration.stay", DECIDING),
    ("POST", "/kommentar/1/lamna", "collaboration.leave", DECIDING),
    ("POST", "/kommentar/1/ta-over", "collaboration.take_over", DECIDING),
    ("POST", "/kommentar/1/utkast", "collaboration.save_draft", DECIDING),
    ("POST", "/kommentar/1/utkast/kasta", "collaboration.drop_draft", DECIDING),
    ("POST", "/kommentar/1/parkera", "collaboration.park", DECIDING),
    ("POST", "/kommentar/1/ateruppta", "collaboration.resume", DECIDING),
    ("POST", "/kommentar/1/anteckningar", "collaboration.write_note", DECIDING),
    ("GET", "/ko/parkerade", "collaboration.parked", READING),
    ("GET", "/till-mig/", "inbox.show", READING),
    ("POST", "/till-mig/last", "inbox.mark_read", READING),
    ("GET", "/anvandare/funktioner", "inbox.functions", ("ada",)),
    ("POST", "/anvandare/funktioner", "inbox.set_functions", ("ada",)),
    ("POST", "/kommentar/1/motivering", "triage.draft", DECIDING),
    ("POST", "/kommentar/1/visa", "reveals.show", READING),
    ("GET", "/logg/visningar", "reveals.listing", ("lena",)),
    ("GET", "/kommentar/2/ta-bort", "removing.show", ("lena",)),
    ("POST", "/kommentar/2/ta-bort", "removing.remove", ("lena",)),
    ("GET", "/kommentar/1/overgrepp-mot-barn", "erasing.show", DECIDING),
    ("POST", "/kommentar/1/overgrepp-mot-barn", "erasing.erase", DECIDING),
    ("POST", "/kommentar/1/overgrepp-mot-barn/stada", "erasing.wipe", DECIDING),
    ("GET", "/kommentar/2/svar", "answers.show", DECIDING),
    ("POST", "/kommentar/2/svar/mall", "answers.choose", DECIDING),
    ("POST", "/kommentar/2/svar", "answers.keep", DECIDING),
    ("POST", "/logg/1/angra", "deciding.undo", DECIDING),
    ("GET", "/kommentar/1/nasta", "deciding.following", READING),
    ("GET", "/kommentar/1/forra", "deciding.previous", READING),
    ("GET", "/kommentar/1/lika", "deciding.equal_texts", DECIDING),
    ("POST", "/kommentar/1/lika", "deciding.decide_together", DECIDING),
    ("GET", "/kortkommandon", "shortcuts.show", ALL),
    ("POST", "/kortkommandon", "shortcuts.save", ALL),
    ("GET", "/ga-till?till=1", "shortcuts.jump", READING),
    ("GET", "/ko/vy/1", "queue_views.show", READING),
    ("POST", "/ko/vy/", "queue_views.add", READING),
    ("POST", "/ko/vy/1/andra", "queue_views.change", DECIDING),
    ("POST", "/ko/vy/1/ta-bort", "queue_views.delete", DECIDING),
    ("GET", "/ko/nya", "queue_views.news", READING),
    ("POST", "/ko/kvittera", "watch.sign", DECIDING),
    ("GET", "/ko/kvitton", "watch.receipts", ("lena",)),
    ("GET", "/sok?fraga=hot", "search.show", READING),
    ("GET", "/grunder", "grounds.show", ALL),
    ("GET", "/logg/", "removal_log.show", ALL),
    ("GET", "/logg/1", "removal_log.entry", ALL),
    ("POST", "/logg/verifiera", "removal_log.verify", ALL),
    ("GET", "/logg/export?format=csv", "removal_log.export", ALL),
    ("GET", "/anvandare/", "users.show", OVERSEEING),
    ("GET", "/siffror/", "key_figures.show", READING),
    ("GET", "/siffror/export?tabell=dagar", "key_figures.export", READING),
    ("GET", "/att-gora/", "tasks.show", READING),
    ("POST", "/att-gora/1", "tasks.handle", DECIDING),
    ("POST", "/anvandare/", "users.add", ("ada",)),
    ("GET", "/anvandare/inbjudningar", "invitations.show", ("ada",)),
    ("POST", "/anvandare/inbjudningar", "invitations.invite", ("ada",)),
    (
        "POST",
        "/anvandare/inbjudningar/1/dra-tillbaka",
        "invitations.withdraw",
        ("ada",),
    ),
    ("POST", "/anvandare/roller/tvasteg", "users.demand_second_factor", ("ada",)),
    ("GET", "/anvandare/bo/", "user_page.show", OVERSEEING),
    ("POST", "/anvandare/bo/", "user_page.edit", ("ada",)),
    ("POST", "/anvandare/bo/losenord", "user_page.set_password", ("ada",)),
    ("POST", "/anvandare/bo/logga-ut", "user_page.sign_out", ("ada",)),
    ("POST", "/anvandare/bo/stang", "user_page.close", ("ada",)),
    ("POST", "/anvandare/bo/oppna", "user_page.reopen", ("ada",)),
    ("POST", "/anvandare/bo/tvasteg", "user_page.demand_second_factor", ("ada",)),
    (
        "POST",
        "/anvandare/bo/nollstall-tvasteg",
        "user_page.reset_second_factor",
        ("ada",),
    ),
    ("GET", "/konto/", "account.show", ALL),
    ("POST", "/konto/losenord", "account.change_password", ALL),
    ("POST", "/konto/logga-ut-overallt", "account.sign_out_everywhere", ALL),
    ("POST", "/konto/sprak", "language_choice.save", ALL),
    ("GET", "/konto/tvasteg/", "second_factor.show", ALL),
    ("POST", "/konto/tvasteg/borja", "second_factor.begin", ALL),
    ("POST", "/konto/tvasteg/bekrafta", "second_factor.confirm", ALL),
    ("POST", "/konto/tvasteg/av", "second_factor.turn_off", ALL),
    ("POST", "/konto/tvasteg/koder", "second_factor.renew_codes", ALL),
    ("POST", "/logga-ut", "auth.sign_out", ALL),
]

EVERY_FORM = {"note": "1", "user_name": "eva", "plats": "queue", "language": "sv"}
"""What the other forms cannot do without."""


def test_every_route_stands_in_the_table(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert endpoints == set(ALLOWED) | OPEN
    assert {endpoint for _, _, endpoint, _ in ROUTES} == set(ALLOWED)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("method", "address", "endpoint", "allowed"), ROUTES)
def test_a_role_reaches_its_own_pages_and_no_other(  # noqa: PLR0913, PLR0917 - a table
    method: str,
    address: str,
    endpoint: str,
    allowed: tuple[str, ...],
    name: str,
    record: Record,
    signed_in: SignIn,
    sqlite_store: SqlStore,
) -> None:
    record(an_assessed_comment(), an_assessed_comment(external_id="2"))
    assert signed_in("bo").decide(2, HIDING).status_code == 302
    with sqlite_store.transaction() as tx:
        tx.add_view(owner="eva", name="Hot", query={}, is_shared=True)
        tx.add_invitation(an_invitation())
    visitor = signed_in(name)

    if method == "GET":
        answer = visitor.get(address)
    else:
        answer = visitor.send(address, **HIDING, **CONFIRMING, **EVERY_FORM)

    expected = {200, 302, 409, 422} if name in allowed else {403}
    assert answer.status_code in expected, endpoint
    answer.close()


@pytest.mark.parametrize(("method", "address", "_endpoint", "_allowed"), ROUTES)
def test_a_stranger_is_sent_to_sign_in(
    method: str, address: str, _endpoint: str, _allowed: object, stranger: Visitor
) -> None:
    answer = stranger.get(address) if method == "GET" else stranger.send(address)

    assert answer.status_code == 302
    assert answer.location.startswith("/logga-in")


def test_what_is_not_in_the_table_is_refused(app: Flask, signed_in: SignIn) -> None:
    app.add_url_rule("/glomd", "forgotten", lambda: "hemligt")

    assert signed_in("lena").get("/glomd").status_code == 403


def test_every_page_names_what_it_may_load(eva: Visitor) -> None:
    headers = eva.get("/ko/").headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_the_stylesheet_may_be_kept_by_the_browser(stranger: Visitor) -> None:
    answer = stranger.get("/static/uppsikt.css")

    assert answer.headers["Cache-Control"] == "no-cache"
    answer.close()
