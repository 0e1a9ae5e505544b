from datetime import UTC, date, datetime

from webui import times


def test_times_are_swedish_in_summer_and_in_winter() -> None:
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    winter = datetime(2026, 12, 31, 23, 5, tzinfo=UTC)

    assert times.when(summer) == "2 juli 2026 kl. 00.30"
    assert times.when(winter) == "1 januari 2027 kl. 00.05"


def test_a_date_that_is_not_known_is_said_to_be_missing() -> None:
    assert times.when(None) == "datum saknas"
    assert times.day(None) == "datum saknas"
    assert times.day(date(2026, 11, 22)) == "22 november 2026"
