"""Pages about long texts stay small, and lead to the whole."""

import pytest

from moderation.domain.category import Category
from moderation.domain.finding import Finding
from tests.factories import a_finding, a_verdict, an_assessed_comment
from tests.webui.conftest import Record
from tests.webui.visitor import HIDING, KEEPING, Visitor
from webui.long_text import opening
from webui.marking import Piece, pieces

LARGEST = 100_000
LONG = "Så här låter det när någon har skrivit mycket. " * 2_200
END = "allra sista ordet"
WORST = {
    "long": LONG + END,
    "signs": "<&>" * 33_000 + END,
    "hidden": "\u200b" * 100_000 + END,
    "marked": "fan " * 25_000 + END,
}


def swearing(text: str) -> list[Finding]:
    """Return a finding for each of the words, as many as are still marked apart."""
    return [
        a_finding(Category.PROFANITY, start=4 * n, end=4 * n + 3)
        for n in range(min(len(text) // 4, 1_900))
    ]


def test_a_text_with_room_is_whole() -> None:
    parts = pieces("Kort & gott", [a_finding(start=0, end=4)])

    assert opening(parts, 1_000).parts == parts
    assert not opening(parts, 1_000).is_cut


def test_what_marks_and_signs_take_on_the_page_counts() -> None:
    plain, marked = Piece(text="a" * 100), Piece(text="a", categories=(Category.HATE,))

    assert opening([plain], 50).characters == 50
    assert opening([Piece(text="&" * 100)], 50).characters == 10
    assert opening([plain, marked, plain], 200).parts == [plain]


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
class TestAHundredThousandCharacters:
    @pytest.fixture(autouse=True)
    def recorded(self, record: Record, text: str) -> None:
        verdict = a_verdict(*swearing(text))
        record(
            *(
                an_assessed_comment(text, verdict=verdict, external_id=str(number))
                for number in range(30)
            )
        )
        record(an_assessed_comment(f"{text}.", verdict=verdict, external_id="1"))

    def test_the_queue_and_the_item_stay_small(self, eva: Visitor) -> None:
        for address in ("/ko/", "/kommentar/1", "/kommentar/2", "/kommentar/1/lika"):
            answer = eva.get(address)

            assert answer.status_code == 200
            assert len(answer.data) < LARGEST, address
            assert END not in answer.text

    def test_the_item_leads_to_the_whole(self, eva: Visitor) -> None:
        page = eva.get("/kommentar/1?kanal=hemsidan")

        assert "Visa hela texten" in page.text
        assert 'href="/kommentar/1?hela=ja&amp;kanal=hemsidan"' in page.text
        whole = eva.get("/kommentar/1?hela=ja").text
        assert END in whole
        assert "Visa hela texten" not in whole

    def test_so_does_the_log(self, eva: Visitor) -> None:
        eva.decide(1, {**KEEPING, "reasons": "Nej."})
        eva.decide(2, {**HIDING, "reasons": "Så här hotar man inte någon. " * 5})

        for address in ("/logg/1", "/logg/", "/kommentar/2"):
            assert len(eva.get(address).data) < LARGEST, address
        assert END not in eva.get("/logg/1").text
        assert END in eva.get("/logg/1?hela=ja").text


def test_a_short_text_offers_no_whole(record: Record, eva: Visitor) -> None:
    record(an_assessed_comment())

    assert "Visa hela texten" not in eva.get("/kommentar/1").text


def test_a_reason_quotes_the_first_words_of_very_long_evidence(
    record: Record, eva: Visitor
) -> None:
    text = LONG + END
    record(an_assessed_comment(text, verdict=a_verdict(a_finding(end=len(text)))))

    answer = eva.get("/kommentar/1")

    assert len(answer.data) < LARGEST
    assert END not in answer.text
