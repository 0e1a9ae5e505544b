import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from moderation.storage import SqlStore
from tests.factories import a_clean_comment, an_assessed_comment
from tests.webui.conftest import PassTime, Record
from tests.webui.visitor import HIDING, KEEPING, Visitor

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _one_item(record: Record) -> None:
    record(an_assessed_comment())


class TestHolding:
    def test_whoever_opens_an_item_first_holds_it_and_others_see_it(
        self, eva: Visitor, bo: Visitor, kim: Visitor
    ) -> None:
        assert "Du bedömer sedan 12:00" in eva.get("/kommentar/1").text

        for other in (bo, kim):
            assert "Eva bedömer sedan 12:00" in other.get("/kommentar/1").text
            assert "Eva bedömer sedan 12:00" in other.get("/ko/").text
        assert 'name="reasons"' not in bo.get("/kommentar/1").text

    def test_readers_never_hold(self, kim: Visitor, eva: Visitor) -> None:
        kim.get("/kommentar/1")

        assert "bedömer sedan" not in kim.get("/ko/").text
        assert "Du bedömer sedan" in eva.get("/kommentar/1").text

    def test_nobody_holds_what_is_decided(self, eva: Visitor, bo: Visitor) -> None:
        eva.get("/kommentar/1")
        eva.decide(1, KEEPING)

        assert "bedömer sedan" not in bo.get("/kommentar/1").text
        assert "bedömer sedan" not in bo.get("/ko/?status=decided").text

    def test_after_ten_minutes_of_silence_anybody_may_take_it(
        self, eva: Visitor, bo: Visitor, wait: PassTime
    ) -> None:
        eva.get("/kommentar/1")
        wait(timedelta(minutes=10))

        assert "Du bedömer sedan 12:10" in bo.get("/kommentar/1").text
        assert eva.decide(1, HIDING).status_code == 409

    @pytest.mark.parametrize("sign", ["haller", "utkast"])
    def test_activity_renews_it_without_starting_it_anew(
        self,
        sign: str,
        eva: Visitor,
        bo: Visitor,
        wait: PassTime,
    ) -> None:
        eva.get("/kommentar/1")
        wait(timedelta(minutes=8))
        eva.send(f"/kommentar/1/{sign}", **HIDING)
        wait(timedelta(minutes=8))

        assert "Eva bedömer sedan 12:00" in bo.get("/kommentar/1").text

    def test_the_script_hears_that_somebody_else_holds_it(
        self, eva: Visitor, bo: Visitor
    ) -> None:
        eva.get("/kommentar/1")

        assert bo.send("/kommentar/1/haller").json == {
            "held": False,
            "told": "Eva bedömer sedan 12:00",
        }
        assert eva.send("/kommentar/1/haller").json == {"held": True, "told": ""}

    def test_leaving_lets_somebody_else_begin(self, eva: Visitor, bo: Visitor) -> None:
        eva.get("/kommentar/1")

        answer = eva.send("/kommentar/1/lamna?kanal=hemsidan")

        assert answer.location == "/ko/?kanal=hemsidan"
        assert "Du bedömer sedan" in bo.get("/kommentar/1").text

    def test_leaving_does_not_end_what_another_holds(
        self, eva: Visitor, bo: Visitor
    ) -> None:
        eva.get("/kommentar/1")
        bo.send("/kommentar/1/lamna")

        assert "Eva bedömer" in bo.get("/kommentar/1").text

    def test_deciding_on_what_another_holds_is_refused_and_keeps_the_words(
        self, eva: Visitor, bo: Visitor, sqlite_store: SqlStore
    ) -> None:
        eva.get("/kommentar/1")

        answer = bo.decide(1, HIDING)

        assert answer.status_code == 409
        assert "<h1>Eva bedömer sedan 12:00</h1>" in answer.text
        assert "Hot mot en tjänsteperson." in answer.text
        assert "sparat som utkast" in answer.text
        assert list(sqlite_store.log_entries()) == []
        draft = sqlite_store.draft("bo", 1)
        assert draft is not None
        assert draft.fields["reasons"] == ["Hot mot en tjänsteperson."]


class TestTakingOver:
    def test_it_asks_why_and_stays_in_the_history(
        self, eva: Visitor, bo: Visitor
    ) -> None:
        eva.get("/kommentar/1")

        answer = bo.send("/kommentar/1/ta-over", why="Eva har gått hem.")

        assert answer.status_code == 302
        page = bo.get("/kommentar/1").text
        assert "Du bedömer sedan 12:00" in page
        assert "Bo tog över från Eva" in page
        assert "Eva har gått hem." in page
        assert eva.decide(1, HIDING).status_code == 409

    @pytest.mark.parametrize(
        ("why", "told"),
        [
            ("  ", "Skriv en mening om varför du tar över."),
            ("å" * 1_001, "Korta texten till 1 000 tecken."),
        ],
    )
    def test_without_a_fitting_reason_nothing_changes(
        self, why: str, told: str, eva: Visitor, bo: Visitor
    ) -> None:
        eva.get("/kommentar/1")

        answer = bo.send("/kommentar/1/ta-over", why=why)

        assert answer.status_code == 422
        assert told in answer.text
        assert why in answer.text
        assert "Eva bedömer" in bo.get("/kommentar/1").text

    def test_what_nobody_holds_is_taken_without_a_word_in_the_history(
        self, bo: Visitor
    ) -> None:
        bo.send("/kommentar/1/ta-over", why="För säkerhets skull.")

        assert "tog över" not in bo.get("/kommentar/1").text

    def test_a_decided_item_cannot_be_taken_over(
        self, eva: Visitor, bo: Visitor
    ) -> None:
        eva.decide(1, KEEPING)

        answer = bo.send("/kommentar/1/ta-over", why="Jag vill se den.")

        assert answer.status_code == 409
        assert "Behållen</strong> av Eva" in answer.text


