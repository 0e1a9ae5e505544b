import re

import pytest

from moderation.domain.category import Category
from moderation.storage import SqlStore
from tests.factories import (
    a_clean_comment,
    a_finding,
    a_verdict,
    an_assessed_comment,
    an_unassessed_verdict,
)
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import ESCALATING, HIDING, KEEPING, RESTORING, Visitor

SCRIPT = "<script>alert(1)</script>"


class TestTheQueue:
    def test_it_lists_the_most_urgent_first(self, record: Record, eva: Visitor) -> None:
        spam = a_verdict(a_finding(Category.SPAM, end=5))
        record(
            an_assessed_comment("Billiga klockor", external_id="1", verdict=spam),
            an_assessed_comment("Jag ska slå dig nu", external_id="2"),
        )

        page = eva.get("/ko/").text

        assert page.index("/kommentar/2") < page.index("/kommentar/1")
        assert "Troligt hot" in page
        assert "Trolig reklam eller skräp" in page

    def test_it_says_when_nothing_waits(self, eva: Visitor) -> None:
        assert "Kön är tom. Inget väntar på granskning." in eva.get("/ko/").text

    def test_it_leaves_out_what_needs_nobody(
        self, record: Record, eva: Visitor
    ) -> None:
        record(a_clean_comment())

        assert "Kön är tom." in eva.get("/ko/").text

    def test_it_can_be_narrowed_to_a_channel_and_a_category(
        self, record: Record, eva: Visitor
    ) -> None:
        spam = a_verdict(a_finding(Category.SPAM, end=5))
        record(
            an_assessed_comment(channel="bloggen", external_id="1"),
            an_assessed_comment(channel="bloggen", external_id="2", verdict=spam),
            an_assessed_comment(channel="hemsidan", external_id="3"),
        )

        page = eva.get("/ko/?kanal=bloggen&kategori=threat").text

        assert re.findall(r"/kommentar/(\d+)", page) == ["1"]

    def test_it_can_be_narrowed_to_what_was_not_assessed(
        self, record: Record, eva: Visitor
    ) -> None:
        record(
            an_assessed_comment(external_id="1"),
            an_assessed_comment(external_id="2", verdict=an_unassessed_verdict()),
        )

        page = eva.get("/ko/?ejbedomda=y").text

        assert re.findall(r"/kommentar/(\d+)", page) == ["2"]
        assert "Ej bedömt" in page

    def test_it_counts_what_waits_and_turns_pages(
        self, record: Record, eva: Visitor
    ) -> None:
        record(*(an_assessed_comment(external_id=str(n)) for n in range(27)))

        first, second = eva.get("/ko/").text, eva.get("/ko/?sida=2").text

        assert 'Att granska <span class="count">27</span>' in first
        assert first.count('class="row-link"') == 25
        assert second.count('class="row-link"') == 2
        assert 'rel="prev"' in second
        assert 'rel="next"' not in second

    @pytest.mark.parametrize(
        "query",
        [
            "sida=0",
            "sida=-1",
            "sida=" + "9" * 5000,
            "sida=²",
            "kanal=%00",
            "kanal=" + "x" * 100_000,
            "kategori=finns-inte",
            "status=superseded",
            "kanal=%ff",
        ],
    )
    def test_a_nonsensical_filter_does_no_harm(
        self, query: str, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())

        assert eva.get(f"/ko/?{query}").status_code == 200

    def test_it_cannot_be_posted_to(self, eva: Visitor) -> None:
        assert eva.send("/ko/").status_code == 405


class TestTheItem:
    def test_it_shows_the_text_with_its_evidence_marked(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment("Jag ska slå dig nu."))

        page = eva.get("/kommentar/1").text

        assert '<mark class="evidence is-threat">' in page
        assert "Jag ska slå dig</mark> nu." in page
        assert "Kan vara ett hot om våld mot en person." in page
        assert "regel threat-exempel" in page

    def test_nothing_in_a_comment_can_run(self, record: Record, eva: Visitor) -> None:
        record(
            an_assessed_comment(f"Jag {SCRIPT} ska slå dig", author=SCRIPT),
            an_assessed_comment(external_id="2"),
        )
        eva.decide(1, {**HIDING, "reasons": SCRIPT, "obvious_because": SCRIPT})

        for address in ("/ko/?status=decided", "/kommentar/1", "/logg/", "/logg/1"):
            page = eva.get(address).text
            assert SCRIPT not in page
            assert "&lt;script&gt;" in page

    def test_a_link_that_is_no_web_address_is_not_shown(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment(url="javascript:alert(1)"))

        page = eva.get("/kommentar/1").text

        assert "javascript:" not in page
        assert "Visa hos källan" not in page

    def test_the_link_to_the_source_tells_the_source_nothing(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment(url="https://kommunen.example/1"))

        assert (
            'href="https://kommunen.example/1" rel="noopener noreferrer nofollow"'
            in eva.get("/kommentar/1").text
        )

    def test_hidden_signs_are_shown_and_named(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment("Jag ska sl\u200bå dig \u202eeller"))

        page = eva.get("/kommentar/1").text

        assert "\u202e" not in page
        assert "\u200b" not in page
        assert "tvingad riktning, höger till vänster (U+202E) × 1" in page

    def test_it_shows_the_thread_around_it(self, record: Record, eva: Visitor) -> None:
        record(
            an_assessed_comment(external_id="1"),
            a_clean_comment("Håller med om lekplatsen.", external_id="2"),
        )

        page = eva.get("/kommentar/1").text

        assert "Håller med om lekplatsen." in page
        assert "Kommentaren du läser" in page

    def test_it_leads_from_an_old_version_to_the_new_one(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment("Jag ska slå dig."))
        record(an_assessed_comment("Jag ska slå dig hårt."))

        old = eva.get("/kommentar/1").text

        assert "Detta är en äldre version" in old
        assert "/kommentar/2" in old

    def test_what_was_not_assessed_is_never_called_clean(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment(verdict=an_unassessed_verdict()))

        page = eva.get("/kommentar/1").text

        assert "Klassificeraren svarade inte i tid." in page
        assert "Det betyder inte att det är rent." in page

    def test_nothing_is_chosen_beforehand(self, record: Record, eva: Visitor) -> None:
        record(an_assessed_comment())

        page = eva.get("/kommentar/1").text

        assert " checked" not in page
        assert " selected" not in page
        assert " open>" not in page

    def test_a_reader_gets_no_decision_form(
        self, record: Record, signed_in: SignIn
    ) -> None:
        record(an_assessed_comment())

        page = signed_in("kim").get("/kommentar/1").text

        assert 'name="reasons"' not in page
        assert "Din roll läser." in page

    @pytest.mark.parametrize("number", ["99", str(2**63 - 1), str(2**63), "9" * 4000])
    def test_a_comment_that_is_not_stored_is_not_found(
        self, number: str, eva: Visitor
    ) -> None:
        assert eva.get(f"/kommentar/{number}").status_code == 404


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
            ({"action": "escalate"}, "Skriv till vem eller vilken roll"),
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
