"""What every store does with comments and advice on them."""

from datetime import timedelta

import pytest

from moderation.domain.category import Category
from moderation.domain.comment import CommentRef
from moderation.domain.errors import NotFoundError
from moderation.domain.ports import RecordTally, Store
from moderation.domain.triage import Outcome, QueueFilter, QueueStatus
from moderation.domain.verdict import Assessed
from tests.databases import dump
from tests.factories import (
    NOON,
    a_clean_comment,
    a_finding,
    a_verdict,
    an_assessed_comment,
)

REF = CommentRef("hemsidan", "1")


def record(store: Store, *assessed: Assessed) -> RecordTally:
    with store.transaction() as tx:
        return tx.record_many(assessed, received_at=NOON)


def test_a_comment_and_its_verdict_come_back_as_they_were(store: Store) -> None:
    given = an_assessed_comment(
        "e\u0301 👍🏽 \u200b«citat»\r\n\tslut",
        posted_at=NOON.replace(microsecond=123_456),
        parent="7",
        verdict=a_verdict(
            a_finding(confidence=0.1 + 0.2),
            a_finding(Category.PERSONAL_DATA, variant="säker", start=2, end=3),
            not_assessed=["Bilden är inte granskad."],
        ),
    )

    record(store, given)

    [(stored, verdict)] = store.comments_after(0, limit=10)
    assert stored.comment == given.comment
    assert (stored.version, stored.is_current) == (1, True)
    assert stored.received_at == NOON
    assert verdict == given.verdict
    assert store.comment(stored.id) == stored
    assert store.verdict(stored.id) == verdict


def test_a_comment_without_a_date_is_stored_without_one(store: Store) -> None:
    record(store, an_assessed_comment(posted_at=None))

    assert store.versions(REF)[0].comment.posted_at is None


def test_what_is_not_stored_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Kommentar 77 finns inte"):
        store.comment(77)
    with pytest.raises(NotFoundError, match="Kommentar 77 finns inte"):
        store.verdict(77)
    with pytest.raises(NotFoundError, match="för stort"):
        store.comment(10**30)
    assert store.versions(REF) == []
    assert store.queue_item(77) is None


def test_the_same_chunk_twice_leaves_the_store_as_once(
    store: Store, database_url: str
) -> None:
    chunk = [
        an_assessed_comment(external_id="1"),
        a_clean_comment(external_id="2"),
        an_assessed_comment("Första texten.", external_id="3"),
        an_assessed_comment("Andra texten.", external_id="3"),
        an_assessed_comment(external_id="1", channel="forum"),
    ]
    first = record(store, *chunk)
    once = dump(database_url)

    second = record(store, *chunk)

    assert first == RecordTally(new=5, known=0, queued=4)
    assert second == RecordTally(new=0, known=5, queued=0)
    assert dump(database_url) == once


def test_together_is_the_same_as_one_by_one(store: Store) -> None:
    texts = ["ett", "två", "ett", "tre", "tre", "två"]
    together = [an_assessed_comment(text, channel="ihop") for text in texts]
    apart = [an_assessed_comment(text, channel="var_för_sig") for text in texts]

    tally = record(store, *together)
    tallies = [record(store, one) for one in apart]

    assert tally == sum(tallies, RecordTally())
    assert states(store, "ihop") == states(store, "var_för_sig")


def test_more_than_one_statement_can_hold_is_stored(store: Store) -> None:
    many = [a_clean_comment(external_id=str(number)) for number in range(4_500)]

    assert record(store, *many).new == 4_500
    assert record(store, *many).known == 4_500
    assert store.count_comments() == 4_500


def test_nothing_is_stored_of_a_change_that_fails(
    store: Store, database_url: str
) -> None:
    before = dump(database_url)

    with pytest.raises(ZeroDivisionError), store.transaction() as tx:  # noqa: PT012 - The failure comes after the storing.
        tx.record_many([an_assessed_comment()], received_at=NOON)
        raise ZeroDivisionError

    assert dump(database_url) == before


def test_an_edited_comment_is_a_new_version_and_supersedes_the_open_item(
    store: Store,
) -> None:
    record(store, an_assessed_comment("Första."))
    tally = record(store, an_assessed_comment("Andra."))

    assert tally == RecordTally(new=1, known=0, queued=1)
    assert states(store) == [
        ("Första.", 1, False, QueueStatus.SUPERSEDED),
        ("Andra.", 2, True, QueueStatus.OPEN),
    ]


def test_an_edit_into_something_clean_leaves_the_open_item(store: Store) -> None:
    record(store, an_assessed_comment("Första."))
    record(store, a_clean_comment("Andra."))

    assert states(store) == [
        ("Första.", 1, False, QueueStatus.OPEN),
        ("Andra.", 2, True, None),
    ]


