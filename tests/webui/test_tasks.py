from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from moderation.domain.delivery import DeliveryStatus
from moderation.storage import SqlStore
from tests.factories import an_assessed_comment
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import HIDING, KEEPING, RESTORING, Visitor

SEEN = "Dold 14.32, syns inte utloggad."
CONFIRMING = {"gjort": "delivery_confirmed", "forsok": "0", "mening": SEEN}
FAILING = {"gjort": "delivery_failed", "forsok": "0", "mening": "Kontot är låst."}
ABANDONING = {**FAILING, "gjort": "delivery_abandoned"}

Handle = Callable[..., TestResponse]


@pytest.fixture
def hidden(record: Record, eva: Visitor) -> None:
    """Hide one comment."""
    record(an_assessed_comment())
    assert eva.decide(1, HIDING).status_code == 302


def status(store: SqlStore) -> DeliveryStatus:
    return store.task(1).delivery.status


@pytest.mark.usefixtures("hidden")
def test_hiding_becomes_a_task_with_a_link_to_the_source(eva: Visitor) -> None:
    page = eva.get("/att-gora/").text

    assert "Dölj kommentaren på hemsidan" in page
    assert 'href="https://kommunen.example/kommentar/1"' in page
    assert "Beslutat av Eva" in page
    assert "Loggpost 1" in page
    assert '<span class="count">1<span class="unseen"> väntar</span></span>' in page


def test_when_nothing_waits_the_page_says_so(eva: Visitor) -> None:
    page = eva.get("/att-gora/").text

    assert "Allt är gjort" in page
    assert 'class="count"' not in page


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "data:text/html,x", "ftp://kommunen.example/"]
)
def test_an_address_that_is_no_web_page_is_not_a_link(
    url: str, record: Record, eva: Visitor
) -> None:
    record(an_assessed_comment(url=url))
    eva.decide(1, HIDING)

    page = eva.get("/att-gora/").text

    assert "Ingen länk följde med" in page
    assert "noopener" not in page


@pytest.mark.usefixtures("hidden")
def test_a_confirmed_task_says_by_whom_everywhere(
    eva: Visitor, lena: Visitor, sqlite_store: SqlStore
) -> None:
    answer = lena.send("/att-gora/1", **CONFIRMING)

    assert answer.location == "/att-gora/"
    assert "Bekräftat" in lena.get("/att-gora/").text
    assert status(sqlite_store) is DeliveryStatus.DELIVERED
    item, entries, entry, sealed = (
        eva.get(address).text
        for address in ("/kommentar/1", "/logg/", "/logg/1", "/logg/2")
    )
    for page in (item, entries, entry):
        assert "Utfört av Lena 12.00" in page
    assert SEEN in item
    assert SEEN in entry
    assert "Utfört på kanalen" in sealed
    assert SEEN in sealed
    assert 'href="/logg/1"' in sealed


@pytest.mark.usefixtures("hidden")
def test_the_second_confirmation_is_a_conflict_with_both_sentences(
    eva: Visitor, lena: Visitor, sqlite_store: SqlStore
) -> None:
    lena.send("/att-gora/1", **CONFIRMING)

    answer = eva.send("/att-gora/1", **{**CONFIRMING, "mening": "Jag dolde den."})

    assert answer.status_code == 409
    assert "Utfört av Lena" in answer.text
    assert SEEN in answer.text
    assert "Jag dolde den." in answer.text
    assert sqlite_store.log_head().number == 2


@pytest.mark.usefixtures("hidden")
def test_a_failed_task_stays_with_its_reason(
    eva: Visitor, sqlite_store: SqlStore
) -> None:
    assert eva.send("/att-gora/1", **FAILING).status_code == 302
    page = eva.get("/att-gora/").text
    assert "Gick inte att utföra, väntar än; försökt av Eva" in page
    assert "Kontot är låst." in page

    assert eva.send("/att-gora/1", **FAILING).status_code == 409
    assert eva.send("/att-gora/1", **{**CONFIRMING, "forsok": "1"}).status_code == 302
    assert status(sqlite_store) is DeliveryStatus.DELIVERED


