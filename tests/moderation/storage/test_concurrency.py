from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

from moderation.decisions import decide
from moderation.domain.decision import Action, Decision
from moderation.domain.errors import AlreadyDecidedError
from moderation.domain.log_entry import first_broken
from moderation.domain.triage import QueueFilter, QueueStatus
from moderation.grounds import load_grounds
from moderation.storage import SqlStore, open_store
from tests.factories import NOON, an_assessed_comment

THREADS = 20
ITEMS = 500
GROUNDS = load_grounds()


def was_first(store: SqlStore, comment_id: int, moderator: str) -> bool:
    """Hide a comment, or find that somebody else was first."""
    hiding = Decision(
        comment_id=comment_id,
        action=Action.HIDE,
        moderator=moderator,
        decided_at=NOON,
        ground="regel_personangrepp",
        reasons="Grovt skällsord mot en enskild, utan koppling till sakfrågan.",
    )
    try:
        decide(hiding, store=store, grounds=GROUNDS)
    except AlreadyDecidedError:
        return False
    return True


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
    externals = [str(n) for n in range(1, ITEMS + 1)]

    def decide_all(thread: int) -> int:
        # Each starts elsewhere, so that all are busy with different items too.
        start = thread * ITEMS // THREADS
        in_turn = ids[start:] + ids[:start]
        return sum(was_first(store, number, f"m{thread}") for number in in_turn)

    firsts = in_threads(decide_all)

    entries = list(store.log_entries())
    decided = [entry.payload["external_id"] for entry in entries]
    assert sum(firsts) == ITEMS
    assert sorted(decided, key=repr) == sorted(externals)
    assert first_broken(entries, store.log_head()) is None
    assert store.count_queue(QueueFilter(status=QueueStatus.DECIDED)) == ITEMS
    assert store.count_queue(QueueFilter()) == 0
    refs = [store.comment(number).comment.ref for number in ids]
    assert all(len(store.deliveries(ref)) == 1 for ref in refs)


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
