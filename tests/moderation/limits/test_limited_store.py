"""The store within some channels: nothing new is shown before it has been sorted."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from moderation.domain.collaboration import Draft, ItemEvent, ItemEventKind
from moderation.domain.comment import CommentRef
from moderation.domain.delivery import Visibility
from moderation.domain.errors import NotFoundError
from moderation.domain.ports import Store, Transaction
from moderation.domain.triage import Outcome, QueueStatus
from moderation.limits import LimitedStore, LimitedTransaction, limited_store
from moderation.limits import store as reading
from moderation.limits import transaction as changing
from moderation.storage import SqlStore
from tests.factories import NOON, a_payload, an_assessed_comment

OWN, OTHER = 1, 2
NORD = CommentRef("nord", "1")


@pytest.fixture
def whole(sqlite_store: SqlStore) -> SqlStore:
    """Return a store with one comment on each of two channels, and a log entry."""
    with sqlite_store.transaction() as tx:
        comments = [
            an_assessed_comment(channel="hemsidan"),
            an_assessed_comment(channel="nord"),
        ]
        tx.record_many(comments, received_at=NOON)
        tx.append_to_log(a_payload(channel="nord", external_id="1"), {})
    return sqlite_store


@pytest.fixture
def store(whole: SqlStore) -> Store:
    return limited_store(whole, frozenset({"hemsidan"}))


def names(port: type) -> set[str]:
    return {name for name in dir(port) if not name.startswith("_")}


@pytest.mark.parametrize(
    ("port", "limited", "sorted_out"),
    [
        (Store, LimitedStore, [reading.PASSED_ON, reading.REFUSED]),
        (
            Transaction,
            LimitedTransaction,
            [changing.PASSED_ON, changing.CHECKED, changing.REFUSED],
        ),
    ],
)
def test_all_that_a_store_can_be_asked_is_sorted_once(
    port: type, limited: type, sorted_out: list[frozenset[str]]
) -> None:
    groups = [names(limited), *sorted_out]

    assert sorted(name for group in groups for name in group) == sorted(names(port))


@pytest.mark.parametrize("name", sorted(reading.REFUSED))
def test_what_concerns_the_whole_archive_cannot_be_asked(
    name: str, store: Store
) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(store, name)


@pytest.mark.parametrize("name", sorted(changing.REFUSED))
def test_what_concerns_the_whole_archive_cannot_be_changed(
    name: str, store: Store
) -> None:
    with store.transaction() as tx, pytest.raises(AttributeError, match=name):
        getattr(tx, name)


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.comment(OTHER),
        lambda store: store.verdict(OTHER),
        lambda store: store.log_entry(1),
        lambda store: store.waiting_with_same_text(OTHER, limit=9),
    ],
)
def test_what_belongs_to_another_channel_does_not_exist(
    ask: Callable[[Store], object], store: Store
) -> None:
    with pytest.raises(NotFoundError):
        ask(store)


def test_nothing_about_a_comment_of_another_channel_is_told(
    store: Store, whole: SqlStore
) -> None:
    draft = Draft(user="eva", comment_id=OTHER, fields={}, saved_at=NOON)
    with whole.transaction() as tx:
        tx.save_draft(draft)
        tx.add_note(OTHER, "Se här.", author="bo", mentions=[], at=NOON)
        tx.enqueue_delivery(whole.log_entry(1), NORD, Visibility.HIDDEN, at=NOON)

    assert store.queue_item(OTHER) is None
    assert store.draft("eva", OTHER) is None
    assert store.versions(NORD) == []
    assert store.log_of(NORD) == []
    assert store.notes(NORD) == []
    assert store.deliveries(NORD) == []
    assert store.deliveries_of_entries([1]) == {}
    assert store.count_tasks() == {}
    assert store.channels() == ["hemsidan"]
    with pytest.raises(NotFoundError):
        store.thread(whole.comment(OTHER))
    with pytest.raises(NotFoundError):
        store.task(1)


def carry_out(change: Callable[[Transaction], object], store: Store) -> None:
    """Change something of the own channel first, and then what is given."""
    with store.transaction() as tx:
        tx.hold(OWN, "eva", at=NOON)
        change(tx)


def an_event(comment_id: int) -> ItemEvent:
    kind = ItemEventKind.RESUMED
    return ItemEvent(comment_id=comment_id, kind=kind, by="eva", at=NOON)


@pytest.mark.parametrize(
    "change",
    [
        lambda tx: tx.hold(OTHER, "eva", at=NOON),
        lambda tx: tx.take_over(OTHER, "eva", at=NOON),
        lambda tx: tx.settle(OTHER, by="eva"),
        lambda tx: tx.drop_draft("eva", OTHER),
        lambda tx: tx.record_event(an_event(OTHER)),
        lambda tx: tx.append_to_log(a_payload(channel="nord"), {}),
        lambda tx: tx.append_to_log({}, {}),
        lambda tx: tx.supersede_deliveries(NORD),
        lambda tx: tx.add_note(OTHER, "Hej.", author="eva", mentions=[], at=NOON),
        lambda tx: tx.close_queue_item(
            OTHER,
            expected=QueueStatus.OPEN,
            status=QueueStatus.DECIDED,
            outcome=Outcome.KEPT,
            at=NOON,
        ),
    ],
)
def test_a_change_of_another_channel_undoes_the_whole_change(
    change: Callable[[Transaction], object], store: Store, whole: SqlStore
) -> None:
    with pytest.raises(NotFoundError):
        carry_out(change, store)

    assert whole.leases([OWN, OTHER], at=NOON) == {}
    assert whole.log_head().number == 1


def test_a_change_of_an_own_channel_is_carried_out(
    store: Store, whole: SqlStore
) -> None:
    with store.transaction() as tx:
        lease = tx.hold(OWN, "eva", at=NOON)

    assert whole.leases([OWN], at=NOON) == {OWN: lease}


def test_a_receipt_is_signed_for_the_channels_and_read_within_them(
    store: Store, whole: SqlStore
) -> None:
    for number in (OWN, OTHER):
        with whole.transaction() as tx:
            tx.close_queue_item(
                number,
                expected=QueueStatus.OPEN,
                status=QueueStatus.DECIDED,
                outcome=Outcome.KEPT,
                at=NOON,
            )
    morning = NOON - timedelta(hours=8)
    other = limited_store(whole, frozenset({"nord"}))

    with store.transaction() as tx:
        own = tx.sign_watch(moderator="eva", at=NOON, day_began=morning)
    with other.transaction() as tx:
        tx.sign_watch(moderator="bo", at=NOON, day_began=morning)
    with whole.transaction() as tx:
        tx.sign_watch(moderator="lena", at=NOON, day_began=morning)

    assert own is not None
    assert own.channels == ("hemsidan",)
    assert own.decided == 1
    seen = [(one.moderator, one.channels) for one in store.watch_receipts(limit=9)]
    assert seen == [("lena", ("hemsidan",)), ("eva", ("hemsidan",))]
