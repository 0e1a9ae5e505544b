import json
import sqlite3
from pathlib import Path

import pytest

from tests.factories import an_assessed_comment
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import HIDING, KEEPING, Visitor


@pytest.fixture
def two_decisions(record: Record, signed_in: SignIn) -> None:
    """Eva has hidden comment 1 on hemsidan, Bo has kept comment 2 on bloggen."""
    record(
        an_assessed_comment(external_id="1"),
        an_assessed_comment(external_id="2", channel="bloggen"),
    )
    signed_in("eva").decide(1, HIDING)
    signed_in("bo").decide(2, KEEPING)


@pytest.mark.usefixtures("two_decisions")
class TestWithTwoDecisions:
    def test_the_newest_entry_comes_first(self, eva: Visitor) -> None:
        page = eva.get("/logg/").text

        assert page.index("/logg/2") < page.index("/logg/1")
        assert "2 poster" in page

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("kanal=bloggen", [2]),
            ("grund=bbs_olaga_hot", [1]),
            ("handlaggare=bo", [2]),
            ("atgard=hide", [1]),
            ("fran=2026-03-02&till=2026-03-02", [2, 1]),
            ("fran=2026-03-03", []),
            ("till=2026-03-01", []),
            ("till=9999-12-31&fran=0001-01-01", [2, 1]),
            ("kanal=%00bloggen", [2]),
        ],
    )
    def test_it_can_be_narrowed(
        self, query: str, shown: list[int], eva: Visitor
    ) -> None:
        page = eva.get(f"/logg/?{query}").text

        assert [n for n in (2, 1) if f'href="/logg/{n}"' in page] == shown

    def test_a_day_that_is_no_day_is_pointed_out(self, eva: Visitor) -> None:
        page = eva.get("/logg/?fran=i-gar")

        assert page.status_code == 200
        assert "Skriv datumet som 2026-11-22." in page.text

    def test_an_entry_shows_the_ground_as_it_stood_and_both_seals(
        self, eva: Visitor
    ) -> None:
        page = eva.get("/logg/1").text

        assert "Brottsbalken (1962:700) 4 kap. 5 §, utgåva 1" in page
        assert "senast granskad 22 november 2026" in page
        assert "0" * 64 in page
        assert "Hot mot en tjänsteperson." in page
        assert "2 mars 2026 kl. 12.00" in page

    def test_checking_a_sound_log_says_so(self, eva: Visitor) -> None:
        answer = eva.send("/logg/verifiera")

        assert answer.status_code == 302
        assert "Loggen är hel: 2 poster" in eva.get("/logg/").text

    def test_checking_a_changed_log_names_the_entry(
        self, eva: Visitor, tmp_path: Path
    ) -> None:
        with sqlite3.connect(tmp_path / "uppsikt.sqlite3") as connection:
            triggers = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for (name,) in triggers:
                connection.execute(f'DROP TRIGGER "{name}"')
            connection.execute("UPDATE log_entries SET moderator = 'x' WHERE number=2")
        connection.close()

        eva.send("/logg/verifiera")
        page = eva.get("/logg/")

        assert "Loggen stämmer inte: post 2" in page.text
        assert eva.get("/logg/2").status_code == 200

    def test_the_export_for_spreadsheets_holds_the_same_choice(
        self, eva: Visitor
    ) -> None:
        answer = eva.get("/logg/export?format=csv&kanal=bloggen")

        lines = answer.get_data(as_text=True).splitlines()
        assert len(lines) == 2
        assert ";bloggen;" in lines[1]
        assert (
            answer.headers["Content-Disposition"]
            == "attachment; filename=borttagningslogg-2026-03-02.csv"
        )
        answer.close()

    def test_the_export_for_programs_is_one_entry_a_line(self, eva: Visitor) -> None:
        answer = eva.get("/logg/export?format=json")

        entries = [json.loads(line) for line in answer.text.splitlines()]
        assert [entry["number"] for entry in entries] == [1, 2]
        answer.close()

    @pytest.mark.parametrize(
        "query", ["", "format=exe", "format=csv&fran=i-gar", "format="]
    )
    def test_an_export_that_cannot_be_meant_is_refused(
        self, query: str, eva: Visitor
    ) -> None:
        assert eva.get(f"/logg/export?{query}").status_code == 400


def test_an_empty_log_says_so(eva: Visitor) -> None:
    assert "Loggen är tom." in eva.get("/logg/").text


def test_an_empty_log_is_sound(eva: Visitor) -> None:
    eva.send("/logg/verifiera")

    assert "Loggen är hel: 0 poster" in eva.get("/logg/").text


def test_an_entry_that_does_not_exist_is_not_found(eva: Visitor) -> None:
    assert eva.get("/logg/1").status_code == 404


def test_checking_needs_the_pages_own_form(eva: Visitor) -> None:
    assert eva.client.post("/logg/verifiera").status_code == 400
    assert eva.get("/logg/verifiera").status_code == 405


def test_an_entry_cannot_be_posted_to(eva: Visitor) -> None:
    assert eva.send("/logg/1").status_code == 405


def test_the_log_turns_pages(record: Record, eva: Visitor) -> None:
    record(*(an_assessed_comment(external_id=str(n)) for n in range(26)))
    for number in range(1, 27):
        eva.decide(number, KEEPING)

    assert 'href="/logg/1"' not in eva.get("/logg/").text
    assert 'href="/logg/1"' in eva.get("/logg/?sida=2").text
