from datetime import date, timedelta

import pytest

from moderation.domain.ground import Confidence, Ground, GroundTable

NEW_YEAR = date(2026, 1, 1)
DAY = timedelta(days=1)


def a_ground(
    ground_id: str = "olaga_hot",
    revision: int = 1,
    *,
    start: date | None = None,
    end: date | None = None,
    reviewed: date = NEW_YEAR,
) -> Ground:
    return Ground(
        id=ground_id,
        revision=revision,
        short_name="Olaga hot",
        statute="Brottsbalken (1962:700)",
        section="4 kap. 5 §",
        what="Kommentaren hotar någon med ett brott.",
        in_bbs_5=True,
        needs_reference=False,
        in_force_from=start,
        in_force_to=end,
        source="https://lagen.example/1962:700",
        confidence=Confidence.CERTAIN,
        reviewed=reviewed,
    )


@pytest.mark.parametrize(
    ("on", "applies"),
    [
        (NEW_YEAR - DAY, False),
        (NEW_YEAR, True),
        (NEW_YEAR + 30 * DAY, True),
        (NEW_YEAR + 31 * DAY, False),
    ],
)
def test_a_ground_applies_from_its_first_day_to_its_last(
    on: date,
    applies: bool,  # noqa: FBT001 - a row of the table above
) -> None:
    ground = a_ground(start=NEW_YEAR, end=NEW_YEAR + 30 * DAY)

    assert ground.is_in_force(on) is applies


def test_a_ground_without_dates_always_applies() -> None:
    assert a_ground().is_in_force(date.min)
    assert a_ground().is_in_force(date.max)


def test_the_newest_revision_in_force_is_chosen_by_the_decisions_date() -> None:
    old = a_ground(revision=1, end=NEW_YEAR - DAY)
    new = a_ground(revision=2, start=NEW_YEAR)
    table = GroundTable([new, old])

    assert table.in_force(NEW_YEAR - DAY) == {"olaga_hot": old}
    assert table.in_force(NEW_YEAR) == {"olaga_hot": new}


def test_a_newer_revision_supersedes_one_without_an_end() -> None:
    old, new = a_ground(revision=1), a_ground(revision=2, start=NEW_YEAR)

    assert GroundTable([old, new]).in_force(NEW_YEAR) == {"olaga_hot": new}
    assert GroundTable([old, new]).in_force(NEW_YEAR - DAY) == {"olaga_hot": old}


def test_the_grounds_are_offered_in_the_tables_order() -> None:
    table = GroundTable([a_ground("hets"), a_ground("bedrageri"), a_ground("avtal")])

    assert list(table.in_force(NEW_YEAR)) == ["hets", "bedrageri", "avtal"]


def test_a_row_that_a_decision_was_made_on_is_found_for_ever() -> None:
    old, new = a_ground(revision=1, end=NEW_YEAR), a_ground(revision=2)
    table = GroundTable([old, new])

    assert table.revision("olaga_hot", 1) is old
    assert table.revision("olaga_hot", 2) is new
    assert table.revision("olaga_hot", 3) is None
    assert table.revision("trolldom", 1) is None


def test_the_most_forgotten_row_tells_when_the_table_was_reviewed() -> None:
    table = GroundTable(
        [a_ground("a", reviewed=NEW_YEAR), a_ground("b", reviewed=NEW_YEAR - DAY)]
    )

    assert table.last_reviewed() == NEW_YEAR - DAY
