"""Taking back, deciding together on equal texts, and the steps of the list."""

from datetime import timedelta

import pytest

from moderation.domain.triage import Outcome, QueueStatus
from moderation.storage import SqlStore
from tests.factories import a_payload, an_assessed_comment
from tests.webui.conftest import PassTime, Record, SignIn
from tests.webui.visitor import (
    ESCALATING,
    HIDING,
    KEEPING,
    Visitor,
)

LATER = timedelta(minutes=10, microseconds=1)


def state(store: SqlStore, comment_id: int = 1) -> tuple[QueueStatus, Outcome]:
    item = store.queue_item(comment_id)
    assert item is not None
    return item.status, item.outcome


class TestUndo:
    @pytest.mark.parametrize("fields", [HIDING, KEEPING, ESCALATING])
    def test_the_toast_offers_it_and_the_item_waits_again(
        self,
        fields: dict[str, str],
        record: Record,
        eva: Visitor,
        sqlite_store: SqlStore,
    ) -> None:
        record(an_assessed_comment())
        toast = eva.client.get(eva.decide(1, fields).location).text

        assert 'action="/logg/1/angra"' in toast
        answer = eva.send("/logg/1/angra")
        assert answer.location == "/kommentar/1#innehall"
        page = eva.get("/kommentar/1").text
        assert "ligger åter i kön" in page
        assert state(sqlite_store) == (QueueStatus.OPEN, Outcome.NONE)
        assert "ångrad" in eva.get("/logg/").text.lower()
        assert ">loggpost 1</a>" in eva.get("/logg/2").text

    def test_a_second_time_is_refused_in_words(
        self, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(an_assessed_comment())
        eva.decide(1, KEEPING)
        eva.send("/logg/1/angra")
        eva.send("/logg/1/angra")

        assert "Beslutet är redan ångrat" in eva.get("/kommentar/1").text
        assert len(list(sqlite_store.log_entries())) == 2

    def test_after_ten_minutes_only_the_officer_may(
        self,
        wait: PassTime,
        record: Record,
        eva: Visitor,
        lena: Visitor,
        sqlite_store: SqlStore,
    ) -> None:
        record(an_assessed_comment())
        eva.decide(1, HIDING)
        assert "/logg/1/angra" in eva.get("/ko/").text
        wait(LATER)

        assert "/logg/1/angra" not in eva.get("/kommentar/1").text
        eva.send("/logg/1/angra")
        assert "Egna beslut kan ångras i tio minuter" in eva.get("/kommentar/1").text
        assert "/logg/1/angra" in lena.get("/kommentar/1").text
        lena.send("/logg/1/angra")
        assert state(sqlite_store) == (QueueStatus.OPEN, Outcome.NONE)

    def test_what_the_receiver_works_on_is_not_taken_back(
        self, record: Record, eva: Visitor, lena: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(an_assessed_comment())
        eva.decide(1, ESCALATING)
        lena.get("/kommentar/1")

        answer = eva.send("/logg/1/angra")

        assert answer.status_code == 302
        assert "Någon annan bedömer" in eva.get("/kommentar/1").text
        assert state(sqlite_store) == (QueueStatus.ESCALATED, Outcome.NONE)

    def test_an_entry_about_no_stored_comment_cannot_be_taken_back(
        self, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        payload = a_payload(action="delivery_confirmed", ground="", comment_id=None)
        with sqlite_store.transaction() as tx:
            tx.append_to_log(payload, {})

        assert eva.send("/logg/1/angra").location == "/logg/1"

    def test_a_missing_entry_is_not_found(self, eva: Visitor) -> None:
        assert eva.send("/logg/7/angra").status_code == 404


class TestEqualTexts:
    def send(self, visitor: Visitor, ids: list[str], **fields: str) -> object:
        data = {"csrf_token": visitor.token(), "ids": ids, "expected": "open", **fields}
        return visitor.client.post("/kommentar/1/lika", data=data)

    def fill(self, record: Record) -> None:
        record(*(an_assessed_comment(external_id=str(n)) for n in range(1, 4)))
        record(an_assessed_comment("Jag ska slå dig!", external_id="9"))

    def test_they_are_listed_and_decided_together(
        self, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        self.fill(record)
        assert "3 kommentarer har exakt samma text" in eva.get("/kommentar/1").text
        page = eva.get("/kommentar/1/lika").text
        assert page.count('name="ids"') == 3
        assert " checked" not in page

        answer = self.send(eva, ["1", "3"], **HIDING)

        assert answer.status_code == 302  # type: ignore[attr-defined]  # A response.
        assert state(sqlite_store, 1) == (QueueStatus.DECIDED, Outcome.HIDDEN)
        assert state(sqlite_store, 2) == (QueueStatus.OPEN, Outcome.NONE)
        assert state(sqlite_store, 3) == (QueueStatus.DECIDED, Outcome.HIDDEN)
        assert "2 kommentarer, samma text" in eva.get("/logg/1").text
        assert ">loggpost 1</a>" in eva.get("/logg/2").text

    def test_a_draft_that_was_meant_for_hiding_does_not_hinder_keeping(
        self, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        self.fill(record)

        self.send(eva, ["1", "2"], **{**KEEPING, "reasons": "Hot mot ### vem ###."})

        assert state(sqlite_store, 2) == (QueueStatus.DECIDED, Outcome.KEPT)
        assert "reasons" not in sqlite_store.log_entry(1).texts

    @pytest.mark.parametrize(
        ("ids", "fields", "status", "told"),
        [
            ([], HIDING, 422, "Markera minst en kommentar."),
            (["1", "4"], HIDING, 422, "exakt samma text"),
            (["1"], {**HIDING, "ground": ""}, 422, "Välj en grund"),
            (["1"], {"action": "ask"}, 422, "Välj vad som ska göras"),
            (["1"], ESCALATING, 400, "förstod inte"),
            (["ett"], HIDING, 400, "förstod inte"),
            (["99"], HIDING, 404, "finns inte"),
        ],
    )
    def test_what_cannot_be_done_together_changes_nothing(  # noqa: PLR0913, PLR0917 - a table
        self,
        ids: list[str],
        fields: dict[str, str],
        status: int,
        told: str,
        record: Record,
        eva: Visitor,
        sqlite_store: SqlStore,
    ) -> None:
        self.fill(record)

        answer = self.send(eva, ids, **fields)

        assert answer.status_code == status  # type: ignore[attr-defined]  # A response.
        assert told in answer.text  # type: ignore[attr-defined]  # A response.
        assert list(sqlite_store.log_entries()) == []

    def test_one_that_somebody_else_decided_stops_all_and_keeps_the_words(
        self, record: Record, eva: Visitor, signed_in: SignIn, sqlite_store: SqlStore
    ) -> None:
        self.fill(record)
        signed_in("bo").decide(2, KEEPING)

        answer = self.send(eva, ["1", "2", "3"], **HIDING)

        assert answer.status_code == 409  # type: ignore[attr-defined]  # A response.
        assert "Hot mot en tjänsteperson." in answer.text  # type: ignore[attr-defined]  # A response.
        assert len(list(sqlite_store.log_entries())) == 1


class TestSteps:
    def test_next_and_previous_follow_the_list_and_end_in_it(
        self, record: Record, eva: Visitor
    ) -> None:
        record(*(an_assessed_comment(external_id=str(n)) for n in range(1, 4)))

        assert eva.get("/kommentar/1/nasta").location == "/kommentar/2#innehall"
        assert eva.get("/kommentar/3/forra").location == "/kommentar/2#innehall"
        assert eva.get("/kommentar/3/nasta").location == "/ko/#innehall"
        narrowed = eva.get("/kommentar/1/nasta?kanal=hemsidan&comment_id=9&_anchor=x")
        assert narrowed.location == "/kommentar/2?kanal=hemsidan#innehall"
