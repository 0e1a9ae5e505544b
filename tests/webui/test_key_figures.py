import csv
import io

import pytest

from moderation.storage import SqlStore
from tests.factories import a_finding, a_payload, a_verdict, an_assessed_comment
from tests.webui.conftest import Record
from tests.webui.visitor import HIDING, KEEPING, RESTORING, Visitor


@pytest.fixture
def decided(record: Record, eva: Visitor) -> None:
    """Decide on twelve comments of one channel, and let one of another wait."""
    verdict = a_verdict(a_finding(source="rule:hot-direkt"))
    record(
        *(
            an_assessed_comment(external_id=str(number), verdict=verdict)
            for number in range(1, 13)
        ),
        an_assessed_comment(channel="forum"),
    )
    for number in range(1, 13):
        assert eva.decide(number, HIDING if number > 3 else KEEPING).status_code == 302


def table(eva: Visitor, name: str, more: str = "") -> list[list[str]]:
    answer = eva.get(f"/siffror/export?tabell={name}{more}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(answer.text[1:]), delimiter=";"))


def test_a_period_in_which_nothing_happened_says_so(eva: Visitor) -> None:
    page = eva.get("/siffror/").text

    assert "Ingenting har hänt i perioden." in page
    assert "<svg xmlns" not in page


@pytest.mark.usefixtures("decided")
def test_every_figure_has_a_picture_a_text_and_a_table(eva: Visitor) -> None:
    page = eva.get("/siffror/").text

    titles = (
        "Inkomna kommentarer",
        "Flaggade och beslutade",
        "Tid till beslut",
        "Andel dolda och återställda",
        "Grunder",
        "Reglernas träffsäkerhet",
        "Arbetet över dygnet",
    )
    for title in titles:
        assert f'role="img" aria-label="{title}. ' in page
        assert f'aria-label="Tabell: {title}"' in page
    assert page.count("<svg xmlns") == len(titles)


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize("days", [7, 30, 90, 365])
def test_the_page_holds_nothing_that_its_policy_refuses(
    days: int, eva: Visitor
) -> None:
    answer = eva.get(f"/siffror/?dagar={days}")

    assert "<style" not in answer.text
    assert "style=" not in answer.text
    assert answer.text.count("<script") == answer.text.count("<script src=")
    assert len(answer.data) < 100_000


@pytest.mark.usefixtures("decided")
def test_the_page_names_no_author_and_no_moderator(eva: Visitor) -> None:
    page = eva.get("/siffror/").text
    # Whoever reads it is named in the menu and on a printed page.
    page = page.replace("<strong>Eva</strong>", "").replace("av Eva. /siffror/", "")

    assert "Eva" not in page
    assert "Kommuninvånaren" not in page


@pytest.mark.usefixtures("decided")
def test_a_rule_has_its_precision_with_an_interval(eva: Visitor) -> None:
    assert table(eva, "regler")[1:] == [
        ["regel hot-direkt", "12", "9", "75 %", "47–91 %"]
    ]


def test_a_rule_with_few_decisions_has_no_precision(
    record: Record, eva: Visitor
) -> None:
    record(an_assessed_comment())
    eva.decide(1, HIDING)

    [row] = table(eva, "regler")[1:]

    assert row[1:4] == ["1", "1", "för få beslut"]


@pytest.mark.usefixtures("decided")
def test_the_tables_say_what_happened(eva: Visitor, lena: Visitor) -> None:
    lena.decide(4, RESTORING)

    assert table(eva, "dagar")[1:] == [
        ["2026-03-02", "forum", "1", "1", "0", "0", "0", "0", "0"],
        ["2026-03-02", "hemsidan", "12", "12", "12", "9", "3", "0", "1"],
    ]
    assert table(eva, "kanaler")[2] == [
        *("hemsidan", "12", "12", "12", "9", "75 %", "1", "för få beslut"),
    ]
    assert table(eva, "vantan")[1] == ["Alla kanaler", "12", "0:00", "0:00"]
    assert table(eva, "grunder")[1:] == [["Olaga hot", "9"]]
    assert table(eva, "timmar")[13] == ["12–13", "13", "13", "12"]
    assert len(table(eva, "timmar")) == 25


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    ("days", "rows", "last"),
    [
        (7, 7, "2026-03-02"),
        (30, 30, "2026-03-02"),
        (90, 14, "2026 v. 10"),
        (365, 13, "2026-03"),
    ],
)
def test_a_longer_period_has_longer_steps(
    days: int, rows: int, last: str, eva: Visitor
) -> None:
    flow = table(eva, "flode", f"&dagar={days}")[1:]

    assert len(flow) == rows
    assert flow[-1] == [last, "13", "13", "12"]


@pytest.mark.usefixtures("decided")
def test_one_channel_can_be_chosen(eva: Visitor) -> None:
    page = eva.get("/siffror/?kanal=forum").text

    assert "Inkomna: 1 i hela perioden." in page
    assert table(eva, "flode", "&kanal=forum")[-1] == ["2026-03-02", "1", "1", "0"]
    assert "Ingenting har hänt" in eva.get("/siffror/?kanal=finns-inte").text


@pytest.mark.parametrize(
    "address",
    [
        "/siffror/?dagar=0",
        "/siffror/?dagar=-7",
        "/siffror/?dagar=" + "9" * 5_000,
        "/siffror/?dagar=x&kanal=%00",
    ],
)
def test_a_period_that_is_not_offered_is_the_usual_one(
    address: str, eva: Visitor
) -> None:
    page = eva.get(address)

    assert page.status_code == 200
    assert 'aria-current="true">30 dagar' in page.text


def test_a_table_that_does_not_exist_is_refused(eva: Visitor) -> None:
    assert eva.get("/siffror/export").status_code == 400
    assert eva.get("/siffror/export?tabell=personer").status_code == 400


def test_a_name_can_be_neither_script_nor_formula(record: Record, eva: Visitor) -> None:
    record(
        an_assessed_comment(channel="<script>alert(1)</script>"),
        an_assessed_comment(channel='=CMD|"x"'),
    )
    for number in (1, 2):
        eva.decide(number, HIDING)

    assert "<script>alert" not in eva.get("/siffror/").text
    assert {row[1] for row in table(eva, "dagar")[1:]} == {
        "<script>alert(1)</script>",
        '\'=CMD|"x"',
    }


def test_a_ground_that_is_no_longer_in_the_table_is_shown_by_its_code(
    sqlite_store: SqlStore, eva: Visitor
) -> None:
    with sqlite_store.transaction() as tx:
        tx.append_to_log(a_payload(ground="gammal_grund"), {})

    assert table(eva, "grunder")[1:] == [["gammal_grund", "1"]]
