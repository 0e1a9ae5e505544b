import re

import pytest

from tests.factories import a_clean_comment, an_assessed_comment
from tests.webui.conftest import Record
from tests.webui.visitor import HIDING, Visitor


def test_a_word_is_found_and_marked_with_where_its_item_stands(
    record: Record, eva: Visitor
) -> None:
    record(
        an_assessed_comment("Hoten mot badhuset"),
        a_clean_comment("Fint badhus", external_id="2", channel="forum"),
    )

    page = eva.get("/sok?fraga=badhusen").text

    assert re.findall(r'<mark class="found">(\w+)', page) == ["badhus", "badhuset"]
    assert "/kommentar/1" in page
    assert "att granska" in page
    assert "inte i kön" in page
    assert "forum" in page


def test_a_decision_is_found_by_its_reasons(record: Record, eva: Visitor) -> None:
    record(an_assessed_comment())
    eva.decide(1, HIDING)

    page = eva.get("/sok?fraga=tjänstepersonen").text

    assert 'href="/logg/1"' in page
    assert '<mark class="found">tjänsteperson</mark>' in page


def test_no_name_is_found_and_none_can_be_chosen(record: Record, eva: Visitor) -> None:
    record(an_assessed_comment(author="Ektorp"))

    page = eva.get("/sok?fraga=Ektorp").text
    fields = set(re.findall(r'name="(\w+)"', page))

    assert "Inga träffar." in page
    assert fields - {"csrf_token", "viewport", "robots", "tillbaka"} == {
        "fraga",
        "kanal",
        "status",
        "fran",
        "till",
    }


def test_filters_narrow_the_hits_and_are_kept(record: Record, eva: Visitor) -> None:
    record(
        an_assessed_comment("Bron", external_id="1"),
        an_assessed_comment("Bron", external_id="2", channel="forum"),
    )

    page = eva.get("/sok?fraga=bron&kanal=forum&status=open&fran=2026-03-01").text

    assert re.findall(r"/kommentar/(\d+)", page) == ["2"]
    assert "<option selected>forum</option>" in page
    assert "Inga träffar." in eva.get("/sok?fraga=bron&till=2026-03-01").text


def test_there_are_at_most_fifty_hits_a_page(record: Record, eva: Visitor) -> None:
    record(*(a_clean_comment("Bron", external_id=str(n)) for n in range(60)))

    first = eva.get("/sok?fraga=bron").text
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    second = eva.get(older[1].replace("&amp;", "&")).text

    assert first.count('class="row-link"') == 50
    assert second.count('class="row-link"') == 10
    assert 'rel="next"' not in second


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("fraga=", "Skriv ett ord att söka efter"),
        ("fraga=%22*%22)(%00", "Skriv ett ord att söka efter"),
        ("fraga=att", "Lägg till ett ord som säger mer."),
        ("fraga=" + "x" * 60_000, "Korta den till 200 tecken."),
        ("fraga=1 2 3 4 5 6 7 8 9 10 11", "högst 10 ord"),
        ("fraga=bron&fran=igår", "Skriv datumet som 2026-11-22."),
    ],
)
def test_what_cannot_be_searched_for_is_told_in_a_sentence(
    query: str, told: str, eva: Visitor
) -> None:
    answer = eva.get(f"/sok?{query}")

    assert answer.status_code == 400
    assert told in answer.text
    assert len(answer.data) < 100_000


@pytest.mark.parametrize(
    "query",
    [
        "fraga=%22bron",
        "fraga=bron NEAR/2 hot",
        "fraga=words:bron*",
        "fraga=bron%00' OR 1=1 --",
        "fraga=bron%ff",
        "fraga=bron&fore=" + "9" * 5_000,
        "fraga=bron&fore=-1&status=superseded&kanal=%00",
        "fraga=bron&fran=0001-01-01&till=9999-12-31",
    ],
)
def test_a_hostile_query_does_no_harm(query: str, record: Record, eva: Visitor) -> None:
    record(an_assessed_comment("Bron <script>alert(1)</script>"))

    answer = eva.get(f"/sok?{query}")

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_the_page_without_a_query_asks_for_one(eva: Visitor) -> None:
    page = eva.get("/sok").text

    assert 'id="fraga"' in page
    assert "Inga träffar" not in page
