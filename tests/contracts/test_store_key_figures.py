"""What every store can add up about a period."""

from datetime import UTC, datetime, timedelta

from moderation import intake
from moderation.domain.key_figures import (
    Event,
    HourCount,
    SourceCount,
    Wait,
    by_channel,
    by_day,
)
from moderation.domain.ports import Store
from moderation.domain.triage import Outcome, QueueStatus
from tests.factories import NOON, a_clean_comment, a_payload, an_assessed_comment

SINCE = NOON - timedelta(days=7)
UNTIL = NOON + timedelta(days=7)


def append(
    store: Store,
    action: str,
    comment_id: int,
    *sources: str,
    at: datetime = NOON,
    ground: str = "",
) -> None:
    advice = {"findings": [{"source": source} for source in sources]}
    payload = a_payload(action=action, ground=ground, at=at.isoformat())
    with store.transaction() as tx:
        tx.append_to_log({**payload, "comment_id": comment_id, "advice": advice}, {})


def close(store: Store, comment_id: int, *, after: timedelta) -> None:
    with store.transaction() as tx:
        assert tx.close_queue_item(
            comment_id,
            expected=QueueStatus.OPEN,
            status=QueueStatus.DECIDED,
            outcome=Outcome.KEPT,
            at=NOON + after,
        )


def test_an_empty_store_has_no_figures(store: Store) -> None:
    figures = store.key_figures(SINCE, UNTIL)

    assert (figures.counts, figures.waits, figures.sources) == ((), (), ())
    assert figures.grounds == {}


def test_what_came_in_and_was_flagged_is_counted_by_hour_and_channel(
    store: Store,
) -> None:
    intake.record(
        [
            an_assessed_comment(),
            a_clean_comment(external_id="2"),
            a_clean_comment(channel="forum"),
        ],
        store=store,
        now=lambda: NOON + timedelta(minutes=59, seconds=59),
    )

    assert set(store.key_figures(SINCE, UNTIL).counts) == {
        HourCount(hour=NOON, channel="hemsidan", event=Event.RECEIVED, count=2),
        HourCount(hour=NOON, channel="forum", event=Event.RECEIVED, count=1),
        HourCount(hour=NOON, channel="hemsidan", event=Event.FLAGGED, count=1),
    }


def test_decisions_are_counted_by_kind_and_other_entries_are_not(
    store: Store,
) -> None:
    kinds = ("hide", "hide", "keep", "escalate", "restore", "delivery_confirmed")
    for number, action in enumerate(kinds):
        append(store, action, number)

    counts = by_channel(store.key_figures(SINCE, UNTIL).counts)

    assert counts == {
        "hemsidan": {
            Event.HIDDEN: 2,
            Event.KEPT: 1,
            Event.ESCALATED: 1,
            Event.RESTORED: 1,
        }
    }


def test_a_decision_that_was_taken_back_counts_for_nothing(store: Store) -> None:
    for number, ground in enumerate(("reklam", "hot", "hot"), 1):
        append(store, "hide", number, "rule:x", ground=ground)
    append(store, "keep", 4, "rule:x", "rule:y")
    append(store, "escalate", 5)
    for number in (1, 4, 5):
        undoing = a_payload(action="undo", ground="", undoes=number)
        with store.transaction() as tx:
            tx.append_to_log(undoing, {})

    figures = store.key_figures(SINCE, UNTIL)

    assert by_channel(figures.counts) == {"hemsidan": {Event.HIDDEN: 2}}
    assert figures.grounds == {"hot": 2}
    assert figures.sources == (SourceCount(source="rule:x", decided=2, hidden=2),)


def test_a_period_has_its_first_moment_but_not_its_last(store: Store) -> None:
    for number, at in enumerate((SINCE, UNTIL, SINCE - timedelta(microseconds=1))):
        append(store, "hide", number, "rule:x", at=at, ground="reklam")
        comment = an_assessed_comment(external_id=str(number))
        intake.record([comment], store=store, now=lambda at=at: at)  # type: ignore[misc]  # The moment of this turn.

    figures = store.key_figures(SINCE, UNTIL)

    assert {count.hour for count in figures.counts} == {SINCE}
    assert {count.count for count in figures.counts} == {1}
    assert figures.grounds == {"reklam": 1}
    assert figures.sources == (SourceCount(source="rule:x", decided=1, hidden=1),)


