"""The card, the lamp, time limits and likeness, beside the decision."""

from datetime import timedelta

from moderation.domain.category import Category
from moderation.storage import SqlStore
from tests.factories import a_finding, a_verdict, an_assessed_comment
from tests.webui.conftest import PassTime, Record
from tests.webui.visitor import (
    HIDING,
    KEEPING,
    Visitor,
)

RUDE = a_verdict(a_finding(Category.PROFANITY, end=3))
LOCAL = {**HIDING, "ground": "regel_personangrepp"}


class TestTheCard:
    def test_the_law_is_quoted_as_it_stands_with_source_and_day_of_review(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())
        page = eva.get("/kommentar/1").text

        assert "Omfattas kommentaren av BBS-lagen (2&nbsp;§)?" in page
        assert "c) uppvigling i 16 kap. 5 § brottsbalken" in page
        assert "senast granskad 22 november 2026" in page
        assert "5 § 1 d: Hets mot folkgrupp" in page

    def test_a_draft_is_fetched_without_a_script_and_cannot_be_sent_unfilled(
        self, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(an_assessed_comment())
        address = "/kommentar/1/motivering"
        drafted = eva.send(address, **{**HIDING, "reasons": "Mina ord."})

        assert "Mina ord.\nKommentaren hotar ### vem ###" in drafted.text
        answer = eva.decide(1, {**HIDING, "reasons": "Hot mot ### vem ###."})
        assert answer.status_code == 422
        assert "Det finns luckor kvar i texten." in answer.text
        assert "Hot mot ### vem ###." in answer.text
        assert list(sqlite_store.log_entries()) == []

    def test_a_comment_outside_the_act_cannot_be_hidden_by_it(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())

        answer = eva.decide(1, {**HIDING, "covered": "nej"})

        assert answer.status_code == 422
        assert "kan 5 § inte vara grund" in answer.text

    def test_nothing_is_chosen_beforehand(self, record: Record, eva: Visitor) -> None:
        record(an_assessed_comment())
        page = eva.get("/kommentar/1").text

        assert " checked" not in page
        assert " selected" not in page


class TestTheLamp:
    def test_it_tells_that_criticism_is_protected_and_asks_for_more_words(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment("Fan vad dyrt", verdict=RUDE))
        page = eva.get("/kommentar/1").text

        assert "Kritiklampan lyser" in page
        assert "yttrandefrihet: frihet att i tal" in page
        answer = eva.decide(1, LOCAL)
        assert answer.status_code == 422
        assert "Skriv minst 100 tecken" in answer.text
        assert eva.decide(1, {**LOCAL, "reasons": "å" * 100}).status_code == 302
        assert "lyste när beslutet fattades" in eva.get("/logg/1").text

    def test_it_is_dark_for_a_threat(self, record: Record, eva: Visitor) -> None:
        record(an_assessed_comment())

        assert "Kritiklampan" not in eva.get("/kommentar/1").text


class TestHidingForATime:
    def test_opening_the_queue_escalates_what_is_overdue(
        self, wait: PassTime, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())
        fields = {**HIDING, "ground": "tillfallig_dolj"}
        assert "Välj hur länge." in eva.decide(1, fields).text
        assert eva.decide(1, {**fields, "hide_days": "3"}).status_code == 302
        assert "Dold till 5 mars 2026" in eva.get("/kommentar/1").text
        wait(timedelta(days=3))

        assert "/kommentar/1" in eva.get("/ko/?status=escalated").text
        page = eva.get("/kommentar/1").text
        assert "tillfälligt dold. Tiden är ute" in page
        assert "tidsgränsen hade passerat" in eva.get("/logg/2").text
        kept = eva.decide(1, {**KEEPING, "expected": "escalated"})
        assert kept.status_code == 302
        eva.send("/logg/3/angra")
        assert "Kommentaren ska vara dold som förut." in eva.get("/kommentar/1").text


class TestLikeness:
    def test_an_earlier_decision_on_a_like_text_is_shown_with_its_entry(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment(), an_assessed_comment(external_id="2"))
        eva.decide(2, KEEPING)

        page = eva.get("/kommentar/1").text

        assert "Exakt samma text." in page
        assert "Kritik mot kommunen eller någon i tjänsten" in page
        assert 'href="/logg/1"' in page
