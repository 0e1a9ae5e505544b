"""What every store does with the removal log and the outbox."""

from datetime import timedelta
from itertools import pairwise

import pytest

from moderation.domain.comment import CommentRef
from moderation.domain.delivery import Delivery, DeliveryStatus, Visibility
from moderation.domain.errors import NotFoundError
from moderation.domain.log_entry import (
    GENESIS,
    Head,
    LogEntry,
    LogFilter,
    LogText,
    first_broken,
)
from moderation.domain.ports import Store
from tests.factories import NOON, a_log_text, a_payload


def append(store: Store, **payload: object) -> LogEntry:
    with store.transaction() as tx:
        return tx.append_to_log(
            {**a_payload(), **payload}, {"reasons": a_log_text(), "text": a_log_text()}
        )


def numbers(entries: list[LogEntry]) -> list[int]:
    return [entry.number for entry in entries]


def test_an_empty_log_ends_at_its_genesis(store: Store) -> None:
    assert store.log_head() == Head(number=0, seal=GENESIS)
    assert list(store.log_entries()) == []
    assert store.count_log(LogFilter()) == 0
    assert store.moderators() == []


def test_each_entry_seals_the_one_before(store: Store) -> None:
    given = [append(store) for _ in range(3)]

    entries = list(store.log_entries())

    assert entries == given
    assert numbers(entries) == [1, 2, 3]
    assert all(b.previous_seal == a.seal for a, b in pairwise(entries))
    assert store.log_head() == Head(number=3, seal=entries[-1].seal)
    assert first_broken(entries, store.log_head()) is None


def test_many_entries_of_one_change_are_one_chain(store: Store) -> None:
    with store.transaction() as tx:
        for _ in range(1_001):
            tx.append_to_log(a_payload(), {})

    assert first_broken(store.log_entries(), store.log_head()) is None
    assert store.log_head().number == 1_001


def test_an_entry_of_a_change_that_fails_leaves_no_gap(store: Store) -> None:
    append(store)
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:  # noqa: PT012 - The failure comes after the entry.
        tx.append_to_log(a_payload(), {})
        raise ZeroDivisionError

    assert append(store).number == 2
    assert first_broken(store.log_entries(), store.log_head()) is None


def test_an_entry_keeps_what_no_simple_text_holds(store: Store) -> None:
    text = LogText(
        salt="ab", text="Rad 1\r\nRad 2\t👍🏽 e\u0301 'citat' \\ \" %s :namn"
    )
    with store.transaction() as tx:
        given = tx.append_to_log(a_payload(ground="", obvious=None), {"reasons": text})

    assert store.log_entry(1) == given
    assert store.log_entry(1).texts["reasons"] == text
    assert first_broken(store.log_entries(), store.log_head()) is None


def test_an_entry_that_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Loggpost 1 finns inte"):
        store.log_entry(1)
    with pytest.raises(NotFoundError, match="för stort"):
        store.log_entry(10**30)


def test_a_page_of_the_log_is_newest_first(store: Store) -> None:
    for _ in range(5):
        append(store)

    assert numbers(store.log_page(LogFilter(), limit=2)) == [5, 4]
    assert numbers(store.log_page(LogFilter(), limit=2, offset=4)) == [1]


def test_the_log_can_be_filtered(store: Store) -> None:
    tomorrow = NOON + timedelta(days=1)
    append(store)
    append(store, channel="forum", moderator="bo")
    append(store, action="keep", ground=None)
    append(store, ground={"id": "reklam"}, at=tomorrow.isoformat())

    def fit(chosen: LogFilter, *expected: int) -> bool:
        page = numbers(store.log_page(chosen, limit=10))
        streamed = numbers(list(store.log_entries(chosen)))
        return page[::-1] == streamed == list(expected) and store.count_log(
            chosen
        ) == len(expected)

    assert fit(LogFilter(), 1, 2, 3, 4)
    assert fit(LogFilter(channel="forum"), 2)
    assert fit(LogFilter(moderator="eva"), 1, 3, 4)
    assert fit(LogFilter(action="keep"), 3)
    assert fit(LogFilter(ground="olaga_hot"), 1, 2)
    assert fit(LogFilter(since=tomorrow), 4)
    assert fit(LogFilter(until=tomorrow), 1, 2, 3)
    assert fit(LogFilter(moderator="bo", action="keep"))
    assert store.moderators() == ["bo", "eva"]


def test_time_filters_look_at_the_moment_not_at_how_it_is_written(
    store: Store,
) -> None:
    append(store, at="2026-03-02T12:00:00.000001+01:00")

    assert store.count_log(LogFilter(since=NOON)) == 1
    assert store.count_log(LogFilter(since=NOON + timedelta(microseconds=2))) == 0
    assert store.count_log(LogFilter(until=NOON)) == 0


def test_all_entries_about_a_comment_are_found_oldest_first(store: Store) -> None:
    append(store)
    append(store, external_id="2")
    append(store, action="restore")

    assert numbers(store.log_of(CommentRef("hemsidan", "1"))) == [1, 3]


def test_a_wish_in_the_outbox_waits_to_be_delivered(store: Store) -> None:
    ref = CommentRef("hemsidan", "1")
    with store.transaction() as tx:
        for desired in (Visibility.HIDDEN, Visibility.VISIBLE):
            entry = tx.append_to_log(a_payload(), {})
            tx.enqueue_delivery(entry, ref, desired, at=NOON)

    first, second = store.deliveries(ref)
    assert first == Delivery(
        id=first.id,
        entry_number=1,
        ref=ref,
        desired=Visibility.HIDDEN,
        status=DeliveryStatus.PENDING,
        attempts=0,
        due_at=NOON,
    )
    assert (second.entry_number, second.desired) == (2, Visibility.VISIBLE)
    assert store.deliveries(CommentRef("forum", "1")) == []
