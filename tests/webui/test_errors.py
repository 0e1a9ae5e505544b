"""What a person sees when something fails."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from moderation.domain.errors import StorageError
from moderation.storage import SqlStore
from tests.factories import an_assessed_comment
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import HIDING, Visitor
from webui import MAX_FORM, create_app


def test_a_page_that_does_not_exist_says_so_in_swedish(eva: Visitor) -> None:
    answer = eva.get("/finns-inte")

    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text


def test_too_large_a_form_is_refused(record: Record, eva: Visitor) -> None:
    record(an_assessed_comment())

    answer = eva.decide(1, {**HIDING, "reasons": "x" * MAX_FORM})

    assert answer.status_code == 413
    assert "för stort" in answer.text


def test_a_failure_shows_nothing_of_its_cause(app: Flask, signed_in: SignIn) -> None:
    def fail() -> str:
        msg = "hemlig detalj"
        raise RuntimeError(msg)

    app.view_functions["triage.queue"] = fail

    answer = signed_in("eva").get("/ko/")

    assert answer.status_code == 500
    assert "Något gick fel i Uppsikt" in answer.text
    assert "hemlig detalj" not in answer.text


def test_a_database_that_fails_is_told_without_its_address(
    app: Flask, signed_in: SignIn
) -> None:
    def fail() -> str:
        msg = "Databasen /srv/uppsikt.sqlite3 är låst."
        raise StorageError(msg)

    app.view_functions["triage.queue"] = fail

    answer = signed_in("eva").get("/ko/")

    assert answer.status_code == 503
    assert "Ingenting har sparats." in answer.text
    assert "sqlite3" not in answer.text


def test_a_database_that_is_gone_does_not_break_the_error_page(
    eva: Visitor, sqlite_store: SqlStore, tmp_path: Path
) -> None:
    sqlite_store.close()
    for file in tmp_path.glob("uppsikt.sqlite3*"):
        file.unlink()
    (tmp_path / "uppsikt.sqlite3").write_text("ingen databas", encoding="utf-8")

    answer = eva.get("/ko/")

    assert answer.status_code == 503
    assert "Uppsikt når inte sin databas" in answer.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_methods_that_no_page_knows_are_refused(method: str, eva: Visitor) -> None:
    token = {"X-CSRFToken": eva.token()}

    answer = eva.client.open("/ko/", method=method, headers=token)

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_very_long_address_is_answered(eva: Visitor) -> None:
    assert eva.get("/ko/?" + "a=b&" * 5_000).status_code == 200


def test_a_session_of_another_key_is_merely_signed_out(app: Flask) -> None:
    services = app.extensions["uppsikt"]
    mine = create_app(services, secret_key="den ena").test_client()
    with mine.session_transaction() as session:
        session["_user_id"] = "eva"
    cookie = mine.get_cookie("uppsikt_session")
    assert cookie is not None
    other = create_app(replace(services), secret_key="den andra").test_client()
    other.set_cookie("uppsikt_session", cookie.value)

    assert other.get("/ko/").status_code == 302
