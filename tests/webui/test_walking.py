"""Walking along the queue: what is held, and which rows have a text in common."""

from moderation.storage import SqlStore
from tests.factories import NOON, an_assessed_comment
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import HIDING, Visitor


def held(store: SqlStore) -> set[int]:
    return set(store.leases([1, 2, 3], at=NOON))


def two(record: Record) -> None:
    record(an_assessed_comment(), an_assessed_comment(external_id="2"))


def test_walking_on_lets_go_of_what_was_only_looked_at(
    record: Record, eva: Visitor, sqlite_store: SqlStore
) -> None:
    two(record)
    eva.get("/kommentar/1")
    eva.get("/kommentar/1/nasta")
    eva.get("/kommentar/2")
    assert held(sqlite_store) == {2}

    eva.get("/kommentar/2/forra")

    assert held(sqlite_store) == set()


def test_what_has_been_written_about_stays_held(
    record: Record, eva: Visitor, sqlite_store: SqlStore
) -> None:
    two(record)
    eva.get("/kommentar/1")
    eva.send("/kommentar/1/utkast", **HIDING)

    eva.get("/kommentar/1/nasta")

    assert held(sqlite_store) == {1}


def test_walking_past_does_not_end_what_another_holds(
    record: Record, eva: Visitor, signed_in: SignIn, sqlite_store: SqlStore
) -> None:
    two(record)
    signed_in("bo").get("/kommentar/1")

    eva.get("/kommentar/1/nasta")
    signed_in("kim").get("/kommentar/1/nasta")

    assert held(sqlite_store) == {1}


def test_rows_with_the_same_text_lead_to_the_page_that_compares_them(
    record: Record, eva: Visitor, signed_in: SignIn
) -> None:
    two(record)
    record(an_assessed_comment("Jag ska slå dem allihop.", external_id="3"))

    page = eva.get("/ko/").text

    assert page.count("2 i listan har exakt samma text") == 2
    assert 'href="/kommentar/1/lika"' in page
    assert 'href="/kommentar/3/lika"' not in page
    assert "exakt samma text" not in signed_in("kim").get("/ko/").text
