from pathlib import Path

import pytest

from moderation.grounds import load_grounds
from moderation.storage import SqlStore, open_store
from tests.factories import NOON, a_clean_comment, an_assessed_comment
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import HIDING, KEEPING, PageServices, Visitor
from webui import create_app

SECRET = "Zxqvhemligheten"
ADDRESS = "/kommentar/1/overgrepp-mot-barn"


@pytest.fixture
def queued(record: Record) -> None:
    record(an_assessed_comment(f"Jag ska slå dig. {SECRET}", author="Zxavsändaren"))


@pytest.mark.usefixtures("queued")
def test_the_page_shows_the_polices_tip_address_and_not_the_text(eva: Visitor) -> None:
    assert f'href="{ADDRESS}" data-key="c"' in eva.get("/kommentar/1").text

    page = eva.get(ADDRESS).text

    assert SECRET not in page
    assert "114 14" in page
    assert "https://polisen.se/utsatt-for-brott/polisanmalan/" in page
    assert "112" in page
    assert "Senast granskad 2026-11-22" in page
    assert "får inte sparas, kopieras eller skickas vidare" in page
    assert "https://kommunen.example/kommentar/1" in page


@pytest.mark.usefixtures("queued")
def test_erasing_leaves_address_time_and_officer_and_nothing_else(
    eva: Visitor, lena: Visitor
) -> None:
    answer = eva.send(ADDRESS)

    assert answer.location == ADDRESS
    page = eva.get(ADDRESS).text
    assert "Texten är raderad" in page
    assert "Databasen är städad" in page
    assert "Raderad av Eva, " in page
    assert "Radera texten nu" not in page
    for address in (
        "/kommentar/1",
        "/ko/?status=decided",
        "/logg/",
        "/logg/1",
        "/att-gora/",
        f"/sok?fraga={SECRET}",
        "/logg/export?format=csv",
        "/logg/export?format=json",
    ):
        got = lena.get(address)
        # What was searched for stands in the box and in the page's own address.
        shown = got.text.replace(f'value="{SECRET}"', "").replace(f"={SECRET}", "")
        assert SECRET not in shown, address
        assert "Zxavsändaren" not in shown, address
        got.close()


@pytest.mark.usefixtures("queued")
def test_the_item_leaves_the_queue_and_its_removal_waits(eva: Visitor) -> None:
    eva.send(ADDRESS)

    assert "Kön är tom." in eva.get("/ko/").text
    assert "Ta bort kommentaren på hemsidan" in eva.get("/att-gora/").text
    page = eva.get("/kommentar/1").text
    assert "Texten är raderad av Eva" in page
    assert "[Texten är raderad]" in page
    assert ADDRESS in page
    assert 'data-key="c"' not in page
    assert "misstänkt övergrepp mot barn; texten är raderad" in eva.get("/logg/1").text


@pytest.mark.usefixtures("queued")
def test_whoever_else_was_deciding_comes_too_late(
    eva: Visitor, signed_in: SignIn, sqlite_store: SqlStore
) -> None:
    bo = signed_in("bo")
    bo.get("/kommentar/1")
    eva.send(ADDRESS)

    for fields in (HIDING, KEEPING):
        answer = bo.decide(1, fields)
        assert answer.status_code == 409
        assert "Raderad" in answer.text
    assert sqlite_store.log_head().number == 1


@pytest.mark.usefixtures("queued")
def test_the_second_time_says_that_it_is_done(
    eva: Visitor, lena: Visitor, sqlite_store: SqlStore
) -> None:
    eva.send(ADDRESS)

    assert lena.send(ADDRESS).location == ADDRESS
    assert "Texten är redan raderad." in lena.get(ADDRESS).text
    assert sqlite_store.log_head().number == 1


@pytest.mark.usefixtures("queued")
def test_where_the_database_is_busy_it_is_said_and_can_be_done_again(
    eva: Visitor, sqlite_store: SqlStore, tmp_path: Path
) -> None:
    eva.send(ADDRESS)
    [file] = tmp_path.rglob("*.sqlite3")
    impatient = open_store(str(file), busy_seconds=0.1)
    services = PageServices(impatient, load_grounds(), NOON)
    client = create_app(services, secret_key="en nyckel för prov").test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "eva"

    with sqlite_store.transaction():
        Visitor(client).send(f"{ADDRESS}/stada")
    assert "databasen är inte städad än" in client.get(ADDRESS).text

    Visitor(client).send(f"{ADDRESS}/stada")
    assert "Databasen är städad" in client.get(ADDRESS).text
    impatient.close()


def test_a_comment_that_was_never_queued_can_be_erased(
    record: Record, eva: Visitor
) -> None:
    record(a_clean_comment(SECRET))

    assert eva.send(ADDRESS).status_code == 302
    assert SECRET not in eva.get("/kommentar/1").text


@pytest.mark.usefixtures("queued")
def test_who_may_not_decide_may_not_erase(signed_in: SignIn) -> None:
    kim = signed_in("kim")

    assert ADDRESS not in kim.get("/kommentar/1").text
    assert kim.send(ADDRESS).status_code == 403
    assert signed_in("eva").send("/kommentar/9/overgrepp-mot-barn").status_code == 404