def test_an_edit_taken_back_makes_the_old_version_current_and_wait_again(
    store: Store,
) -> None:
    for text in ("Första.", "Andra.", "Första."):
        record(store, an_assessed_comment(text))

    assert states(store) == [
        ("Första.", 1, True, QueueStatus.OPEN),
        ("Andra.", 2, False, QueueStatus.SUPERSEDED),
    ]


@pytest.mark.parametrize("status", [QueueStatus.ESCALATED, QueueStatus.DECIDED])
def test_an_edit_does_not_touch_what_a_person_has_dealt_with(
    store: Store, status: QueueStatus
) -> None:
    record(store, an_assessed_comment("Första."))
    [first] = store.versions(REF)
    with store.transaction() as tx:
        tx.close_queue_item(
            first.id,
            expected=QueueStatus.OPEN,
            status=status,
            outcome=Outcome.NONE,
            at=NOON,
        )

    record(store, an_assessed_comment("Andra."))

    assert [state[3] for state in states(store)] == [status, QueueStatus.OPEN]


def test_an_edit_back_to_what_was_decided_leaves_nothing_waiting(
    store: Store,
) -> None:
    record(store, an_assessed_comment("Första."))
    [first] = store.versions(REF)
    with store.transaction() as tx:
        tx.close_queue_item(
            first.id,
            expected=QueueStatus.OPEN,
            status=QueueStatus.DECIDED,
            outcome=Outcome.KEPT,
            at=NOON,
        )
    record(store, an_assessed_comment("Andra."))

    record(store, an_assessed_comment("Första."))

    assert [state[3] for state in states(store)] == [
        QueueStatus.DECIDED,
        QueueStatus.SUPERSEDED,
    ]


def test_the_same_id_in_another_channel_is_another_comment(store: Store) -> None:
    record(store, an_assessed_comment(), an_assessed_comment(channel="forum"))

    assert len(store.versions(REF)) == 1
    assert store.channels() == ["forum", "hemsidan"]


def test_a_chunk_of_the_archive_holds_current_versions_by_rising_id(
    store: Store,
) -> None:
    record(store, *[a_clean_comment(external_id=name) for name in "abc"])
    record(store, a_clean_comment("Ändrad.", external_id="b"))

    first = store.comments_after(0, limit=2)
    rest = store.comments_after(first[-1][0].id, limit=2)

    ids = [stored.comment.ref.external_id for stored, _ in [*first, *rest]]
    assert ids == ["a", "c", "b"]
    assert store.count_comments() == 3


def test_the_archive_can_be_limited_by_when_comments_were_received(
    store: Store,
) -> None:
    later = NOON + timedelta(days=1)
    record(store, a_clean_comment(external_id="igår"))
    with store.transaction() as tx:
        tx.record_many([a_clean_comment(external_id="idag")], received_at=later)

    [(stored, _)] = store.comments_after(0, limit=10, since=later)

    assert stored.comment.ref.external_id == "idag"
    assert store.count_comments(since=later) == 1
    assert store.count_comments(since=NOON) == 2


def test_a_thread_shows_the_comments_nearest_in_time(store: Store) -> None:
    minutes = [0, 10, 20, 30, 31, 90]
    record(
        store,
        *[
            a_clean_comment(
                external_id=str(minute), posted_at=NOON + timedelta(minutes=minute)
            )
            for minute in minutes
        ],
        a_clean_comment(external_id="x", thread="simhallen"),
        a_clean_comment(external_id="y", channel="forum"),
    )
    [at_30] = store.versions(CommentRef("hemsidan", "30"))

    thread = store.thread(at_30, limit=4)

    shown = [stored.comment.ref.external_id for stored in thread]
    assert shown == ["10", "20", "30", "31"]


def test_a_thread_shows_an_old_version_in_place_of_the_current_one(
    store: Store,
) -> None:
    record(store, a_clean_comment("Före."), a_clean_comment(external_id="2"))
    record(store, a_clean_comment("Efter."))
    [old, current] = store.versions(REF)

    assert [s.id for s in store.thread(old)] == [old.id, old.id + 1]
    assert [s.id for s in store.thread(current)] == [old.id + 1, current.id]


def test_a_comment_without_a_thread_stands_alone(store: Store) -> None:
    record(store, *[a_clean_comment(external_id=name, thread="") for name in "ab"])
    [stored] = store.versions(CommentRef("hemsidan", "a"))

    assert store.thread(stored) == [stored]


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        record(store, a_clean_comment(posted_at=NOON.replace(tzinfo=None)))


def test_channels_of_an_empty_store_are_none(store: Store) -> None:
    assert store.channels() == []
    assert store.queue(QueueFilter(), limit=10) == []


def states(
    store: Store, channel: str = "hemsidan"
) -> list[tuple[str, int, bool, QueueStatus | None]]:
    """Return how each version of a channel's comment stands."""
    return [
        (
            stored.comment.text,
            stored.version,
            stored.is_current,
            item.status if item else None,
        )
        for stored in store.versions(CommentRef(channel, "1"))
        for item in [store.queue_item(stored.id)]
    ]
