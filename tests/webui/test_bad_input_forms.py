"""Forms that come twice, too late, from the wrong place or with the wrong things."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from moderation.domain.triage import QueueFilter
from moderation.grounds import load_grounds
from moderation.storage import SqlStore
from tests.factories import an_assessed_comment
from tests.webui.conftest import Record, SignIn
from tests.webui.test_access import ROUTES
from tests.webui.visitor import HIDING, KEEPING, PageServices, Visitor
from webui.services import EXTENSION

SCRIPT = "<script>alert(1)</script>"
WORDS = "Mina egna ord."
TYPED = {**HIDING, "reasons": WORDS}
POSTS = [address for method, address, _, _ in ROUTES if method == "POST"]
GETS = [address for method, address, _, _ in ROUTES if method == "GET"]
ABOUT_A_COMMENT = [
    (method, address)
    for method, address, _, _ in ROUTES
    if address.startswith("/kommentar/1")
]


@pytest.fixture
def waiting(record: Record) -> None:
    """Let one comment wait."""
    record(an_assessed_comment())


def entries(store: SqlStore) -> int:
    return len(list(store.log_entries()))


@pytest.mark.usefixtures("waiting")
class TestTooLate:
    def test_a_form_sent_twice_counts_once(
        self, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        assert eva.decide(1, HIDING).status_code == 302

        again = eva.decide(1, HIDING)

        assert again.status_code == 409
        assert "Du har redan beslutat" in again.text
        assert entries(sqlite_store) == 1

    def test_in_two_tabs_the_first_decision_counts_and_the_other_is_shown(
        self, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        eva.get("/kommentar/1")
        eva.get("/kommentar/1")
        eva.decide(1, KEEPING)

        second = eva.decide(1, TYPED)

        assert second.status_code == 409
        assert "Behållen" in second.text
        assert WORDS in second.text
        assert entries(sqlite_store) == 1

    def test_the_back_button_shows_the_item_as_it_is_now(self, eva: Visitor) -> None:
        before = eva.get("/kommentar/1")
        eva.decide(1, KEEPING)

        assert before.headers["Cache-Control"] == "no-store"
        assert "Beslutet är fattat." in eva.get("/kommentar/1").text

    def test_a_form_about_a_text_that_has_changed_since_is_refused(
        self, eva: Visitor, record: Record, sqlite_store: SqlStore
    ) -> None:
        eva.get("/kommentar/1")
        record(an_assessed_comment("Jag ska slå er alla i morgon bitti."))

        answer = eva.decide(1, TYPED)

        assert answer.status_code == 409
        assert WORDS in answer.text
        assert entries(sqlite_store) == 0

    def test_a_ground_that_is_not_in_force_that_day_is_refused_with_the_words(
        self, app: Flask, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        then = datetime(2023, 6, 1, tzinfo=UTC)
        app.extensions[EXTENSION] = PageServices(sqlite_store, load_grounds(), then)

        answer = eva.decide(1, TYPED)

        assert answer.status_code == 422
        assert "Grunden gäller inte i dag." in answer.text
        assert WORDS in answer.text
        assert entries(sqlite_store) == 0


@pytest.mark.usefixtures("waiting")
class TestASessionThatEnds:
    def test_in_mid_decision_the_words_come_back_to_be_copied(
        self, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        token = eva.token()
        with eva.client.session_transaction() as session:
            session.pop("_user_id")

        answer = eva.client.post(
            "/kommentar/1/beslut", data={**TYPED, "csrf_token": token}
        )

        assert answer.status_code == 401
        assert "Du är utloggad" in answer.text
        assert WORDS in answer.text
        assert "slå dig" not in answer.text
        assert entries(sqlite_store) == 0

    def test_without_any_cookie_left_the_words_come_back_too(
        self, eva: Visitor, app: Flask
    ) -> None:
        token = eva.token()

        answer = app.test_client().post(
            "/kommentar/1/anteckningar", data={"text": WORDS, "csrf_token": token}
        )

        assert answer.status_code == 400
        assert "Formuläret är för gammalt" in answer.text
        assert WORDS in answer.text

    def test_a_script_in_words_that_come_back_is_only_text(self, app: Flask) -> None:
        fields = dict.fromkeys(("reasons", "text", "why", "reference"), SCRIPT)

        answer = app.test_client().post("/kommentar/1/beslut", data=fields)

        assert answer.status_code == 400
        assert SCRIPT not in answer.text
        assert "&lt;script&gt;" in answer.text

    def test_a_password_never_comes_back(self, app: Flask) -> None:
        fields = {"user_name": "eva", "password": "hemligt ord"}

        answer = app.test_client().post("/logga-in", data=fields)

        assert answer.status_code == 400
        assert "hemligt ord" not in answer.text


@pytest.mark.usefixtures("waiting")
class TestEveryForm:
    def test_without_its_token_it_is_refused_and_nothing_changes(
        self, lena: Visitor, signed_in: SignIn, sqlite_store: SqlStore
    ) -> None:
        for visitor in (lena, signed_in("ada")):
            for address in POSTS:
                answer = visitor.client.post(address, data={**HIDING, **KEEPING})
                assert answer.status_code == 400, address
                assert "Formuläret är för gammalt" in answer.text, address

        assert entries(sqlite_store) == 0
        assert sqlite_store.count_queue(QueueFilter()) == 1
        assert lena.get("/ko/").status_code == 200

    def test_by_the_wrong_method_it_is_refused_in_swedish(self, lena: Visitor) -> None:
        token = {"X-CSRFToken": lena.token()}
        only_posts = {address.partition("?")[0] for address in POSTS} - {
            address.partition("?")[0] for address in GETS
        }

        wrong = [("GET", address) for address in only_posts]
        wrong += [("DELETE", address) for address in GETS]
        for method, address in wrong:
            answer = lena.client.open(address, method=method, headers=token)
            assert answer.status_code == 405, address
            assert "Adressen kan inte användas så" in answer.text, address
            assert answer.headers["Allow"], address


def test_a_comment_of_a_channel_one_may_not_see_does_not_exist(
    record: Record, signed_in: SignIn, sqlite_store: SqlStore
) -> None:
    other = an_assessed_comment(channel="bloggen", external_id="b")
    record(an_assessed_comment(), other)
    limits = {"display_name": "Eva", "role": "moderator", "channels": "bloggen"}
    assert signed_in("ada").send("/anvandare/eva/", **limits).status_code == 302
    eva = signed_in("eva")

    for method, address in ABOUT_A_COMMENT:
        answer = eva.get(address) if method == "GET" else eva.send(address, **HIDING)
        assert answer.status_code == 404, address
        assert "slå dig" not in answer.text, address
        assert "hemsidan" not in answer.text, address
    assert entries(sqlite_store) == 0


class TestTooMuch:
    @pytest.mark.parametrize(
        ("form", "field"),
        [("anteckningar", "text"), ("ta-over", "why"), ("parkera", "reasons")],
    )
    def test_words_beyond_ten_thousand_are_refused_but_not_lost(
        self, form: str, field: str, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())
        words = "å" * 10_001

        answer = eva.send(
            f"/kommentar/1/{form}", expected="open", owner="eva", **{field: words}
        )

        assert answer.status_code == 422
        assert words in answer.text
        assert "Korta" in answer.text

    def test_an_address_of_a_megabyte_is_refused_in_swedish(self, eva: Visitor) -> None:
        for path in ("/ko/", "/sok", "/logg/", "/finns-inte", "/logga-in"):
            answer = eva.get(f"{path}?kanal=" + "å" * 500_000)

            assert answer.status_code == 414, path
            assert "Adressen är för lång" in answer.text, path
            assert "å" * 100 not in answer.text, path


def test_a_script_in_every_field_and_in_the_comment_is_only_text(
    record: Record, eva: Visitor, lena: Visitor, signed_in: SignIn
) -> None:
    spiked = {"author": SCRIPT, "thread": SCRIPT, "channel": SCRIPT, "url": SCRIPT}
    for number in range(4):
        record(an_assessed_comment(SCRIPT, external_id=f"{SCRIPT}{number}", **spiked))
    fill = {"obvious_because": SCRIPT, "reasons": SCRIPT, "reference": SCRIPT}
    park = {"expected": "open", "owner": "eva", "due": "2026-03-05", "reasons": SCRIPT}
    said = {"reasons": SCRIPT, "escalate_to": SCRIPT}
    sent = [
        eva.decide(1, {**HIDING, **fill}),
        eva.decide(2, {**KEEPING, "action": "escalate", **said}),
        eva.send("/kommentar/3/parkera", **park),
        eva.send("/kommentar/4/anteckningar", text=f"{SCRIPT} @lena"),
        eva.send("/kommentar/4/utkast", **HIDING | fill),
        eva.send("/ko/vy/", namn=SCRIPT, kategori="threat"),
        eva.send("/att-gora/1", gjort="delivery_failed", forsok="0", mening=SCRIPT),
        lena.send("/kommentar/4/ta-over", why=SCRIPT),
    ]

    assert [answer.status_code for answer in sent] == [302] * len(sent)
    pages = [*GETS, "/kommentar/2", "/kommentar/3", "/kommentar/4", "/logg/2"]
    for visitor in (eva, lena, signed_in("ada")):
        for address in pages:
            answer = visitor.get(address)
            if answer.content_type.startswith("text/html"):
                assert "<script>alert" not in answer.text, address
            answer.close()
    assert "&lt;script&gt;alert(1)" in eva.get("/kommentar/4").text
