"""What every store does with work that is done by hand."""

from datetime import timedelta

import pytest

from moderation import intake
from moderation.domain.comment import CommentRef
from moderation.domain.delivery import Delivery, DeliveryStatus, Visibility
from moderation.domain.errors import NotFoundError
from moderation.domain.ports import Store
from tests.factories import NOON, THREAT_TEXT, a_payload, an_assessed_comment

REF = CommentRef("hemsidan", "1")
LATER = NOON + timedelta(hours=2)


def enqueue(
    store: Store,
    ref: CommentRef = REF,
    *,
    desired: Visibility = Visibility.HIDDEN,
    hours: int = 0,
) -> Delivery:
    due = NOON + timedelta(hours=hours)
    with store.transaction() as tx:
        payload = a_payload(channel=ref.channel, external_id=ref.external_id)
        tx.enqueue_delivery(tx.append_to_log(payload, {}), ref, desired, at=due)
    return store.deliveries(ref)[-1]


def settle(
    store: Store,
    delivery: Delivery,
    status: DeliveryStatus = DeliveryStatus.DELIVERED,
) -> bool:
    with store.transaction() as tx:
        return tx.settle_delivery(
            delivery,
            status=status,
            attempts=delivery.attempts + 1,
            by="anna",
            at=LATER,
            note="Dold, syns inte.",
        )


def test_nothing_waits_in_an_empty_store(store: Store) -> None:
    assert store.tasks(limit=10) == []
    assert store.count_tasks() == {}
    assert store.deliveries_of_entries([]) == {}
    assert store.deliveries_of_entries([1, 2]) == {}


def test_a_task_has_the_comment_and_the_decision(store: Store) -> None:
    intake.record([an_assessed_comment()], store=store, now=lambda: NOON)
    delivery = enqueue(store)

    [task] = store.tasks(limit=10)

    assert task == store.task(delivery.id)
    assert task.delivery == delivery
    assert (task.comment_id, task.text) == (1, THREAT_TEXT)
    assert task.url == "https://kommunen.example/kommentar/1"
    assert (task.decided_by, task.decided_at) == ("eva", NOON)
    assert task.ground == "olaga_hot"
    assert task.hides


def test_a_task_shows_the_text_that_stands_at_the_source_now(store: Store) -> None:
    intake.record([an_assessed_comment()], store=store, now=lambda: NOON)
    enqueue(store)
    edited = an_assessed_comment("Jag tar tillbaka det.")
    intake.record([edited], store=store, now=lambda: LATER)

    [task] = store.tasks(limit=10)

    assert (task.comment_id, task.text) == (2, "Jag tar tillbaka det.")


def test_a_task_about_a_comment_that_is_not_stored_is_still_listed(
    store: Store,
) -> None:
    enqueue(store)

    [task] = store.tasks(limit=10)

    assert (task.comment_id, task.text, task.url) == (None, "", "")


def test_tasks_are_paged_with_those_due_first(store: Store) -> None:
    late, soon, now = (
        enqueue(store, CommentRef("forum", str(hours)), hours=hours)
        for hours in (9, 5, 0)
    )

    def ids(**page: int) -> list[int]:
        return [task.delivery.id for task in store.tasks(**page)]

    assert ids(limit=2) == [now.id, soon.id]
    assert ids(limit=2, offset=2) == [late.id]


def test_what_waits_is_counted_by_channel(store: Store) -> None:
    enqueue(store)
    enqueue(store, CommentRef("hemsidan", "2"))
    done = enqueue(store, CommentRef("forum", "1"))
    settle(store, done)

    assert store.count_tasks() == {"hemsidan": 2}


def test_a_settled_task_says_who_when_and_what(store: Store) -> None:
    delivery = enqueue(store)

    assert settle(store, delivery)

    settled = store.task(delivery.id).delivery
    assert settled.status is DeliveryStatus.DELIVERED
    assert (settled.handled_by, settled.handled_at) == ("anna", LATER)
    assert (settled.note, settled.attempts) == ("Dold, syns inte.", 1)
    assert store.deliveries_of_entries([1]) == {1: settled}
    assert store.tasks(limit=10) == []


def test_a_task_is_settled_once(store: Store) -> None:
    delivery = enqueue(store)

    assert settle(store, delivery)
    assert not settle(store, delivery)
    assert not settle(store, store.task(delivery.id).delivery)


def test_a_task_that_was_tried_since_it_was_read_is_not_settled(store: Store) -> None:
    delivery = enqueue(store)

    assert settle(store, delivery, DeliveryStatus.PENDING)
    assert not settle(store, delivery)
    assert store.task(delivery.id).delivery.has_failed
    assert settle(store, store.task(delivery.id).delivery)


def test_a_newer_wish_supersedes_only_what_waits_about_the_same_comment(
    store: Store,
) -> None:
    done, waiting = enqueue(store), enqueue(store, desired=Visibility.VISIBLE)
    settle(store, done)
    other = enqueue(store, CommentRef("hemsidan", "2"))

    with store.transaction() as tx:
        tx.supersede_deliveries(REF)

    assert [delivery.status for delivery in store.deliveries(REF)] == [
        DeliveryStatus.DELIVERED,
        DeliveryStatus.SUPERSEDED,
    ]
    assert [task.delivery.id for task in store.tasks(limit=10)] == [other.id]
    assert not settle(store, waiting)


def test_a_task_that_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Uppgift 7 finns inte"):
        store.task(7)
    with pytest.raises(NotFoundError, match="för stort"):
        store.task(10**30)
