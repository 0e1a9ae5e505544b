import json

import pytest

from moderation.storage import SqlStore
from tests.factories import a_clean_comment, an_assessed_comment
from tests.webui.conftest import Record
from tests.webui.visitor import ESCALATING, HIDING, KEEPING, Visitor

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _one_item(record: Record) -> None:
    record(an_assessed_comment())


class TestDrafts:
    def test_a_draft_is_back_in_the_form_also_after_a_new_start(
        self, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        answer = eva.send("/kommentar/1/utkast?kanal=hemsidan", **HIDING)

        assert answer.location == "/kommentar/1?kanal=hemsidan#beslut"
        page = eva.get("/kommentar/1").text
        assert "Utkastet är sparat 12:00." in page
        assert "Hot mot en tjänsteperson.</textarea>" in page
        assert 'value="bbs_olaga_hot"' in page.split(" selected")[0][-400:]
        assert sqlite_store.draft("eva", 1) is not None

    def test_a_script_gets_a_sentence(self, eva: Visitor) -> None:
        answer = eva.client.post(
            "/kommentar/1/utkast",
            data={"csrf_token": eva.token(), **HIDING},
            headers={"Accept": "application/json"},
        )

        assert json.loads(answer.text) == {"told": "Utkastet är sparat 12:00."}

    def test_a_draft_is_only_ones_own(self, eva: Visitor, bo: Visitor) -> None:
        eva.send("/kommentar/1/utkast", **HIDING)
        eva.send("/kommentar/1/lamna")

        assert "Hot mot en tjänsteperson." not in bo.get("/kommentar/1").text

    def test_it_survives_a_lost_lease(self, eva: Visitor, bo: Visitor) -> None:
        eva.get("/kommentar/1")
        bo.send("/kommentar/1/ta-over", why="Eva har gått hem.")

        assert eva.send("/kommentar/1/utkast", **HIDING).status_code == 302
        assert "Hot mot en tjänsteperson." in eva.get("/kommentar/1").text
        bo.send("/kommentar/1/lamna")
        assert "tjänsteperson.</textarea>" in eva.get("/kommentar/1").text

    def test_it_is_sent_on_the_item_as_it_stands_now(
        self, eva: Visitor, bo: Visitor
    ) -> None:
        eva.send("/kommentar/1/utkast", **HIDING)
        eva.send("/kommentar/1/lamna")
        bo.decide(1, ESCALATING)

        assert 'name="expected" value="escalated"' in eva.get("/kommentar/1").text

    def test_deciding_throws_it_away(
        self, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        eva.send("/kommentar/1/utkast", **HIDING)
        eva.decide(1, KEEPING)

        assert sqlite_store.draft("eva", 1) is None

    def test_it_is_still_shown_when_somebody_else_has_decided(
        self, eva: Visitor, bo: Visitor
    ) -> None:
        eva.send("/kommentar/1/utkast", **HIDING)
        eva.send("/kommentar/1/lamna")
        bo.decide(1, KEEPING)

        assert "Hot mot en tjänsteperson." in eva.get("/kommentar/1").text
        eva.send("/kommentar/1/utkast/kasta")
        assert "Hot mot en tjänsteperson." not in eva.get("/kommentar/1").text

    def test_nothing_is_saved_about_a_decided_item(
        self, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        eva.decide(1, KEEPING)

        assert eva.send("/kommentar/1/utkast", **HIDING).status_code == 409
        assert sqlite_store.draft("eva", 1) is None

    def test_nothing_is_saved_about_what_never_was_queued(
        self, eva: Visitor, record: Record
    ) -> None:
        record(a_clean_comment(external_id="2"))

        assert eva.send("/kommentar/2/utkast", **HIDING).status_code == 404
        assert eva.send("/kommentar/99/utkast", **HIDING).status_code == 404

    def test_a_script_in_a_draft_is_only_text(self, eva: Visitor) -> None:
        eva.send("/kommentar/1/utkast", **{**HIDING, "reasons": SCRIPT + "\0"})

        assert SCRIPT not in eva.get("/kommentar/1").text

    def test_a_draft_needs_the_pages_own_form(self, eva: Visitor) -> None:
        assert eva.client.post("/kommentar/1/utkast", data=HIDING).status_code == 400
