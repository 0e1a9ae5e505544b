"""Work that a person does at the source, where Uppsikt has no connection to it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from moderation.domain.delivery import DeliveryStatus, Handling
from moderation.domain.log_entry import LogEntry, LogText
from moderation.domain.ports import Store
from moderation.domain.task import Task, TaskChangedError, checked_note

_LEFT_AS = {
    Handling.CONFIRMED: DeliveryStatus.DELIVERED,
    Handling.FAILED: DeliveryStatus.PENDING,
    Handling.ABANDONED: DeliveryStatus.ABANDONED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a person says about a task."""

    delivery_id: int
    attempts: int
    """The attempts that the person saw; a task tried again since is refused."""
    handling: Handling
    note: str
    """What was seen at the source, or why it could not be done."""
    by: str
    at: datetime


def handle(report: Report, *, store: Store) -> LogEntry:
    """Write a report down and seal it, in one transaction.

    Raises InvalidNoteError without a sentence, TaskChangedError if somebody was
    first, NotFoundError if there is no such task.
    """
    note = checked_note(report.note)
    task = store.task(report.delivery_id)
    if task.delivery.attempts != report.attempts:
        raise TaskChangedError
    with store.transaction() as tx:
        is_first = tx.settle_delivery(
            task.delivery,
            status=_LEFT_AS[report.handling],
            attempts=report.attempts + 1,
            by=report.by,
            at=report.at,
            note=note,
        )
        if not is_first:
            raise TaskChangedError
        return tx.append_to_log(_payload(report, task), _texts(report, note))


def _payload(report: Report, task: Task) -> Mapping[str, object]:
    """Return what is sealed: no free text, and which decision it is about."""
    ref = task.delivery.ref
    return {
        "action": report.handling.value,
        "at": report.at.isoformat(),
        "moderator": report.by,
        "channel": ref.channel,
        "external_id": ref.external_id,
        "comment_id": task.comment_id,
        "ground": None,
        "decision": task.delivery.entry_number,
        "desired": task.delivery.desired.value,
        "attempts": report.attempts + 1,
    }


def _texts(report: Report, note: str) -> dict[str, LogText]:
    name = "observed" if report.handling is Handling.CONFIRMED else "reasons"
    return {name: LogText(salt=secrets.token_hex(16), text=note)}
