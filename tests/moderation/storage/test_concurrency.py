from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

from moderation.domain.comment import CommentRef
from moderation.domain.delivery import Visibility
from moderation.domain.log_entry import first_broken
from moderation.domain.triage import Outcome, QueueFilter, QueueStatus
from moderation.storage import SqlStore, open_store
from tests.factories import NOON, a_payload, an_assessed_comment

THREADS = 20
ITEMS = 500


def decide(store: SqlStore, comment_id: int, moderator: str) -> bool:
    """Close an item, log it and wish for it to be hidden, as a decision does."""
    ref = CommentRef("hemsidan", str(comment_id))
    with store.transaction() as tx:
        was_first = tx.close_queue_item(
            comment_id,
            expected=QueueStatus.OPEN,
            status=QueueStatus.DECIDED,
            outcome=Outcome.HIDDEN,
            at=NOON,
        )
        if was_first:
            payload = a_payload(moderator=moderator, external_id=ref.external_id)
            entry = tx.append_to_log(payload, {})
            tx.enqueue_delivery(entry, ref, Visibility.HIDDEN, at=NOON)
    return was_first


def in_threads(work: Callable[[int], int]) -> list[int]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, range(THREADS)))


def test_of_many_who_decide_the_same_items_exactly_one_is_first(
    store: SqlStore,
) -> None:
    items = [an_assessed_comment(external_id=str(n)) for n in range(1, ITEMS + 1)]
    with store.transaction() as tx:
        tx.record_many(items, received_at=NOON)
    ids = [stored.id for stored, _ in store.comments_after(0, limit=ITEMS)]

    def decide_all(thread: int) -> int:
        # Each starts elsewhere, so that all are busy with different items too.
        start = thread * ITEMS // THREADS
        in_turn = ids[start:] + ids[:start]
        return sum(decide(store, number, f"m{thread}") for number in in_turn)

    firsts = in_threads(decide_all)

    entries = list(store.log_entries())
    decided = [entry.payload["external_id"] for entry in entries]
    assert sum(firsts) == ITEMS
    assert sorted(decided, key=repr) == sorted(map(str, ids), key=repr)
    assert first_broken(entries, store.log_head()) is None
    assert store.count_queue(QueueFilter(status=QueueStatus.DECIDED)) == ITEMS
    assert store.count_queue(QueueFilter()) == 0
    assert all(len(store.deliveries(CommentRef("hemsidan", str(n)))) == 1 for n in ids)


def test_the_same_chunk_from_many_at_once_is_stored_once(store: SqlStore) -> None:
    chunk = [an_assessed_comment(external_id=str(n)) for n in range(50)]

    def record(_thread: int) -> int:
        with store.transaction() as tx:
            return tx.record_many(chunk, received_at=NOON).new

    assert sum(in_threads(record)) == 50
    assert store.count_comments() == store.count_queue(QueueFilter()) == 50


def test_many_can_open_an_empty_database_at_once(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(open_store, repeat(empty_database_url, 4)))

    assert [store.log_head().number for store in stores] == [0] * 4
    for store in stores:
        store.close()
