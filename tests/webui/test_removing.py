import pytest

from moderation.domain.delivery import Visibility
from moderation.storage import SqlStore
from tests.factories import an_assessed_comment
from tests.webui.conftest import Record
from tests.webui.visitor import HIDING, RESTORING, Visitor

ADDRESS = "/kommentar/1/ta-bort"
REMOVING = {
    "ground": "bbs_olaga_hot",
    "obvious": "ja",
    "obvious_because": "Texten lovar våld.",
    "reasons": "Vännerna ser den fortfarande.",
}


@pytest.fixture
def hidden(record: Record, eva: Visitor) -> None:
    record(an_assessed_comment())
    assert eva.decide(1, HIDING).status_code == 302


@pytest.mark.usefixtures("hidden")
def test_the_page_says_what_it_means_before_anything_is_done(
    lena: Visitor, sqlite_store: SqlStore
) -> None:
    assert f'href="{ADDRESS}"' in lena.get("/kommentar/1").text

    page = lena.get(ADDRESS).text

    assert (
        "Kommentaren tas bort helt från kanalen. Det går inte att ångra hos källan. "
        "Kopian och loggen finns kvar här." in page
    )
    assert " selected" not in page
    assert " checked" not in page
    assert "Tillfälligt dold" not in page
    assert sqlite_store.log_head().number == 1


@pytest.mark.usefixtures("hidden")
def test_removing_becomes_a_task_and_the_item_says_so(
    eva: Visitor, lena: Visitor, sqlite_store: SqlStore
) -> None:
    answer = lena.send(ADDRESS, **REMOVING)

    assert answer.status_code == 302
    page = lena.get("/kommentar/1").text
    assert "Beslutet att ta bort är loggat" in page
    assert "Borttagen" in page
    assert f'href="{ADDRESS}"' not in page
    tasks = eva.get("/att-gora/").text
    assert "Ta bort kommentaren på hemsidan" in tasks
    assert "Bekräfta att den är borttagen" in tasks
    assert "Dölj kommentaren på" not in tasks
    [task] = sqlite_store.tasks(limit=5)
    assert task.delivery.desired is Visibility.REMOVED
    assert "borttagen" in eva.get("/logg/").text


@pytest.mark.usefixtures("hidden")
def test_a_moderator_may_not(eva: Visitor, sqlite_store: SqlStore) -> None:
    assert f'href="{ADDRESS}"' not in eva.get("/kommentar/1").text
    assert eva.get(ADDRESS).status_code == 403
    assert eva.send(ADDRESS, **REMOVING).status_code == 403
    # Nor by way of the form for the other decisions.
    assert eva.decide(1, {**REMOVING, "action": "remove"}).status_code == 400
    assert sqlite_store.log_head().number == 1


@pytest.mark.usefixtures("hidden")
def test_what_is_missing_is_told_and_what_was_typed_stays(lena: Visitor) -> None:
    answer = lena.send(ADDRESS, **{**REMOVING, "ground": ""})

    assert answer.status_code == 422
    assert "Välj en grund" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "Vännerna ser den fortfarande." in answer.text


@pytest.mark.usefixtures("hidden")
def test_the_second_of_two_officers_is_told_what_the_first_decided(
    lena: Visitor, sqlite_store: SqlStore
) -> None:
    lena.decide(1, RESTORING)

    answer = lena.send(ADDRESS, **REMOVING)

    assert answer.status_code == 409
    assert "Återställd" in answer.text
    assert "Vännerna ser den fortfarande." in answer.text
    assert lena.get(ADDRESS).status_code == 409
    assert sqlite_store.log_head().number == 2


def test_what_is_not_stored_is_not_found(lena: Visitor) -> None:
    assert lena.get("/kommentar/9/ta-bort").status_code == 404
    assert lena.send("/kommentar/9/ta-bort", **REMOVING).status_code == 404
