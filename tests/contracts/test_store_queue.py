"""What every store does with the queue, and when advice is replaced."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from moderation.domain.category import Category
from moderation.domain.comment import CommentRef
from moderation.domain.ports import Store
from moderation.domain.run import RunTally
from moderation.domain.triage import Outcome, QueueFilter, QueueItem, QueueStatus
from moderation.domain.urgency import Place, Source, waiting_rank
from moderation.domain.verdict import Assessed, Verdict
from tests.factories import (
    NOON,
    a_clean_comment,
    a_clean_verdict,
    a_finding,
    a_verdict,
    an_assessed_comment,
    an_unassessed_verdict,
)

LATER = NOON + timedelta(hours=1)


def record(store: Store, *assessed: Assessed) -> None:
    with store.transaction() as tx:
        tx.record_many(assessed, received_at=NOON)


def only_id(store: Store) -> int:
    [stored] = store.versions(CommentRef("hemsidan", "1"))
    return stored.id


def only_item(store: Store) -> QueueItem:
    item = store.queue_item(only_id(store))
    assert item is not None
    return item


def reassess(store: Store, verdict: Verdict) -> RunTally:
    with store.transaction() as tx:
        return tx.reassess_many({only_id(store): verdict}, at=LATER)


def close(
    store: Store,
    *,
    expected: QueueStatus = QueueStatus.OPEN,
    status: QueueStatus = QueueStatus.DECIDED,
    outcome: Outcome = Outcome.HIDDEN,
) -> bool:
    with store.transaction() as tx:
        return tx.close_queue_item(
            only_id(store), expected=expected, status=status, outcome=outcome, at=LATER
        )


def restore(store: Store) -> bool:
    with store.transaction() as tx:
        return tx.restore_queue_item(only_id(store), at=LATER)


def shown(store: Store, chosen: QueueFilter) -> Sequence[str]:
    entries = store.queue(chosen, limit=10)
    return [entry.stored.comment.ref.external_id for entry in entries]


def test_what_is_flagged_waits_and_what_is_clean_does_not(store: Store) -> None:
    flagged = an_assessed_comment(external_id="1")
    record(store, flagged, a_clean_comment(external_id="2"))

    [entry] = store.queue(QueueFilter(), limit=10)

    assert entry.stored.comment == flagged.comment
    assert entry.verdict == flagged.verdict
    assert entry.item == QueueItem(
        comment_id=entry.stored.id,
        status=QueueStatus.OPEN,
        outcome=Outcome.NONE,
        urgency=flagged.verdict.score,
        category=Category.THREAT,
        opened_at=NOON,
        decided_at=None,
        due_at=NOON + timedelta(days=1),
        place=Place(
            waiting_rank(flagged.verdict.score, NOON), comment_id=entry.stored.id
        ),
    )
    assert store.queue_item(entry.stored.id) == entry.item


def test_the_severe_comes_first_then_what_is_due_first(
    store: Store,
) -> None:
    mild = a_verdict(a_finding(Category.SPAM))
    with store.transaction() as tx:
        tx.record_many([an_assessed_comment(external_id="ny")], received_at=LATER)
        tx.record_many(
            [
                an_assessed_comment(external_id="mild", verdict=mild),
                an_assessed_comment(external_id="a"),
                an_assessed_comment(external_id="b"),
            ],
            received_at=NOON,
        )

    assert shown(store, QueueFilter()) == ["a", "b", "ny", "mild"]
    [first, *_] = store.queue(QueueFilter(), limit=1)
    rest = store.queue(QueueFilter(), limit=2, after=first.item.place)
    assert [e.stored.comment.ref.external_id for e in rest] == ["b", "ny"]


def test_the_queue_can_be_filtered(store: Store) -> None:
    spam = a_verdict(a_finding(Category.SPAM))
    record(
        store,
        an_assessed_comment(external_id="hot"),
        an_assessed_comment(external_id="reklam", verdict=spam),
        an_assessed_comment(external_id="oklart", verdict=an_unassessed_verdict()),
        an_assessed_comment(external_id="forum", channel="forum"),
    )

    def fit(chosen: QueueFilter, *expected: str) -> bool:
        found = set(shown(store, chosen))
        return found == set(expected) and store.count_queue(chosen) == len(expected)

    assert fit(QueueFilter(), "hot", "reklam", "oklart", "forum")
    assert fit(QueueFilter(channel="forum"), "forum")
    assert fit(QueueFilter(category=Category.SPAM), "reklam")
    assert fit(QueueFilter(unassessed_only=True), "oklart")
    assert fit(QueueFilter(source=Source.RULE), "hot", "reklam", "forum")
    assert fit(QueueFilter(source=Source.CLASSIFIER))
    assert fit(QueueFilter(opened_by=NOON, channel="forum"), "forum")
    assert fit(QueueFilter(opened_by=NOON - timedelta(days=1)))
    assert fit(QueueFilter(opened_after=NOON))
    assert store.count_queue(QueueFilter(), at_most=3) == 3
    assert fit(QueueFilter(channel="forum", category=Category.SPAM))
    assert fit(QueueFilter(status=QueueStatus.DECIDED))


def test_only_the_first_closes_an_item(store: Store) -> None:
    record(store, an_assessed_comment())

    assert close(store, outcome=Outcome.HIDDEN)
    assert not close(store, outcome=Outcome.KEPT)

    item = only_item(store)
    assert (item.status, item.outcome) == (QueueStatus.DECIDED, Outcome.HIDDEN)
    assert item.decided_at == LATER


def test_an_escalated_item_can_be_decided_by_who_knows_it_is_escalated(
    store: Store,
) -> None:
    record(store, an_assessed_comment())
    assert close(store, status=QueueStatus.ESCALATED, outcome=Outcome.NONE)
    assert only_item(store).decided_at is None

    assert not close(store, expected=QueueStatus.OPEN)
    assert close(store, expected=QueueStatus.ESCALATED)


def test_what_never_was_queued_cannot_be_closed(store: Store) -> None:
    record(store, a_clean_comment())

    assert not close(store)


def test_only_what_is_hidden_can_be_restored_and_only_once(store: Store) -> None:
    record(store, an_assessed_comment())
    assert not restore(store)
    close(store, outcome=Outcome.HIDDEN)

    assert restore(store)
    assert not restore(store)

    item = only_item(store)
    assert (item.status, item.outcome) == (QueueStatus.DECIDED, Outcome.RESTORED)


def test_new_advice_replaces_the_old(store: Store) -> None:
    record(store, an_assessed_comment())
    new = a_verdict(a_finding(Category.HATE), ruleset="regler-2", model="modell-2")

    tally = reassess(store, new)

    assert tally == RunTally(seen=1, changed=1)
    assert store.verdict(only_id(store)) == new


def test_what_is_newly_flagged_is_queued_once(store: Store) -> None:
    record(store, a_clean_comment())

    first = reassess(store, a_verdict())
    second = reassess(store, a_verdict())

    assert first == RunTally(seen=1, newly_flagged=1, changed=1)
    assert second == RunTally(seen=1)
    item = only_item(store)
    assert (item.status, item.opened_at) == (QueueStatus.OPEN, LATER)


def test_a_new_version_of_the_rules_alone_is_no_change(store: Store) -> None:
    record(store, a_clean_comment())

    tally = reassess(store, a_clean_verdict(ruleset="regler-2"))

    assert tally == RunTally(seen=1)
    assert store.verdict(only_id(store)).ruleset == "regler-2"


def test_what_waited_only_unassessed_and_is_clean_waits_no_more(store: Store) -> None:
    record(store, an_assessed_comment(verdict=an_unassessed_verdict()))

    reassess(store, a_clean_verdict())
    assert only_item(store).status is QueueStatus.SUPERSEDED

    reassess(store, a_verdict())
    assert only_item(store).status is QueueStatus.OPEN
    assert only_item(store).category is Category.THREAT


def test_what_was_flagged_and_is_clean_still_waits_for_a_person(store: Store) -> None:
    record(store, an_assessed_comment())

    tally = reassess(store, a_clean_verdict())

    assert tally == RunTally(seen=1, changed=1)
    assert only_item(store).status is QueueStatus.OPEN
    assert only_item(store).category is Category.THREAT


def test_an_open_item_becomes_as_urgent_as_the_new_advice(store: Store) -> None:
    record(store, an_assessed_comment(verdict=an_unassessed_verdict()))

    reassess(store, a_verdict())

    item = only_item(store)
    assert (item.category, item.urgency) == (Category.THREAT, a_verdict().score)
    assert not shown(store, QueueFilter(unassessed_only=True))


@pytest.mark.parametrize("status", [QueueStatus.ESCALATED, QueueStatus.DECIDED])
def test_new_advice_does_not_touch_what_a_person_has_dealt_with(
    store: Store, status: QueueStatus
) -> None:
    record(store, an_assessed_comment(verdict=an_unassessed_verdict()))
    close(store, status=status, outcome=Outcome.NONE)
    before = only_item(store)

    reassess(store, a_clean_verdict())
    reassess(store, a_verdict())

    assert only_item(store) == before


def test_an_old_version_is_not_queued_by_new_advice(store: Store) -> None:
    record(store, a_clean_comment("Före."))
    record(store, a_clean_comment("Efter."))
    [old, _] = store.versions(CommentRef("hemsidan", "1"))

    with store.transaction() as tx:
        tx.reassess_many({old.id: a_verdict()}, at=LATER)

    assert store.queue_item(old.id) is None


def test_advice_on_what_is_not_stored_is_passed_over(store: Store) -> None:
    with store.transaction() as tx:
        tally = tx.reassess_many({77: a_verdict()}, at=LATER)

    assert tally == RunTally()


def test_the_latest_decision_is_listed_first(store: Store) -> None:
    record(store, *(an_assessed_comment(external_id=str(n)) for n in range(3)))
    for hours, name in enumerate("102"):
        [stored] = store.versions(CommentRef("hemsidan", name))
        with store.transaction() as tx:
            tx.close_queue_item(
                stored.id,
                expected=QueueStatus.OPEN,
                status=QueueStatus.DECIDED,
                outcome=Outcome.HIDDEN,
                at=NOON + timedelta(hours=hours),
            )
    decided = QueueFilter(status=QueueStatus.DECIDED)
    assert shown(store, decided) == ["2", "0", "1"]

    [stored] = store.versions(CommentRef("hemsidan", "1"))
    with store.transaction() as tx:
        tx.restore_queue_item(stored.id, at=NOON + timedelta(days=1))

    assert shown(store, decided) == ["1", "2", "0"]
