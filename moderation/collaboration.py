"""People who share a queue: holding, taking over, parking, drafts and notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from moderation.domain.collaboration import (
    LEASE,
    Assignment,
    Draft,
    ItemEvent,
    ItemEventKind,
    Lease,
)
from moderation.domain.errors import (
    AlreadyDecidedError,
    HeldByOtherError,
    NotFoundError,
)
from moderation.domain.ports import Store, Transaction
from moderation.domain.receivers import mentioned, who_see
from moderation.domain.triage import WAITING, Outcome, QueueItem, QueueStatus

_FRESH: Final = LEASE - timedelta(minutes=1)
"""A lease with more than this left is not written again for every page."""


def hold(comment_id: int, *, user: str, at: datetime, store: Store) -> Lease:
    """Take or renew the lease if it is free; return the lease that counts now."""
    now = store.leases([comment_id], at=at).get(comment_id)
    if now is not None and (now.holder != user or now.until - at > _FRESH):
        return now
    with store.transaction() as tx:
        return tx.hold(comment_id, user, at=at)


def take_over(
    comment_id: int, *, user: str, why: str, at: datetime, store: Store
) -> None:
    """Take an item from whoever holds it, and remember who, when and why."""
    waiting_item(comment_id, store)
    with store.transaction() as tx:
        before = tx.take_over(comment_id, user, at=at)
        if before:
            tx.record_event(
                ItemEvent(
                    comment_id=comment_id,
                    kind=ItemEventKind.TAKEN_OVER,
                    by=user,
                    at=at,
                    other=before,
                    text=why,
                )
            )


def leave(comment_id: int, *, user: str, store: Store) -> None:
    """Let go of an item."""
    with store.transaction() as tx:
        tx.release(comment_id, user)


def walk_on(comment_id: int, *, user: str, at: datetime, store: Store) -> None:
    """Let go of an item that was only looked at; what is typed about stays held."""
    lease = store.leases([comment_id], at=at).get(comment_id)
    if lease is None or lease.holder != user:
        return
    if store.draft(user, comment_id) is None:
        leave(comment_id, user=user, store=store)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parking:
    """Why an item waits, with whom and how long."""

    comment_id: int
    owner: str
    due: date
    reason: str
    expected: QueueStatus
    """The status the person saw."""


def park(parking: Parking, *, user: str, at: datetime, store: Store) -> None:
    """Put an item aside with an owner and a last day, and let go of it.

    Raises HeldByOtherError while somebody else holds it, and AlreadyDecidedError
    if its status has changed.
    """
    waiting_item(parking.comment_id, store)
    with store.transaction() as tx:
        _refuse_if_held(tx.hold(parking.comment_id, user, at=at), user)
        was = parking.expected
        if was is QueueStatus.PARKED:
            was = _was(tx.unassign(parking.comment_id, QueueStatus.PARKED))
        _move(tx, parking.comment_id, parking.expected, QueueStatus.PARKED, at)
        tx.assign(
            Assignment(
                comment_id=parking.comment_id,
                status=QueueStatus.PARKED,
                user=parking.owner,
                due=parking.due,
                reason=parking.reason,
                given_by=user,
                given_at=at,
                was=was,
            )
        )
        tx.record_event(_parked(parking, user, at))
        tx.release(parking.comment_id, user)


def _parked(parking: Parking, user: str, at: datetime) -> ItemEvent:
    return ItemEvent(
        comment_id=parking.comment_id,
        kind=ItemEventKind.PARKED,
        by=user,
        at=at,
        other=parking.owner,
        due=parking.due,
        text=parking.reason,
    )


def resume(comment_id: int, *, user: str, at: datetime, store: Store) -> None:
    """Put a parked item back where it was. Raises as park does."""
    waiting_item(comment_id, store)
    with store.transaction() as tx:
        _refuse_if_held(tx.hold(comment_id, user, at=at), user)
        was = _was(tx.unassign(comment_id, QueueStatus.PARKED))
        _move(tx, comment_id, QueueStatus.PARKED, was, at)
        tx.record_event(
            ItemEvent(comment_id=comment_id, kind=ItemEventKind.RESUMED, by=user, at=at)
        )


def save_draft(
    comment_id: int,
    fields: Mapping[str, list[str]],
    *,
    user: str,
    at: datetime,
    store: Store,
) -> None:
    """Keep what somebody has typed about an item that waits.

    Raises AlreadyDecidedError where nothing waits for a decision.
    """
    waiting_item(comment_id, store)
    with store.transaction() as tx:
        tx.save_draft(
            Draft(user=user, comment_id=comment_id, fields=fields, saved_at=at)
        )


def write_note(
    comment_id: int, text: str, *, author: str, at: datetime, store: Store
) -> list[str]:
    """Add a note to an item, and return the user names that it names.

    Whoever does not see the channel is not named: the note would show what it says.
    """
    if store.queue_item(comment_id) is None:
        raise _not_queued()
    channel = store.comment(comment_id).comment.ref.channel
    able = who_see(store.users(), channel)
    names = [name for name in mentioned(text, able) if name != author]
    with store.transaction() as tx:
        tx.add_note(comment_id, text, author=author, mentions=names, at=at)
    return names


def waiting_item(comment_id: int, store: Store) -> QueueItem:
    """Return an item that a decision may be made on.

    Raises NotFoundError or AlreadyDecidedError if there is none.
    """
    item = store.queue_item(comment_id)
    if item is None:
        raise _not_queued()
    if item.status not in WAITING:
        raise AlreadyDecidedError
    return item


def _not_queued() -> NotFoundError:
    return NotFoundError("Kommentaren ligger inte i kön.")


def _refuse_if_held(lease: Lease, user: str) -> None:
    if lease.holder != user:
        raise HeldByOtherError


def _was(assignment: Assignment | None) -> QueueStatus:
    return QueueStatus.OPEN if assignment is None else assignment.was


def _move(
    tx: Transaction,
    comment_id: int,
    expected: QueueStatus,
    status: QueueStatus,
    at: datetime,
) -> None:
    moved = tx.close_queue_item(
        comment_id, expected=expected, status=status, outcome=Outcome.NONE, at=at
    )
    if not moved:
        raise AlreadyDecidedError
