from datetime import timedelta

import pytest

from moderation.storage import SqlStore
from tests.factories import an_assessed_comment
from tests.webui.conftest import PassTime, Record, SignIn
from tests.webui.visitor import ESCALATING, HIDING, KEEPING, Visitor


@pytest.fixture(autouse=True)
def _one_item(record: Record) -> None:
    record(an_assessed_comment())


def test_the_officer_finds_what_was_hidden_for_a_time_that_is_up(
    eva: Visitor, lena: Visitor, wait: PassTime
) -> None:
    eva.decide(1, {**HIDING, "ground": "tillfallig_dolj", "hide_days": "1"})
    assert "Inget väntar på dig." in lena.get("/till-mig/").text

    wait(timedelta(days=1))

    page = lena.get("/till-mig/").text
    assert "Tillfälligt dolda, tiden är ute" in page
    assert "/kommentar/1" in page
    assert "Inget väntar på dig." in eva.get("/till-mig/").text


class TestEscalating:
    @pytest.mark.parametrize("to", ["Lena", "lena", "Lena (lena)", " LENA "])
    def test_a_named_person_finds_it_with_its_last_day(
        self, to: str, eva: Visitor, lena: Visitor
    ) -> None:
        eva.decide(1, {**ESCALATING, "escalate_to": to, "due": "2026-03-03"})

        page = lena.get("/till-mig/").text
        assert "Eskalerad till Lena, senast 3 mars 2026" in page
        assert "Är det ett hot?" in page
        item = lena.get("/kommentar/1").text
        assert "Svar senast 3 mars 2026." in item
        assert "Eva bad om svar senast 3 mars 2026" in item
        assert "Eskalerad till Lena" in eva.get("/ko/?status=escalated").text

    def test_whoever_has_the_function_finds_it(
        self, eva: Visitor, bo: Visitor, signed_in: SignIn
    ) -> None:
        answer = signed_in("ada").send(
            "/anvandare/funktioner", user_name="bo", functions="lawyer"
        )
        assert answer.status_code == 302
        eva.decide(1, {**ESCALATING, "escalate_to": "Jurist"})

        assert "Eskalerad till jurist" in bo.get("/till-mig/").text
        assert "Du är jurist." in bo.get("/till-mig/").text
        assert "Inget väntar på dig." in eva.get("/till-mig/").text

    def test_somebody_outside_is_named_and_in_nobodys_list(
        self, eva: Visitor, lena: Visitor
    ) -> None:
        eva.decide(1, {**ESCALATING, "escalate_to": "polisen"})

        queue = eva.get("/ko/?status=escalated").text
        assert "Eskalerad till någon utanför Uppsikt" in queue
        assert "eskalerad till polisen" in eva.get("/kommentar/1").text
        assert "Inget väntar på dig." in lena.get("/till-mig/").text

    @pytest.mark.parametrize("due", ["2026-03-01", "2028-01-01", "snart", "2026-02-30"])
    def test_a_last_day_that_cannot_be_kept_is_refused(
        self, due: str, eva: Visitor
    ) -> None:
        answer = eva.decide(1, {**ESCALATING, "due": due})

        assert answer.status_code == 422
        assert "Välj en sista dag som finns" in answer.text
        assert f'value="{due}"' in answer.text

    def test_deciding_takes_it_off_the_list(self, eva: Visitor, lena: Visitor) -> None:
        eva.decide(1, {**ESCALATING, "escalate_to": "lena"})
        lena.decide(1, {**KEEPING, "expected": "escalated"})

        assert "Inget väntar på dig." in lena.get("/till-mig/").text

    def test_who_gave_a_function_stands_with_the_account(
        self, signed_in: SignIn
    ) -> None:
        ada = signed_in("ada")
        fields = {"user_name": "bo", "functions": "lawyer"}
        ada.send("/anvandare/funktioner", **fields)
        ada.send("/anvandare/funktioner", **fields)
        ada.send("/anvandare/funktioner", user_name="bo")

        page = ada.get("/anvandare/bo/").text

        assert page.count("Funktionerna ändrades") == 2
        assert "inga → jurist" in page
        assert "jurist → inga" in page

    def test_functions_are_taken_away_again(
        self, signed_in: SignIn, sqlite_store: SqlStore
    ) -> None:
        ada = signed_in("ada")
        ada.send("/anvandare/funktioner", user_name="bo", functions="lawyer")
        assert " checked" in ada.get("/anvandare/funktioner").text

        ada.send("/anvandare/funktioner", user_name="bo")

        assert sqlite_store.user_functions() == {}

    @pytest.mark.parametrize(
        "wrong", [{"functions": "kung"}, {"user_name": "finns-inte"}]
    )
    def test_what_does_not_exist_cannot_be_given(
        self, wrong: dict[str, str], signed_in: SignIn
    ) -> None:
        fields = {"user_name": "bo", "functions": "lawyer", **wrong}

        answer = signed_in("ada").send("/anvandare/funktioner", **fields)

        assert answer.status_code == 400
