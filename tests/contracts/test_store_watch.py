"""What every store does with saved views and receipts."""

from datetime import timedelta

import pytest

from moderation.domain.comment import CommentRef
from moderation.domain.errors import NotFoundError, UppsiktError
from moderation.domain.ports import Store
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.watch import MAX_VIEWS, SavedView, WatchReceipt
from tests.factories import NOON, a_clean_comment, an_assessed_comment

MORNING = NOON - timedelta(hours=8)


def save(
    store: Store, name: str = "Hot", *, owner: str = "eva", is_shared: bool = False
) -> int:
    with store.transaction() as tx:
        return tx.add_view(
            owner=owner, name=name, query={"kategori": "threat"}, is_shared=is_shared
        )


def sign(store: Store) -> WatchReceipt | None:
    with store.transaction() as tx:
        return tx.sign_watch(moderator="eva", at=NOON, day_began=MORNING)


def decide(store: Store, external_id: str) -> None:
    [stored] = store.versions(CommentRef("hemsidan", external_id))
    with store.transaction() as tx:
        tx.close_queue_item(
            stored.id,
            expected=QueueStatus.OPEN,
            status=QueueStatus.DECIDED,
            outcome=Outcome.KEPT,
            at=NOON,
        )


def test_a_view_is_its_owners_until_it_is_shared(store: Store) -> None:
    view_id = save(store)
    view = SavedView(
        id=view_id,
        owner="eva",
        name="Hot",
        query={"kategori": "threat"},
        is_shared=False,
    )
    assert store.saved_view(view_id) == view
    assert store.saved_views("eva") == [view]
    assert store.saved_views("bo") == []

    with store.transaction() as tx:
        tx.change_view(view_id, name="Alla hot", is_shared=True)

    assert [view.name for view in store.saved_views("bo")] == ["Alla hot"]


def test_a_view_that_is_deleted_is_not_found(store: Store) -> None:
    view_id = save(store)
    with store.transaction() as tx:
        tx.delete_view(view_id)

    with pytest.raises(NotFoundError):
        store.saved_view(view_id)


def test_two_views_of_one_owner_have_different_names(store: Store) -> None:
    save(store)
    other = save(store, "Annat")
    save(store, owner="bo")

    with pytest.raises(UppsiktError, match="Du har redan en vy som heter Hot"):
        save(store)
    with (
        pytest.raises(UppsiktError, match="Du har redan en vy som heter Hot"),
        store.transaction() as tx,
    ):
        tx.change_view(other, name="Hot", is_shared=False)

    assert store.saved_view(other).name == "Annat"


def test_nobody_has_more_views_than_can_be_counted(store: Store) -> None:
    for number in range(MAX_VIEWS):
        save(store, str(number))

    with pytest.raises(UppsiktError, match="ta bort en som du inte använder"):
        save(store)


def test_a_receipt_tells_who_when_which_channels_and_how_many(store: Store) -> None:
    with store.transaction() as tx:
        tx.record_many(
            [
                an_assessed_comment(external_id="1"),
                an_assessed_comment(external_id="2"),
                a_clean_comment(channel="forum"),
            ],
            received_at=MORNING,
        )
    decide(store, "1")
    assert store.count_decided(since=MORNING, at_most=9) == 1
    assert sign(store) is None
    decide(store, "2")

    receipt = sign(store)

    assert receipt == WatchReceipt(
        number=1,
        moderator="eva",
        signed_at=NOON,
        channels=("forum", "hemsidan"),
        decided=2,
    )
    assert store.watch_receipts(limit=10) == [receipt]
    assert store.watch_receipts(limit=10, before=1) == []
    assert store.count_decided(since=NOON + timedelta(seconds=1), at_most=9) == 0
    assert store.count_decided(since=MORNING, at_most=1) == 1