def test_an_hour_before_midnight_in_utc_is_the_next_day_in_sweden(
    store: Store,
) -> None:
    for at in (
        datetime(2026, 3, 2, 22, 59, tzinfo=UTC),
        datetime(2026, 3, 2, 23, 0, tzinfo=UTC),
    ):
        append(store, "keep", 1, at=at)

    days = by_day(store.key_figures(SINCE, UNTIL).counts)

    assert [day.isoformat() for day, _ in days] == ["2026-03-02", "2026-03-03"]


def test_the_time_to_a_decision_is_a_nearest_rank(store: Store) -> None:
    comments = [an_assessed_comment(external_id=str(n)) for n in range(20)]
    comments.append(an_assessed_comment(channel="forum"))
    intake.record(comments, store=store, now=lambda: NOON)
    for number in range(1, 21):
        close(store, number, after=timedelta(minutes=number))
    close(store, 21, after=timedelta(days=2))

    waits = store.key_figures(SINCE, UNTIL).waits

    assert waits == (
        Wait(channel="", decided=21, median=660.0, p95=1_200.0),
        Wait(channel="forum", decided=1, median=172_800.0, p95=172_800.0),
        Wait(channel="hemsidan", decided=20, median=600.0, p95=1_140.0),
    )


def test_what_is_not_decided_in_the_period_has_no_time(store: Store) -> None:
    intake.record(
        [an_assessed_comment(), an_assessed_comment(external_id="2")],
        store=store,
        now=lambda: NOON,
    )
    close(store, 1, after=timedelta(days=8))

    assert store.key_figures(SINCE, UNTIL).waits == ()


def test_grounds_are_counted_the_most_common_first(store: Store) -> None:
    for number, ground in enumerate(("reklam", "olaga_hot", "olaga_hot")):
        append(store, "hide", number, ground=ground)
    append(store, "keep", 9)

    assert list(store.key_figures(SINCE, UNTIL).grounds.items()) == [
        ("olaga_hot", 2),
        ("reklam", 1),
    ]


def test_a_rule_is_right_when_what_it_found_was_hidden(store: Store) -> None:
    append(store, "hide", 1, "rule:hot", "rule:hot", "classifier")
    append(store, "keep", 2, "rule:hot", "personal_data:phone")
    append(store, "escalate", 3, "rule:hot")
    append(store, "keep", 4)

    assert store.key_figures(SINCE, UNTIL).sources == (
        SourceCount(source="rule:hot", decided=2, hidden=1),
        SourceCount(source="personal_data:phone", decided=1, hidden=0),
    )


def test_a_hiding_that_was_taken_back_does_not_speak_for_the_rule(
    store: Store,
) -> None:
    append(store, "hide", 1, "rule:hot")
    append(store, "restore", 1, "rule:hot")
    append(store, "hide", 2, "rule:hot")

    assert store.key_figures(SINCE, UNTIL).sources == (
        SourceCount(source="rule:hot", decided=2, hidden=1),
    )


def test_a_long_log_is_read_to_its_end(store: Store) -> None:
    payload = {
        **a_payload(action="keep", ground=""),
        "advice": {"findings": [{"source": "rule:hot"}]},
    }
    with store.transaction() as tx:
        for number in range(2_001):
            tx.append_to_log({**payload, "comment_id": number}, {})

    [found] = store.key_figures(SINCE, UNTIL).sources

    assert found == SourceCount(source="rule:hot", decided=2_001, hidden=0)


def test_an_entry_without_advice_is_left_out_of_the_precision(store: Store) -> None:
    with store.transaction() as tx:
        tx.append_to_log(a_payload(), {})
        tx.append_to_log({**a_payload(), "advice": "skräp"}, {})

    assert store.key_figures(SINCE, UNTIL).sources == ()


def test_the_figures_of_one_channel_leave_the_others_out(store: Store) -> None:
    intake.record(
        [an_assessed_comment(), an_assessed_comment(channel="forum")],
        store=store,
        now=lambda: NOON,
    )
    for number in (1, 2):
        close(store, number, after=timedelta(hours=number))
        append(store, "hide", number, "rule:hot", ground="reklam")

    figures = store.key_figures(SINCE, UNTIL, channel="forum")
    logged = store.key_figures(SINCE, UNTIL, channel="hemsidan")

    assert by_channel(figures.counts) == {
        "forum": {Event.RECEIVED: 1, Event.FLAGGED: 1}
    }
    assert {wait.channel for wait in figures.waits} == {"", "forum"}
    assert (figures.grounds, figures.sources) == ({}, ())
    assert logged.grounds == {"reklam": 2}
    assert logged.sources == (SourceCount(source="rule:hot", decided=2, hidden=2),)
