import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from moderation.domain.triage import QueueStatus
from moderation.storage import SqlStore
from tests.factories import a_clean_comment, an_assessed_comment
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import ESCALATING, HIDING, KEEPING, Visitor
from webui.services import EXTENSION

PARKING = {
    "expected": "open",
    "owner": "bo",
    "due": "2026-03-05",
    "reasons": "Väntar på svar från skolan.",
}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def wait(app: Flask) -> Callable[[timedelta], None]:
    """Let time pass for the pages."""

    def pass_time(how_long: timedelta) -> None:
        services = app.extensions[EXTENSION]
        app.extensions[EXTENSION] = replace(services, moment=services.moment + how_long)

    return pass_time


@pytest.fixture
def bo(signed_in: SignIn) -> Visitor:
    return signed_in("bo")


@pytest.fixture
def kim(signed_in: SignIn) -> Visitor:
    return signed_in("kim")


@pytest.fixture(autouse=True)
def one_item(record: Record) -> None:
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
        self, eva: Visitor, bo: Visitor, wait: Callable[[timedelta], None]
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
        wait: Callable[[timedelta], None],
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

    def test_a_form_that_is_sent_twice_says_that_the_first_counts(
        self, eva: Visitor
    ) -> None:
        eva.decide(1, HIDING)

        answer = eva.decide(1, HIDING)

        assert answer.status_code == 409
        assert "Du har redan beslutat" in answer.text


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

    def test_an_overdue_item_says_so(
        self, eva: Visitor, wait: Callable[[timedelta], None]
    ) -> None:
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


class TestEscalating:
    @pytest.mark.parametrize("to", ["Lena", "lena", "Lena (lena)", " LENA "])
    def test_a_named_person_finds_it_with_its_last_day(
        self, to: str, eva: Visitor, lena: Visitor
    ) -> None:
        eva.decide(1, {**ESCALATING, "escalate_to": to, "due": "2026-03-03"})

        page = lena.get("/till-mig/").text
        assert "Eskalerad till Lena, senast 3 mars 2026" in page
        assert "Är det ett hot?" in page
        item = lena.get("/kommentar/1").text
        assert "Svar senast 3 mars 2026." in item
        assert "Eva bad om svar senast 3 mars 2026" in item
        assert "Eskalerad till Lena" in eva.get("/ko/?status=escalated").text

    def test_whoever_has_the_function_finds_it(
        self, eva: Visitor, bo: Visitor, signed_in: SignIn
    ) -> None:
        answer = signed_in("ada").send(
            "/anvandare/funktioner", user_name="bo", functions="lawyer"
        )
        assert answer.status_code == 302
        eva.decide(1, {**ESCALATING, "escalate_to": "Jurist"})

        assert "Eskalerad till jurist" in bo.get("/till-mig/").text
        assert "Du är jurist." in bo.get("/till-mig/").text
        assert "Inget väntar på dig." in eva.get("/till-mig/").text

    def test_somebody_outside_is_named_and_in_nobodys_list(
        self, eva: Visitor, lena: Visitor
    ) -> None:
        eva.decide(1, {**ESCALATING, "escalate_to": "polisen"})

        queue = eva.get("/ko/?status=escalated").text
        assert "Eskalerad till någon utanför Uppsikt" in queue
        assert "eskalerad till polisen" in eva.get("/kommentar/1").text
        assert "Inget väntar på dig." in lena.get("/till-mig/").text

    @pytest.mark.parametrize("due", ["2026-03-01", "2028-01-01", "snart", "2026-02-30"])
    def test_a_last_day_that_cannot_be_kept_is_refused(
        self, due: str, eva: Visitor
    ) -> None:
        answer = eva.decide(1, {**ESCALATING, "due": due})

        assert answer.status_code == 422
        assert "Välj en sista dag som finns" in answer.text
        assert f'value="{due}"' in answer.text

    def test_deciding_takes_it_off_the_list(self, eva: Visitor, lena: Visitor) -> None:
        eva.decide(1, {**ESCALATING, "escalate_to": "lena"})
        lena.decide(1, {**KEEPING, "expected": "escalated"})

        assert "Inget väntar på dig." in lena.get("/till-mig/").text

    def test_functions_are_taken_away_again(
        self, signed_in: SignIn, sqlite_store: SqlStore
    ) -> None:
        ada = signed_in("ada")
        ada.send("/anvandare/funktioner", user_name="bo", functions="lawyer")
        assert " checked" in ada.get("/anvandare/funktioner").text

        ada.send("/anvandare/funktioner", user_name="bo")

        assert sqlite_store.user_functions() == {}

    @pytest.mark.parametrize(
        "wrong", [{"functions": "kung"}, {"user_name": "finns-inte"}]
    )
    def test_what_does_not_exist_cannot_be_given(
        self, wrong: dict[str, str], signed_in: SignIn
    ) -> None:
        fields = {"user_name": "bo", "functions": "lawyer", **wrong}

        answer = signed_in("ada").send("/anvandare/funktioner", **fields)

        assert answer.status_code == 400


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
