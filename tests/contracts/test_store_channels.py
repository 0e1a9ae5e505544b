"""What every store does for somebody who is limited to some channels."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from moderation.domain.collaboration import Assignment
from moderation.domain.comment import CommentRef
from moderation.domain.delivery import Visibility
from moderation.domain.key_figures import Event, by_channel
from moderation.domain.log_entry import LogFilter
from moderation.domain.ports import Store
from moderation.domain.search import SearchFilter
from moderation.domain.triage import Outcome, QueueFilter, QueueStatus
from tests.factories import (
    NOON,
    a_finding,
    a_log_text,
    a_payload,
    a_verdict,
    an_assessed_comment,
)

CHANNELS = ("forum", "hemsidan", "nord")
BOTH = frozenset({"forum", "nord"})
ONE = frozenset({"forum"})
NONE: frozenset[str] = frozenset()
PER_CHANNEL = 4
LIMITS = pytest.mark.parametrize(
    ("limit", "seen"),
    [(None, CHANNELS), (BOTH, ("forum", "nord")), (ONE, ("forum",)), (NONE, ())],
)


@pytest.fixture
def filled(store: Store) -> Store:
    """Return a store with the same on each channel, in turns."""
    with store.transaction() as tx:
        for number in range(PER_CHANNEL):
            comments = [
                an_assessed_comment(
                    "Bron ska rivas.",
                    channel=channel,
                    external_id=str(number),
                    verdict=a_verdict(a_finding(confidence=0.9 - place / 100)),
                )
                for place, channel in enumerate(CHANNELS)
            ]
            at = NOON + timedelta(minutes=number)
            tx.record_many(comments, received_at=at)
    return store


def comment_id(store: Store, channel: str, external_id: str = "0") -> int:
    [stored] = store.versions(CommentRef(channel, external_id))
    return stored.id


def move(store: Store, channel: str, status: QueueStatus) -> None:
    outcome = Outcome.KEPT if status is QueueStatus.DECIDED else Outcome.NONE
    with store.transaction() as tx:
        tx.close_queue_item(
            comment_id(store, channel),
            expected=QueueStatus.OPEN,
            status=status,
            outcome=outcome,
            at=NOON,
        )


def listed(
    store: Store, chosen: QueueFilter, page: int = 5
) -> Sequence[tuple[str, str]]:
    """Return the whole list, read a page at a time."""
    found = store.queue(chosen, limit=page)
    last = found
    while len(last) == page:
        last = store.queue(chosen, limit=page, after=last[-1].item.place)
        found = [*found, *last]
    refs = [entry.stored.comment.ref for entry in found]
    return [(ref.channel, ref.external_id) for ref in refs]


@LIMITS
def test_the_queue_keeps_its_order_within_the_channels(
    filled: Store, limit: frozenset[str] | None, seen: Sequence[str]
) -> None:
    everything = listed(filled, QueueFilter(), page=99)
    assert len(everything) == PER_CHANNEL * len(CHANNELS)

    found = listed(filled, QueueFilter(channels=limit))

    assert found == [one for one in everything if one[0] in seen]
    assert filled.count_queue(QueueFilter(channels=limit)) == len(found)
    later = QueueFilter(channels=limit, opened_after=NOON)
    assert filled.count_queue(later) == (PER_CHANNEL - 1) * len(seen)


def test_a_channel_is_chosen_within_the_limit(filled: Store) -> None:
    within = QueueFilter(channel="nord", channels=BOTH)
    outside = QueueFilter(channel="hemsidan", channels=BOTH)

    assert {channel for channel, _ in listed(filled, within)} == {"nord"}
    assert listed(filled, outside) == []
    assert filled.count_queue(outside) == 0


@LIMITS
def test_a_search_stays_within_the_channels(
    filled: Store, limit: frozenset[str] | None, seen: Sequence[str]
) -> None:
    found = filled.search(SearchFilter(words=("rivas",), channels=limit), limit=50)

    assert {hit.channel for hit in found.hits} == set(seen)
    outside = SearchFilter(words=("rivas",), channel="hemsidan", channels=limit)
    hits = filled.search(outside, limit=50).hits
    assert len(hits) == (PER_CHANNEL if "hemsidan" in seen else 0)


@LIMITS
def test_the_log_stays_within_the_channels(
    store: Store, limit: frozenset[str] | None, seen: Sequence[str]
) -> None:
    with store.transaction() as tx:
        for channel in CHANNELS:
            tx.append_to_log(a_payload(channel=channel), {"text": a_log_text()})
    chosen = LogFilter(channels=limit)

    page = [
        *store.log_page(chosen, limit=1),
        *store.log_page(chosen, limit=9, offset=1),
    ]

    assert [entry.payload["channel"] for entry in page] == list(reversed(seen))
    assert store.count_log(chosen) == len(seen)
    assert [one.payload["channel"] for one in store.log_entries(chosen)] == list(seen)


@LIMITS
def test_the_figures_stay_within_the_channels(
    filled: Store, limit: frozenset[str] | None, seen: Sequence[str]
) -> None:
    for channel in CHANNELS:
        move(filled, channel, QueueStatus.DECIDED)
        with filled.transaction() as tx:
            tx.append_to_log(a_payload(channel=channel, ground=channel), {})
    begin, end = NOON - timedelta(days=1), NOON + timedelta(days=1)

    figures = filled.key_figures(begin, end, channels=limit)

    counts = by_channel(figures.counts)
    assert tuple(counts) == tuple(seen)
    assert all(counts[channel][Event.RECEIVED] == PER_CHANNEL for channel in seen)
    assert set(figures.grounds) == set(seen)
    assert [w.channel for w in figures.waits] == ["", *seen] * bool(seen)
    assert sum(w.decided for w in figures.waits if not w.channel) == len(seen)
    outside = filled.key_figures(begin, end, channel="hemsidan", channels=limit)
    assert bool(outside.counts) is ("hemsidan" in seen)


@LIMITS
def test_what_is_to_be_done_by_hand_stays_within_the_channels(
    filled: Store, limit: frozenset[str] | None, seen: Sequence[str]
) -> None:
    for channel in CHANNELS:
        with filled.transaction() as tx:
            entry = tx.append_to_log(a_payload(channel=channel), {})
            ref = CommentRef(channel, "0")
            tx.enqueue_delivery(entry, ref, Visibility.HIDDEN, at=NOON)

    found = filled.tasks(limit=9, channels=limit)

    assert [task.delivery.ref.channel for task in found] == list(seen)


@LIMITS
def test_what_waits_for_somebody_stays_within_the_channels(
    filled: Store, limit: frozenset[str] | None, seen: Sequence[str]
) -> None:
    for channel in CHANNELS:
        move(filled, channel, QueueStatus.PARKED)
        with filled.transaction() as tx:
            given = Assignment(
                comment_id=comment_id(filled, channel),
                status=QueueStatus.PARKED,
                user="bo",
                due=date(2026, 3, 9),
                given_by="eva",
                given_at=NOON,
            )
            tx.assign(given)
            note = comment_id(filled, channel)
            tx.add_note(note, "@bo", author="eva", mentions=["bo"], at=NOON)

    parked = filled.parked(first="bo", limit=9, channels=limit)
    waiting = filled.assigned_to(
        "bo", [], status=QueueStatus.PARKED, limit=9, channels=limit
    )
    mentions = filled.unread_mentions("bo", limit=9, channels=limit)

    for found in (parked, waiting):
        refs = [one.entry.stored.comment.ref for one in found]
        assert [ref.channel for ref in refs] == list(seen)
    named = [one.stored.comment.ref.channel for one in mentions]
    assert named == list(reversed(seen))


@LIMITS
def test_equal_texts_stay_within_the_channels(
    filled: Store, limit: frozenset[str] | None, seen: Sequence[str]
) -> None:
    first = comment_id(filled, "forum")

    found = filled.waiting_with_same_text(first, limit=50, channels=limit)

    assert {entry.stored.comment.ref.channel for entry in found} == set(seen)
    assert len(found) == PER_CHANNEL * len(seen)


def test_a_receipt_names_the_channels_that_its_signer_sees(filled: Store) -> None:
    for number in range(PER_CHANNEL):
        for channel in BOTH:
            with filled.transaction() as tx:
                tx.close_queue_item(
                    comment_id(filled, channel, str(number)),
                    expected=QueueStatus.OPEN,
                    status=QueueStatus.DECIDED,
                    outcome=Outcome.KEPT,
                    at=NOON,
                )
    morning = NOON - timedelta(hours=8)
    with filled.transaction() as tx:
        of_all = tx.sign_watch(moderator="eva", at=NOON, day_began=morning)
        of_one = tx.sign_watch(
            moderator="eva", at=NOON, day_began=morning, channels=ONE | {"finns inte"}
        )

    assert of_all is None, "hemsidan still waits"
    assert of_one is not None
    assert of_one.channels == ("forum",)
    assert of_one.decided == PER_CHANNEL
    decided = filled.count_decided(since=morning, at_most=99, channels=BOTH)
    assert decided == 2 * PER_CHANNEL
