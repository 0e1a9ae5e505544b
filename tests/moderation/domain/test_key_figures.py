from datetime import UTC, date, datetime

import pytest

from moderation.domain.key_figures import (
    Event,
    HourCount,
    Share,
    by_channel,
    by_day,
    by_hour_of_day,
)


def count(
    hour: datetime, *, channel: str = "hemsidan", event: Event = Event.RECEIVED
) -> HourCount:
    return HourCount(hour=hour, channel=channel, event=event, count=2)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (45, 100, 0.3561, 0.5476)],
)
def test_the_interval_is_wilsons(
    part: int, whole: int, low: float, high: float
) -> None:
    share = Share(part=part, whole=whole)

    assert share.interval == pytest.approx((low, high), abs=0.0001)


def test_a_share_of_nothing_can_be_anything() -> None:
    share = Share(part=0, whole=0)

    assert (share.value, share.interval) == (0.0, (0.0, 1.0))


@pytest.mark.parametrize(("whole", "is_telling"), [(9, False), (10, True)])
def test_ten_decisions_are_enough_to_speak_of_a_share(
    whole: int, *, is_telling: bool
) -> None:
    assert Share(part=9, whole=whole).is_telling is is_telling


def test_days_follow_the_swedish_clock_over_the_change_of_time() -> None:
    hours = (
        datetime(2026, 3, 28, 22, tzinfo=UTC),
        datetime(2026, 3, 28, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 21, tzinfo=UTC),
        datetime(2026, 3, 29, 22, tzinfo=UTC),
    )

    days = by_day(count(hour) for hour in hours)

    assert {day: events[Event.RECEIVED] for (day, _), events in days.items()} == {
        date(2026, 3, 28): 2,
        date(2026, 3, 29): 4,
        date(2026, 3, 30): 2,
    }


def test_hours_of_the_day_are_swedish_in_summer_and_winter() -> None:
    hours = by_hour_of_day(
        (
            count(datetime(2026, 1, 5, 23, tzinfo=UTC)),
            count(datetime(2026, 7, 5, 22, tzinfo=UTC)),
        )
    )

    assert len(hours) == 24
    assert hours[0][Event.RECEIVED] == 4
    assert sum(events.total() for events in hours) == 4


def test_channels_are_added_up_by_name() -> None:
    noon = datetime(2026, 3, 2, 11, tzinfo=UTC)

    channels = by_channel(
        (
            count(noon),
            count(noon, channel="forum", event=Event.HIDDEN),
            count(noon, event=Event.HIDDEN),
        )
    )

    assert list(channels) == ["forum", "hemsidan"]
    assert channels["hemsidan"] == {Event.RECEIVED: 2, Event.HIDDEN: 2}