@pytest.mark.usefixtures("hidden")
def test_only_the_officer_gives_a_task_up(
    eva: Visitor, lena: Visitor, sqlite_store: SqlStore
) -> None:
    assert "Lägg ned" not in eva.get("/att-gora/").text
    assert eva.send("/att-gora/1", **ABANDONING).status_code == 403
    assert status(sqlite_store) is DeliveryStatus.PENDING

    assert "Lägg ned uppgiften" in lena.get("/att-gora/").text
    assert lena.send("/att-gora/1", **ABANDONING).status_code == 302
    assert status(sqlite_store) is DeliveryStatus.ABANDONED
    assert "Nedlagt, inte utfört, av Lena" in eva.get("/kommentar/1").text


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (CONFIRMING, "Skriv vad du såg"),
        (FAILING, "Skriv varför det inte gick."),
    ],
)
def test_a_missing_sentence_is_asked_for(
    form: dict[str, str], sentence: str, eva: Visitor, sqlite_store: SqlStore
) -> None:
    answer = eva.send("/att-gora/1", **{**form, "mening": " "})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert sqlite_store.log_head().number == 1


@pytest.mark.usefixtures("hidden")
def test_what_was_typed_is_kept_when_it_is_too_long(lena: Visitor) -> None:
    long = "å" * 501

    answer = lena.send("/att-gora/1", **{**ABANDONING, "mening": long})

    assert answer.status_code == 422
    assert long in answer.text
    assert "Korta texten till 500 tecken." in answer.text
    assert "<details" in answer.text
    assert " open>" in answer.text


@pytest.mark.usefixtures("hidden")
def test_a_form_that_makes_no_sense_is_refused(
    eva: Visitor, sqlite_store: SqlStore
) -> None:
    assert eva.send("/att-gora/1", mening="x").status_code == 400
    assert eva.send("/att-gora/1", **{**CONFIRMING, "gjort": "burn"}).status_code == 400
    for attempts in ("", "-1", "x", "9" * 5_000, "٣"):
        form = {**CONFIRMING, "forsok": attempts}
        assert eva.send("/att-gora/1", **form).status_code == 409
    assert eva.send("/att-gora/99", **CONFIRMING).status_code == 404
    assert eva.client.post("/att-gora/1", data=CONFIRMING).status_code == 400
    assert status(sqlite_store) is DeliveryStatus.PENDING


@pytest.mark.usefixtures("hidden")
def test_only_the_last_wish_is_a_task(lena: Visitor) -> None:
    lena.decide(1, RESTORING)

    page = lena.get("/att-gora/").text

    assert "Visa kommentaren igen på hemsidan" in page
    assert "Dölj kommentaren" not in page
    assert "ersatt av ett senare beslut" in lena.get("/kommentar/1").text


@pytest.mark.usefixtures("hidden")
def test_a_reader_sees_the_tasks_without_forms(signed_in: SignIn) -> None:
    page = signed_in("kim").get("/att-gora/").text

    assert "Dölj kommentaren på hemsidan" in page
    assert "Bekräfta" not in page.replace("bekräfta här", "")


def test_a_script_in_any_text_is_only_text(record: Record, eva: Visitor) -> None:
    script = "<script>alert(1)</script>"
    record(an_assessed_comment(script, channel=script, external_id=script))
    eva.decide(1, HIDING)
    eva.send("/att-gora/1", **{**FAILING, "mening": script})

    for address in ("/att-gora/", "/kommentar/1", "/logg/", "/logg/1", "/logg/2"):
        assert "<script>alert" not in eva.get(address).text


@pytest.mark.usefixtures("hidden")
def test_the_log_can_be_filtered_by_what_was_carried_out(eva: Visitor) -> None:
    eva.send("/att-gora/1", **CONFIRMING)

    page = eva.get("/logg/?atgard=delivery_confirmed").text

    assert "utfört på kanalen</span>" in page
    assert "1 post" in page


@pytest.mark.usefixtures("hidden")
def test_the_sentence_is_in_the_exported_log(eva: Visitor) -> None:
    eva.send("/att-gora/1", **CONFIRMING)

    answer = eva.get("/logg/export?format=csv")

    assert "utfört på kanalen" in answer.text
    assert SEEN in answer.text
    answer.close()


@pytest.mark.usefixtures("hidden")
def test_a_conflict_about_a_decision_shows_the_decision_not_its_carrying_out(
    eva: Visitor, lena: Visitor
) -> None:
    lena.send("/att-gora/1", **CONFIRMING)

    answer = eva.decide(1, KEEPING)

    assert answer.status_code == 409
    assert "Dold</strong> av Eva" in answer.text


def test_many_tasks_are_paged(record: Record, eva: Visitor) -> None:
    numbers = range(1, 28)
    record(*(an_assessed_comment(external_id=str(number)) for number in numbers))
    for number in numbers:
        eva.decide(number, HIDING)

    assert eva.get("/att-gora/").text.count('class="card task"') == 25
    assert eva.get("/att-gora/?sida=2").text.count('class="card task"') == 2
    assert "Sidan är tom." in eva.get("/att-gora/?sida=9").text
