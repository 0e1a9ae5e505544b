from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from moderation.connectors.files.dates import to_utc

AT_14_05 = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
"""Five past two in the afternoon in Sweden, in winter."""


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-22T14:05:00+01:00",
        "2026-11-22T13:05:00Z",
        "2026-11-22T14:05:00",
        "2026-11-22 14:05",
        " 2026-11-22 14:05 ",
        "22/11/2026 14:05",
        "22/11/2026 14.05",
        "22 nov 2026 14:05",
        "22 november 2026 kl. 14.05",
        "1795352700",
        1795352700,
        1795352700.0,
        "1795352700.0",
        "1795352700000",
        datetime(2026, 11, 22, 14, 5),  # noqa: DTZ001 - as Excel gives it
        datetime(2026, 11, 22, 14, 5, tzinfo=timezone(timedelta(hours=1))),
    ],
    ids=repr,
)
def test_the_same_moment_is_read_in_every_form(written: object) -> None:
    assert to_utc(written) == AT_14_05


@pytest.mark.parametrize(
    "written",
    [
        "2026-07-01",
        "20260701",
        "1/7/2026",
        "1 jul 2026",
        "1 juli 2026",
        date(2026, 7, 1),
    ],
    ids=repr,
)
def test_a_day_begins_at_midnight_in_swedish_time(written: object) -> None:
    assert to_utc(written) == datetime(2026, 6, 30, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "igår",
        "",
        "2026-13-45",
        "11/22/2026",
        "31 feb 2026",
        "22 foo 2026",
        "0001-01-01",
        "9999-12-31T23:59:59-12:00",
        "99999999999999",
        "12",
        42,
        -5.0,
        float("nan"),
        float("inf"),
        10**400,
        None,
        [2026],
    ],
    ids=lambda value: repr(value)[:20],
)
def test_nonsense_is_no_date(written: object) -> None:
    assert to_utc(written) is None


def test_the_result_is_in_utc() -> None:
    moment = to_utc("2026-11-22 14:05")

    assert moment is not None
    assert moment.tzinfo is UTC