class TestConflict:
    def test_both_decisions_stand_side_by_side(self, eva: Visitor, bo: Visitor) -> None:
        bo.decide(1, HIDING)

        answer = eva.decide(1, {**KEEPING, "reasons": "Jag tycker annorlunda."})

        assert answer.status_code == 409
        theirs, _, mine = answer.text.partition("Det du skrev")
        assert "Olaga hot" in theirs
        assert "Texten lovar våld." in theirs
        assert "Kritik mot kommunen eller någon i tjänsten" in mine
        assert "Jag tycker annorlunda." in mine

    def test_a_damaged_entry_does_not_hide_the_words(
        self, eva: Visitor, bo: Visitor, tmp_path: Path
    ) -> None:
        bo.decide(1, HIDING)
        with closing(sqlite3.connect(tmp_path / "uppsikt.sqlite3")) as intruder:
            intruder.execute("DROP TRIGGER log_entries_no_update")
            intruder.execute("UPDATE log_entries SET payload = '{}'")
            intruder.commit()

        answer = eva.decide(1, {**KEEPING, "reasons": "Jag tycker annorlunda."})

        assert answer.status_code == 409
        assert "Jag tycker annorlunda." in answer.text

    def test_a_form_that_is_sent_twice_says_that_the_first_counts(
        self, eva: Visitor
    ) -> None:
        eva.decide(1, HIDING)

        answer = eva.decide(1, HIDING)

        assert answer.status_code == 409
        assert "Du har redan beslutat" in answer.text


class TestNotes:
    def test_a_note_stands_with_author_and_time(
        self, eva: Visitor, kim: Visitor
    ) -> None:
        answer = eva.send("/kommentar/1/anteckningar", text="Ringde skolan.")

        assert answer.location == "/kommentar/1#anteckningar"
        page = kim.get("/kommentar/1").text
        assert "Ringde skolan." in page
        assert "2 mars 2026 kl. 12.00" in page.partition("Anteckningar")[2]

    def test_whoever_is_named_sees_it_until_it_is_read(
        self, eva: Visitor, bo: Visitor
    ) -> None:
        eva.send("/kommentar/1/anteckningar", text="Kan du titta, @bo? Tack @bo.")

        page = bo.get("/till-mig/").text
        assert page.count("Kan du titta") == 1
        eva.send("/till-mig/last", note="1")
        assert "Kan du titta" in bo.get("/till-mig/").text
        bo.send("/till-mig/last", note="1")
        assert "Inget väntar på dig." in bo.get("/till-mig/").text
        assert "Kan du titta" in bo.get("/kommentar/1").text

    def test_everybody_who_is_named_is_told_of_once(self, eva: Visitor) -> None:
        eva.send("/kommentar/1/anteckningar", text="@bo @lena och @kim, titta gärna.")

        told = "Den visas för Bo, Lena och Kim under Till mig."
        assert told in eva.get("/kommentar/1").text

    @pytest.mark.parametrize("text", [" ", "å" * 10_001])
    def test_an_empty_or_too_long_note_is_shown_again(
        self, text: str, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        answer = eva.send("/kommentar/1/anteckningar", text=text)

        assert answer.status_code == 422
        assert text in answer.text
        assert sqlite_store.notes(sqlite_store.comment(1).comment.ref) == []

    def test_a_decided_item_can_still_get_notes(self, eva: Visitor) -> None:
        eva.decide(1, KEEPING)

        assert eva.send("/kommentar/1/anteckningar", text="Sent.").status_code == 302

    def test_a_comment_outside_the_queue_gets_none(
        self, eva: Visitor, record: Record
    ) -> None:
        record(a_clean_comment(external_id="2"))

        assert eva.send("/kommentar/2/anteckningar", text="Hm.").status_code == 404

    def test_a_script_in_a_note_is_only_text(self, eva: Visitor, bo: Visitor) -> None:
        eva.send("/kommentar/1/anteckningar", text=f"@bo {SCRIPT}")

        assert SCRIPT not in eva.get("/kommentar/1").text
        assert SCRIPT not in bo.get("/till-mig/").text

    @pytest.mark.parametrize("note", ["", "x", "²", "9" * 500])
    def test_a_note_without_a_number_cannot_be_marked(
        self, note: str, eva: Visitor
    ) -> None:
        assert eva.send("/till-mig/last", note=note).status_code == 400

    def test_notes_follow_a_comment_to_its_next_version(
        self, eva: Visitor, record: Record
    ) -> None:
        eva.send("/kommentar/1/anteckningar", text="Ringde skolan.")
        record(an_assessed_comment("Jag ska slå dig hårt."))

        assert "Ringde skolan." in eva.get("/kommentar/2").text
