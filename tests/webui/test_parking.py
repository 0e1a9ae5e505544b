from datetime import timedelta

import pytest

from moderation.domain.triage import QueueStatus
from moderation.storage import SqlStore
from tests.factories import an_assessed_comment
from tests.webui.conftest import PassTime, Record
from tests.webui.visitor import ESCALATING, HIDING, KEEPING, Visitor

PARKING = {
    "expected": "open",
    "owner": "bo",
    "due": "2026-03-05",
    "reasons": "Väntar på svar från skolan.",
}


@pytest.fixture(autouse=True)
def _one_item(record: Record) -> None:
    record(an_assessed_comment())


class TestParking:
    def test_a_parked_item_waits_with_its_owner(
        self, eva: Visitor, bo: Visitor, sqlite_store: SqlStore
    ) -> None:
        eva.get("/kommentar/1")
        answer = eva.send("/kommentar/1/parkera", **PARKING)

        assert answer.status_code == 302
        assert "/kommentar/1" not in eva.get("/ko/").text
        parked = bo.get("/ko/parkerade").text
        assert "Parkerad hos Bo, senast 5 mars 2026" in parked
        assert "Väntar på svar från skolan." in parked
        assert "försenad" not in parked
        assert "/kommentar/1" in bo.get("/till-mig/").text
        assert "Eva parkerade hos Bo till 5 mars 2026" in bo.get("/kommentar/1").text
        assert "Du bedömer" in bo.get("/kommentar/1").text
        assert list(sqlite_store.log_entries()) == []

    def test_an_overdue_item_says_so(self, eva: Visitor, wait: PassTime) -> None:
        eva.send("/kommentar/1/parkera", **PARKING)
        wait(timedelta(days=4))

        assert "senast 5 mars 2026 – försenad" in eva.get("/ko/parkerade").text

    def test_ones_own_come_first(self, eva: Visitor, record: Record) -> None:
        record(an_assessed_comment(external_id="2"))
        eva.send("/kommentar/1/parkera", **PARKING)
        later = {**PARKING, "owner": "eva", "due": "2026-04-05"}
        eva.send("/kommentar/2/parkera", **later)

        page = eva.get("/ko/parkerade").text

        assert page.index("/kommentar/2") < page.index("/kommentar/1")

    @pytest.mark.parametrize("before", ["open", "escalated"])
    def test_it_is_taken_back_to_where_it_was(
        self, before: str, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        if before == "escalated":
            eva.decide(1, ESCALATING)
        eva.send("/kommentar/1/parkera", **{**PARKING, "expected": before})
        eva.send("/kommentar/1/parkera", **{**PARKING, "expected": "parked"})

        assert eva.send("/kommentar/1/ateruppta").status_code == 302

        item = sqlite_store.queue_item(1)
        assert item is not None
        assert item.status is QueueStatus(before)
        assert "Inget är parkerat." in eva.get("/ko/parkerade").text

    def test_it_can_be_decided_where_it_is(self, eva: Visitor) -> None:
        eva.send("/kommentar/1/parkera", **PARKING)

        assert 'name="expected" value="parked"' in eva.get("/kommentar/1").text
        assert eva.decide(1, {**HIDING, "expected": "parked"}).status_code == 302
        assert "Inget är parkerat." in eva.get("/ko/parkerade").text

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"due": ""}, "Välj en sista dag."),
            ({"due": "2026-03-01"}, "från och med i dag"),
            ({"due": "2030-03-01"}, "högst ett år bort"),
            ({"due": "i morgon"}, "Välj en sista dag som finns"),
            ({"owner": ""}, "Välj vem som tar hand om den."),
            ({"owner": "kim"}, "Välj någon i listan."),
            ({"reasons": " "}, "Skriv varför kommentaren parkeras."),
            ({"reasons": "å" * 10_001}, "Texten är för lång."),
        ],
    )
    def test_an_incomplete_parking_is_shown_again_with_what_was_typed(
        self, changed: dict[str, str], told: str, eva: Visitor
    ) -> None:
        fields = {**PARKING, **changed}

        answer = eva.send("/kommentar/1/parkera", **fields)

        assert answer.status_code == 422
        assert told in answer.text
        assert fields["reasons"] in answer.text
        assert "/kommentar/1" in eva.get("/ko/").text

    def test_what_another_holds_cannot_be_parked(
        self, eva: Visitor, bo: Visitor
    ) -> None:
        eva.get("/kommentar/1")

        answer = bo.send("/kommentar/1/parkera", **PARKING)

        assert answer.status_code == 409
        assert "Väntar på svar från skolan." in answer.text
        assert "/kommentar/1" in bo.get("/ko/").text

    def test_what_is_decided_cannot_be_parked(self, eva: Visitor) -> None:
        eva.decide(1, KEEPING)

        assert eva.send("/kommentar/1/parkera", **PARKING).status_code == 409
        assert eva.send("/kommentar/1/ateruppta").status_code == 409

    def test_a_status_that_does_not_exist_is_refused(self, eva: Visitor) -> None:
        fields = {**PARKING, "expected": "nonsens"}

        assert eva.send("/kommentar/1/parkera", **fields).status_code == 400
