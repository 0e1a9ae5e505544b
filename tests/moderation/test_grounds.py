import csv
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import moderation
from moderation.grounds import load_grounds

CSV = Path(moderation.__file__).parent / "grounds.csv"
TODAY = date(2026, 11, 22)
IN_FORCE = load_grounds().in_force(TODAY)
NO_GROUND = (
    "politi",
    "åsikt",
    "kritik",
    "olämplig",
    "opassande",
    "varumärke",
    "anseende",
    "rykte",
    "kommunens bild",
    "desinformation",
    "negativ",
)


def rows() -> list[dict[str, str]]:
    with CSV.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_has_fifty_two_grounds_to_choose_from() -> None:
    assert len({row["id"] for row in rows()}) == 52
    assert len(IN_FORCE) == 52


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_every_row_says_what_from_where_how_sure_and_when(row: dict[str, str]) -> None:
    assert re.fullmatch(r"[a-z_0-9]+", row["id"])
    assert all(row[name].strip() for name in ("short_name", "what", "source"))
    assert row["confidence"] in {"certain", "likely", "unsure"}
    assert date(2026, 1, 1) <= date.fromisoformat(row["reviewed"])
    assert {row["in_bbs_5"], row["needs_reference"]} <= {"yes", "no"}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_no_row_ends_before_it_begins(row: dict[str, str]) -> None:
    assert row["in_force_to"] == "" or row["in_force_from"] <= row["in_force_to"]


def test_revisions_of_a_ground_are_numbered_from_one() -> None:
    revisions: dict[str, list[int]] = {}
    for row in rows():
        revisions.setdefault(row["id"], []).append(int(row["revision"]))

    for numbers in revisions.values():
        assert min(numbers) == 1
        assert all(b - a == 1 for a, b in pairwise(sorted(numbers)))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_no_ground_is_for_politics_criticism_brand_or_what_is_unsuitable(
    row: dict[str, str],
) -> None:
    name = f"{row['id']} {row['short_name']}".lower()

    assert not [word for word in NO_GROUND if word in name]


def test_the_grounds_of_the_bulletin_board_act_are_the_eight_it_lists() -> None:
    assert {ground.id for ground in IN_FORCE.values() if ground.in_bbs_5} == {
        "bbs_olaga_hot",
        "bbs_olaga_integritetsintrang",
        "bbs_uppvigling",
        "bbs_hets_mot_folkgrupp",
        "bbs_barnpornografibrott",
        "bbs_olaga_valdsskildring",
        "bbs_uppmaning_terrorism",
        "bbs_upphovsratt",
    }


def test_the_open_ended_grounds_ask_for_a_reference() -> None:
    assert {ground.id for ground in IN_FORCE.values() if ground.needs_reference} == {
        "osl_annan",
        "regel_annan",
    }


@pytest.mark.parametrize(
    ("on", "is_offered"), [(date(2021, 4, 30), False), (date(2021, 5, 1), True)]
)
def test_the_ground_is_chosen_by_the_decisions_date(
    on: date,
    is_offered: bool,  # noqa: FBT001 - a row of the table above
) -> None:
    """Incitement to suicide became a crime on 1 May 2021 (4 kap. 7 a § BrB)."""
    offered = load_grounds().in_force(on)

    assert ("brott_uppmaning_sjalvmord" in offered) is is_offered


def test_a_row_is_read_field_by_field() -> None:
    ground = IN_FORCE["bbs_olaga_hot"]

    assert ground.revision == 1
    assert ground.statute == "Brottsbalken (1962:700)"
    assert ground.section == "4 kap. 5 §"
    assert ground.in_force_from == date(2023, 7, 1)
    assert ground.in_force_to is None
    assert ground.confidence == "certain"
    assert ground.reviewed == TODAY
