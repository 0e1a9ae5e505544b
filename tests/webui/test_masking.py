"""Masking: what lists show of numbers and abuse, and that looking is written down."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.category import Category
from moderation.domain.finding import Finding
from moderation.domain.log_entry import LogEntry, LogText
from moderation.domain.reveal import RevealPlace
from moderation.domain.verdict import Assessed
from moderation.storage import SqlStore
from tests.factories import a_finding, a_payload, a_verdict, an_assessed_comment
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import HIDING, Visitor
from webui.marking import EXCERPT, MASK
from webui.masking import MASKED, masked, masked_excerpt, masked_log_text

NUMBER = "070-1740605"
RUDE = "skitord"
SEEN = f"Jag ska slå dig, {RUDE}. Ring {NUMBER} om du vågar."


def finding_of(text: str, words: str, category: Category, **more: str) -> Finding:
    start = text.index(words)
    return a_finding(category, start=start, end=start + len(words), **more)


def the_comment(text: str = SEEN, **more: object) -> Assessed:
    verdict = a_verdict(
        finding_of(text, "ska slå dig", Category.THREAT),
        finding_of(text, RUDE, Category.INSULT),
        finding_of(text, NUMBER, Category.PERSONAL_DATA),
    )
    return an_assessed_comment(text, verdict=verdict, **more)


class TestTheText:
    def test_numbers_and_abuse_are_masked_and_threats_are_not(self) -> None:
        text = masked(SEEN, the_comment().verdict.findings)

        assert NUMBER not in text
        assert RUDE not in text
        assert "Jag ska slå dig, " in text
        assert len(text) == len(SEEN)

    def test_what_the_classifier_points_at_is_not_masked(self) -> None:
        found = finding_of(SEEN, "vågar", Category.INSULT, source="classifier")

        assert masked(SEEN, [found]) == SEEN

    @pytest.mark.parametrize("before", range(EXCERPT - 20, EXCERPT + 5))
    def test_a_number_that_the_excerpt_cuts_is_masked_all_the_same(
        self, before: int
    ) -> None:
        text = "x" * before + NUMBER
        found = [finding_of(text, NUMBER, Category.PERSONAL_DATA)]

        shown = "".join(piece.text for piece in masked_excerpt(text, found))

        assert not any(digit in shown for digit in "0123456789")

    @given(st.text(max_size=40), st.integers(-5, 60), st.integers(-5, 60))
    def test_no_place_can_make_a_text_longer_or_show_what_is_inside(
        self, text: str, start: int, end: int
    ) -> None:
        shown = masked(text, [a_finding(Category.HATE, start=start, end=end)])

        assert len(shown) == len(text)
        if 0 <= start < end:
            assert set(shown[start:end]) <= {MASK}

    def test_the_abusive_kinds_and_personal_data_are_what_is_masked(self) -> None:
        assert Category.THREAT not in MASKED
        assert {Category.PERSONAL_DATA, Category.HATE, Category.PROFANITY} <= MASKED


@pytest.mark.usefixtures("app")
class TestALogEntry:
    def test_a_text_without_known_places_is_masked_whole(self, app: Flask) -> None:
        entry = LogEntry(
            number=1,
            payload=a_payload(action="undo", comment_id=99),
            previous_seal="",
            seal="",
            texts={"text": LogText("salt", SEEN)},
        )

        with app.app_context():
            assert masked_log_text(entry) == MASK * len(SEEN)


LISTS = [
    ("/ko/", RevealPlace.QUEUE),
    ("/sok?fraga=ring", RevealPlace.SEARCH),
    ("/kommentar/1/lika", RevealPlace.EQUAL),
]


class TestLists:
    @pytest.mark.parametrize(("address", "place"), LISTS)
    def test_a_list_masks_and_offers_to_show(
        self, address: str, place: RevealPlace, record: Record, eva: Visitor
    ) -> None:
        record(the_comment())

        page = eva.get(address).text

        assert NUMBER not in page
        assert RUDE not in page
        assert "[maskerat]" in page
        assert f'name="plats" value="{place}"' in page

    def test_parked_escalated_log_and_tasks_mask_too(
        self, record: Record, eva: Visitor, lena: Visitor
    ) -> None:
        record(*(the_comment(external_id=str(number)) for number in range(1, 4)))
        parking = {"expected": "open", "reasons": "Väntar.", "owner": "lena"}
        eva.send("/kommentar/1/parkera", **parking, due="2026-03-09")
        escalating = {"escalate_to": "lena", "reasons": "Se på den."}
        eva.decide(2, {"action": "escalate", "expected": "open", **escalating})
        eva.decide(3, HIDING)

        pages = {
            place: lena.get(address).text
            for address, place in (
                ("/ko/parkerade", "parked"),
                ("/till-mig/", "inbox"),
                ("/logg/", "log"),
                ("/att-gora/", "tasks"),
                ("/ko/?status=decided", "queue"),
            )
        }

        for place, page in pages.items():
            assert NUMBER not in page, place
            assert RUDE not in page, place
            assert f'name="plats" value="{place}"' in page

    def test_similar_decisions_and_the_thread_are_masked(
        self, record: Record, eva: Visitor
    ) -> None:
        record(the_comment(), an_assessed_comment(SEEN, external_id="2"))
        eva.decide(1, HIDING)

        page = eva.get("/kommentar/2").text

        assert 'name="plats" value="similar"' in page
        assert 'name="plats" value="thread"' in page
        # The comment itself is shown, and the one that is read has no findings there.
        assert page.count(NUMBER) == 1

    def test_an_undone_decision_is_masked_in_the_log(
        self, record: Record, eva: Visitor
    ) -> None:
        record(the_comment())
        eva.decide(1, HIDING)
        eva.send("/logg/1/angra")

        page = eva.get("/logg/").text

        assert "ångrad" in page
        assert NUMBER not in page


class TestWhoSeesTheItem:
    def test_who_decides_sees_all_and_who_reads_sees_it_masked(
        self, record: Record, eva: Visitor, signed_in: SignIn
    ) -> None:
        record(the_comment("Jag ska slå dig. " + SEEN))
        record(the_comment())
        eva.decide(2, HIDING)
        kim = signed_in("kim")

        for address in ("/kommentar/2", "/logg/1"):
            assert NUMBER in eva.get(address).text
            page = kim.get(address).text
            assert NUMBER not in page
            assert RUDE not in page
            assert "/kommentar/2/visa" in page

    def test_the_administrator_sees_the_log_masked_and_cannot_show_it(
        self, record: Record, eva: Visitor, signed_in: SignIn
    ) -> None:
        record(the_comment())
        eva.decide(1, HIDING)
        ada = signed_in("ada")

        for address in ("/logg/", "/logg/1"):
            page = ada.get(address).text
            assert NUMBER not in page
            assert "/kommentar/1/visa" not in page
        assert ada.send("/kommentar/1/visa", plats="log").status_code == 403


class TestShowing:
    def test_one_comment_is_shown_and_who_looked_is_listed_for_the_officer(
        self, record: Record, signed_in: SignIn, lena: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(the_comment())
        kim = signed_in("kim")

        answer = kim.send("/kommentar/1/visa", plats="search", tillbaka="/sok?fraga=x")

        assert answer.status_code == 200
        assert NUMBER in answer.text
        assert 'href="/sok?fraga=x"' in answer.text
        [reveal] = sqlite_store.reveals(limit=10)
        assert (reveal.user, reveal.comment_id) == ("kim", 1)
        assert reveal.place is RevealPlace.SEARCH
        page = lena.get("/logg/visningar").text
        assert "Kim" in page
        assert "sökningen" in page
        assert "/logg/visningar" in lena.get("/logg/").text
        assert "/logg/visningar" not in kim.get("/logg/").text

    def test_a_script_gets_the_text_alone(self, record: Record, eva: Visitor) -> None:
        record(the_comment())

        answer = eva.client.post(
            "/kommentar/1/visa",
            data={"csrf_token": eva.token(), "plats": "queue"},
            headers={"Accept": "application/json"},
        )

        assert answer.json == {"text": SEEN}

    @pytest.mark.parametrize("place", ["", "annanstans"])
    def test_a_place_that_does_not_exist_shows_and_notes_nothing(
        self, place: str, record: Record, eva: Visitor, sqlite_store: SqlStore
    ) -> None:
        record(the_comment())

        assert eva.send("/kommentar/1/visa", plats=place).status_code == 400
        assert eva.send("/kommentar/9/visa", plats="queue").status_code == 404
        assert sqlite_store.reveals(limit=1) == []

    def test_it_leads_back_nowhere_but_here(self, record: Record, eva: Visitor) -> None:
        record(the_comment())

        page = eva.send(
            "/kommentar/1/visa", plats="queue", tillbaka="https://annan.example/"
        ).text

        assert "annan.example" not in page

    def test_it_cannot_be_asked_for_with_a_link(
        self, record: Record, eva: Visitor
    ) -> None:
        record(the_comment())

        assert eva.get("/kommentar/1/visa").status_code == 405

    def test_the_list_is_read_a_page_at_a_time(
        self, record: Record, eva: Visitor, lena: Visitor
    ) -> None:
        assert "Ingen har visat maskerad text än." in lena.get("/logg/visningar").text
        record(the_comment())
        for _ in range(60):
            eva.send("/kommentar/1/visa", plats="queue")

        assert "Äldre visningar" in lena.get("/logg/visningar").text
        assert "Inga fler visningar." in lena.get("/logg/visningar?fore=1").text
