import pytest

from moderation.storage import SqlStore
from tests.factories import (
    a_clean_comment,
    an_assessed_comment,
)
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import ESCALATING, HIDING, KEEPING, RESTORING, Visitor

SCRIPT = "<script>alert(1)</script>"


class TestDeciding:
    def test_hiding_is_logged_and_leads_on_to_the_next_item(
        self, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(an_assessed_comment(), an_assessed_comment(external_id="2"))

        answer = eva.decide(1, HIDING)

        assert answer.status_code == 302
        assert answer.location == "/kommentar/2#innehall"
        assert "Beslutet är sparat i loggen." in eva.get("/kommentar/2").text
        entry = sqlite_store.log_entry(1)
        assert entry.payload["moderator"] == "eva"
        assert entry.texts["reasons"].text == "Hot mot en tjänsteperson."

    def test_the_next_item_is_one_that_nobody_else_holds(
        self, record: Record, eva: Visitor, bo: Visitor
    ) -> None:
        record(*(an_assessed_comment(external_id=str(n)) for n in range(1, 4)))
        bo.get("/kommentar/2")
        eva.get("/kommentar/3")

        assert eva.decide(1, KEEPING).location == "/kommentar/3#innehall"
        bo.get("/kommentar/2")
        assert eva.decide(3, KEEPING).location == "/ko/#innehall"

    def test_the_last_item_leads_back_to_the_queue_as_it_was_narrowed(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment(), an_assessed_comment(external_id="2"))
        record(an_assessed_comment(external_id="3", channel="bloggen"))

        answer = eva.send("/kommentar/3/beslut?kanal=bloggen", **KEEPING)

        assert answer.location == "/ko/?kanal=bloggen#innehall"

    def test_keeping_needs_one_key_and_no_words(
        self, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(an_assessed_comment())

        assert eva.decide(1, KEEPING).status_code == 302
        assert sqlite_store.log_entry(1).payload["keep_reason"] == "criticism"

    def test_an_escalated_item_can_be_decided_by_somebody_else(
        self, record: Record, eva: Visitor, lena: Visitor
    ) -> None:
        record(an_assessed_comment())
        eva.decide(1, ESCALATING)

        assert "/kommentar/1" in lena.get("/ko/?status=escalated").text
        assert "eskalerad till jurist" in lena.get("/kommentar/1").text
        answer = lena.decide(1, {**HIDING, "expected": "escalated"})
        assert answer.status_code == 302

    def test_the_second_decision_shows_the_first_and_keeps_the_words(
        self, record: Record, signed_in: SignIn, sqlite_store: SqlStore
    ) -> None:
        record(an_assessed_comment())
        signed_in("bo").decide(1, KEEPING)

        answer = signed_in("eva").decide(1, HIDING)

        assert answer.status_code == 409
        assert "Behållen</strong> av Bo" in answer.text
        assert "Hot mot en tjänsteperson." in answer.text
        assert len(list(sqlite_store.log_entries())) == 1

    @pytest.mark.parametrize("expected", ["decided", "superseded", "", "nonsens"])
    def test_a_decided_item_cannot_be_decided_again_by_saying_so(
        self, expected: str, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(an_assessed_comment())
        eva.decide(1, KEEPING)

        answer = eva.decide(1, {**HIDING, "expected": expected})

        assert answer.status_code == 409
        assert len(list(sqlite_store.log_entries())) == 1

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"ground": ""}, "Välj en grund för att dölja kommentaren."),
            ({"ground": "politik"}, "Grunden gäller inte i dag."),
            ({"obvious": ""}, "Svara på om det är uppenbart."),
            ({"obvious_because": " "}, "Skriv en mening om varför"),
            ({"obvious": "nej"}, "Är det inte uppenbart gäller inte skyldigheten"),
            ({"reasons": ""}, "Skriv en motivering."),
            ({"ground": "osl_annan"}, "Ange paragrafen eller regelns nummer."),
            ({"action": "keep", "keep_reason": "x"}, "Välj varför kommentaren får"),
            ({"action": "escalate"}, "Skriv till vem eller vilken funktion"),
        ],
    )
    def test_an_incomplete_decision_is_shown_again_with_what_was_typed(
        self, changed: dict[str, str], told: str, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())
        fields = {**HIDING, "reasons": "Mina egna ord.", **changed}

        answer = eva.decide(1, fields)

        assert answer.status_code == 422
        assert told in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert fields["reasons"] in answer.text
        assert "/kommentar/1" in eva.get("/ko/").text

    @pytest.mark.parametrize("field", ["reasons", "obvious_because"])
    def test_words_beyond_ten_thousand_are_refused_but_not_lost(
        self, field: str, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())
        words = "å" * 10_001

        answer = eva.decide(1, {**HIDING, field: words})

        assert answer.status_code == 422
        assert words in answer.text
        assert "Korta den till 10 000 tecken." in answer.text

    def test_ten_thousand_characters_with_line_ends_of_two_signs_fit(
        self, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(an_assessed_comment())
        words = "å\r\n" * 4_999 + "åå"

        assert eva.decide(1, {**HIDING, "reasons": words}).status_code == 302
        assert len(sqlite_store.log_entry(1).texts["reasons"].text) == 10_000

    def test_answers_to_questions_that_were_not_put_are_left_out(
        self, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(an_assessed_comment())

        eva.decide(1, {**HIDING, "ground": "regel_personangrepp"})

        entry = sqlite_store.log_entry(1)
        assert entry.payload["obvious"] is None
        assert "obvious_because" not in entry.texts

    def test_the_officer_restores_what_was_hidden_and_only_once(
        self, record: Record, eva: Visitor, lena: Visitor
    ) -> None:
        record(an_assessed_comment())
        eva.decide(1, HIDING)

        assert 'value="restore"' not in eva.get("/kommentar/1").text
        assert 'value="restore"' in lena.get("/kommentar/1").text
        assert lena.decide(1, RESTORING).status_code == 302
        assert lena.decide(1, RESTORING).status_code == 409

    def test_a_moderator_cannot_restore(self, record: Record, eva: Visitor) -> None:
        record(an_assessed_comment())
        eva.decide(1, HIDING)

        assert eva.decide(1, RESTORING).status_code == 403

    def test_an_action_that_does_not_exist_is_refused(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())

        assert eva.decide(1, {**HIDING, "action": "delete"}).status_code == 400

    def test_a_comment_outside_the_queue_cannot_be_decided(
        self, record: Record, eva: Visitor
    ) -> None:
        record(a_clean_comment())

        assert eva.decide(1, KEEPING).status_code == 404
        assert "ligger inte i kön" in eva.get("/kommentar/1").text

    def test_a_missing_comment_cannot_be_decided(self, eva: Visitor) -> None:
        assert eva.decide(99, KEEPING).status_code == 404

    def test_a_decision_cannot_be_made_by_a_link(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())

        assert eva.get("/kommentar/1/beslut").status_code == 405

    def test_a_form_from_elsewhere_is_refused(
        self, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(an_assessed_comment())

        answer = eva.client.post("/kommentar/1/beslut", data=HIDING)

        assert answer.status_code == 400
        assert "Formuläret är för gammalt" in answer.text
        assert list(sqlite_store.log_entries()) == []
