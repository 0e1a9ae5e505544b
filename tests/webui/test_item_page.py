import pytest

from tests.factories import (
    a_clean_comment,
    an_assessed_comment,
    an_unassessed_verdict,
)
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import HIDING, Visitor

SCRIPT = "<script>alert(1)</script>"


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

    def test_the_verdict_stands_in_words_first_and_the_score_is_small(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment("Jag ska slå dig nu."))

        page = eva.get("/kommentar/1").text

        assert "<strong>Troligt hot</strong>" in page
        assert "· regel threat-exempel" in page
        words, score = page.index("Troligt hot"), page.index("Säkerhet 90 %")
        assert words < score < page.index("comment-text")

    def test_every_tab_is_a_link_to_a_section_of_the_page(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())

        page = eva.get("/kommentar/1").text

        for section in ("varfor", "trad", "historik", "anteckningar", "liknande"):
            assert f'<a href="#{section}"' in page
            assert f'<section class="card" id="{section}"' in page

    def test_an_edit_is_shown_with_words_for_who_cannot_see_colours(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment("Jag ska slå dig i dag."))
        record(an_assessed_comment("Jag ska slå dig i morgon."))

        page = eva.get("/kommentar/2").text

        assert '<ins><span class="unseen">[tillagt:] </span>morgon' in page
        assert '<del><span class="unseen">[struket:] </span>dag' in page
        assert "mot version 1" in page
        assert "[tillagt:]" not in eva.get("/kommentar/1").text

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
