import re

import pytest

from moderation.accounts import Accounts
from moderation.storage import SqlStore
from tests.factories import NOON, an_assessed_comment
from tests.webui.conftest import Record
from tests.webui.visitor import HIDING, PASSWORD, Visitor

ANSWER = {"text": "Vi har dolt\n<din> kommentar.", "last_entry": "1"}


@pytest.fixture
def signed_out(eva: Visitor, record: Record, sqlite_store: SqlStore) -> Visitor:
    """Return Eva, who has hidden a comment and was then signed out elsewhere."""
    record(an_assessed_comment(), an_assessed_comment(external_id="2"))
    eva.decide(1, HIDING)
    Accounts(sqlite_store, actor="ada", now=lambda: NOON).sign_out_everywhere("eva")
    return eva


def kept_in(page: str) -> list[str]:
    return re.findall(r"<textarea[^>]*readonly>\n(.*?)</textarea>", page, re.DOTALL)


def test_an_answer_typed_before_the_session_ended_can_be_copied(
    signed_out: Visitor, sqlite_store: SqlStore
) -> None:
    answer = signed_out.send("/kommentar/1/svar", **ANSWER)

    assert answer.status_code == 401
    assert "Du är utloggad" in answer.text
    assert kept_in(answer.text) == ["Vi har dolt\n&lt;din&gt; kommentar."]
    assert sqlite_store.log_head().number == 1


def test_the_words_of_a_decision_can_be_copied_too(
    signed_out: Visitor, sqlite_store: SqlStore
) -> None:
    answer = signed_out.decide(2, HIDING)

    assert answer.status_code == 401
    assert HIDING["reasons"] in kept_in(answer.text)
    assert HIDING["obvious_because"] in kept_in(answer.text)
    assert sqlite_store.log_head().number == 1


def test_a_form_whose_token_is_too_old_loses_no_words(
    eva: Visitor, record: Record
) -> None:
    record(an_assessed_comment())
    eva.decide(1, HIDING)

    answer = eva.client.post("/kommentar/1/svar", data=ANSWER)

    assert answer.status_code == 400
    assert "Formuläret är för gammalt" in answer.text
    assert kept_in(answer.text) == ["Vi har dolt\n&lt;din&gt; kommentar."]


def test_a_password_is_never_shown_again(eva: Visitor) -> None:
    answer = eva.client.post(
        "/konto/losenord", data={"current": PASSWORD, "new": "x" * 14, "why": " "}
    )

    assert answer.status_code == 400
    assert PASSWORD not in answer.text
    assert kept_in(answer.text) == []


def test_a_form_without_words_leads_to_sign_in(signed_out: Visitor) -> None:
    answer = signed_out.send("/logg/1/angra")

    assert answer.status_code == 302
    assert answer.location.startswith("/logga-in")
