import pytest

from tests.factories import an_assessed_comment
from tests.webui.conftest import Record
from tests.webui.visitor import KEEPING, Visitor


def test_a_key_of_ones_own_is_printed_and_bound_for_that_user_alone(
    record: Record, eva: Visitor, lena: Visitor
) -> None:
    record(an_assessed_comment())
    assert eva.send("/kortkommandon", on="y", key_hide="q").status_code == 302

    assert "&#34;q&#34;: &#34;d&#34;" in eva.get("/kommentar/1").text
    assert "&#34;q&#34;" not in lena.get("/kommentar/1").text
    assert 'value="q"' in eva.get("/kortkommandon").text


@pytest.mark.parametrize(
    ("key", "told"),
    [("e", "vald två gånger"), ("5", "Siffrorna"), ("", "ett enda tecken")],
)
def test_a_clash_is_refused_and_what_was_typed_stays(
    key: str, told: str, eva: Visitor
) -> None:
    answer = eva.send("/kortkommandon", on="y", key_hide=key, key_next="w")

    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="w"' in answer.text
    assert 'value="w"' not in eva.get("/kortkommandon").text


def test_they_can_be_switched_off_and_put_back(eva: Visitor) -> None:
    eva.send("/kortkommandon", key_hide="q")
    assert "&#34;on&#34;: false" in eva.get("/grunder").text

    eva.send("/kortkommandon", usual="y", key_hide="q")
    page = eva.get("/grunder").text
    assert "&#34;on&#34;: true" in page
    assert "&#34;q&#34;" not in page


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("1", "/kommentar/1"),
        ("https://uppsikt.example/kommentar/1?kanal=x#beslut", "/kommentar/1"),
        ("/logg/1", "/logg/1"),
        ("99", "/"),
        ("badhuset", "/"),
        ("9" * 400, "/"),
        ("https://elsewhere.example/kommentar/abc", "/"),
    ],
)
def test_a_number_or_an_address_leads_to_its_page(
    typed: str, address: str, record: Record, eva: Visitor
) -> None:
    record(an_assessed_comment())
    eva.decide(1, KEEPING)

    answer = eva.client.get("/ga-till", query_string={"till": typed})

    assert answer.status_code == 302
    assert answer.location == address
