"""Taking back a decision: a reversal of its own in the log, nothing erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from moderation.domain.collaboration import Assignment, ItemEvent
from moderation.domain.comment import StoredComment
from moderation.domain.decision import Action
from moderation.domain.delivery import Visibility
from moderation.domain.errors import (
    AlreadyDecidedError,
    HeldByOtherError,
    UppsiktError,
)
from moderation.domain.log_entry import LogEntry, LogText, salted
from moderation.domain.ports import Store, Transaction
from moderation.domain.receivers import find_receiver
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.user import User

OWN_WITHIN: Final = timedelta(minutes=10)
"""How long whoever decided may take it back. Afterwards the officer may."""
UNDOABLE: Final = frozenset({Action.HIDE, Action.KEEP, Action.ESCALATE})


class UndoRefusedError(UppsiktError):
    """This user may not take back this decision, or not any more."""

    def __init__(self) -> None:
        super().__init__(
            "Beslutet kan inte ångras av dig. Egna beslut kan ångras i tio minuter; "
            "be sedan den ansvariga."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undoing:
    entry: LogEntry
    stored: StoredComment
    user: User
    at: datetime


def may_undo(entry: LogEntry, user: User, at: datetime) -> bool:
    """Say whether the user may take back the entry's decision now."""
    payload = entry.payload
    is_undoable = payload.get("action") in UNDOABLE and not payload.get("is_automatic")
    if not is_undoable or not user.may_decide:
        return False
    if user.may_restore:
        return True
    decided_at = datetime.fromisoformat(str(payload["at"]))
    is_own = payload.get("moderator") == user.name
    return is_own and at - decided_at <= OWN_WITHIN


def undo(number: int, *, user: User, store: Store, at: datetime) -> LogEntry:
    """Take back a decision in one transaction and return the reversal's log entry.

    The item waits again as it did before, and what was hidden is shown. Raises
    UndoRefusedError, AlreadyDecidedError if more has happened since,
    HeldByOtherError while somebody else holds the item, NotFoundError.
    """
    entry = store.log_entry(number)
    if not may_undo(entry, user, at):
        raise UndoRefusedError
    stored = store.comment(int(str(entry.payload["comment_id"])))
    undoing = _Undoing(entry=entry, stored=stored, user=user, at=at)
    escalated = _escalated_before(undoing, store)
    with store.transaction() as tx:
        if tx.hold(stored.id, user.name, at=at).holder != user.name:
            raise HeldByOtherError
        _reopen(undoing, store, tx)
        reversal = tx.append_to_log(_payload(undoing), _texts(stored))
        tx.clear_hide_deadline(stored.id)
        tx.settle(stored.id, by=user.name)
        if escalated is not None:
            tx.assign(escalated)
        _deliver(undoing, reversal, tx)
    return reversal


def _escalated_before(undoing: _Undoing, store: Store) -> Assignment | None:
    """Return whom the item waited for before the decision, and until when.

    The decision ended that; the log and the item's events remember it.
    """
    if _before(undoing.entry) is not QueueStatus.ESCALATED:
        return None
    ref = undoing.stored.comment.ref
    escalations = [
        entry
        for entry in store.log_of(ref)
        if entry.payload.get("action") == Action.ESCALATE
        and entry.payload.get("comment_id") == undoing.stored.id
        and entry.number < undoing.entry.number
    ]
    if not escalations or escalations[-1].payload.get("is_automatic"):
        return None
    return _assignment(escalations[-1], store, store.item_events(ref))


def _assignment(
    escalation: LogEntry, store: Store, events: Sequence[ItemEvent]
) -> Assignment:
    """Return what an escalation had assigned."""
    payload = escalation.payload
    told = {name: text.text for name, text in escalation.texts.items()}
    given_at = datetime.fromisoformat(str(payload["at"]))
    receiver = find_receiver(told.get("escalate_to", ""), store.users())
    last_days = [event.due for event in events if event.at == given_at and event.due]
    return Assignment(
        comment_id=int(str(payload["comment_id"])),
        status=QueueStatus.ESCALATED,
        user=receiver.user,
        function=receiver.function,
        due=last_days[-1] if last_days else None,
        reason=told.get("reasons", ""),
        given_by=str(payload["moderator"]),
        given_at=given_at,
    )


def _reopen(undoing: _Undoing, store: Store, tx: Transaction) -> None:
    """Let the item wait again; refused where anything has happened since."""
    action, stored = undoing.entry.payload["action"], undoing.stored
    is_escalation = action == Action.ESCALATE
    is_reopened = stored.is_current and tx.close_queue_item(
        stored.id,
        expected=QueueStatus.ESCALATED if is_escalation else QueueStatus.DECIDED,
        status=_before(undoing.entry),
        outcome=Outcome.HIDDEN if _was_hidden(undoing.entry) else Outcome.NONE,
        at=undoing.at,
    )
    # The item is ours from here on, so that nobody can add to its history.
    entries = store.log_of(stored.comment.ref)
    latest = [entry for entry in entries if "decision" not in entry.payload][-1]
    if not is_reopened or latest.number != undoing.entry.number:
        raise AlreadyDecidedError


def _deliver(undoing: _Undoing, reversal: LogEntry, tx: Transaction) -> None:
    """Send what turns the decision's own delivery around, if it had one."""
    action, ref = undoing.entry.payload["action"], undoing.stored.comment.ref
    was_hidden = _was_hidden(undoing.entry)
    if action == Action.ESCALATE or (action == Action.HIDE) is was_hidden:
        # It stays as it was at the source, and what waits to be done there waits on.
        return
    tx.supersede_deliveries(ref)
    desired = Visibility.HIDDEN if was_hidden else Visibility.VISIBLE
    tx.enqueue_delivery(reversal, ref, desired, at=undoing.at)


def _was_hidden(entry: LogEntry) -> bool:
    return entry.payload.get("was_hidden") is True


def _before(entry: LogEntry) -> QueueStatus:
    """Return how the item waited; entries of the first version do not say it.

    Who had parked it, and until when, ended with the decision: then it is open.
    """
    before = QueueStatus(str(entry.payload.get("from", QueueStatus.OPEN)))
    return QueueStatus.OPEN if before is QueueStatus.PARKED else before


def _payload(undoing: _Undoing) -> Mapping[str, object]:
    ref = undoing.stored.comment.ref
    return {
        "action": Action.UNDO.value,
        "at": undoing.at.isoformat(),
        "moderator": undoing.user.name,
        "channel": ref.channel,
        "external_id": ref.external_id,
        "version": undoing.stored.version,
        "comment_id": undoing.stored.id,
        "ground": None,
        "undoes": undoing.entry.number,
        "undone_action": undoing.entry.payload["action"],
    }


def _texts(stored: StoredComment) -> dict[str, LogText]:
    return salted({"text": stored.comment.text, "author": stored.comment.author})
