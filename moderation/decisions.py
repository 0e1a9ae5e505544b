"""A person's decision: the item closed, the log sealed, the delivery enqueued."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from moderation.criticism import is_criticism
from moderation.domain.collaboration import Assignment, ItemEvent, ItemEventKind
from moderation.domain.comment import StoredComment
from moderation.domain.decision import Action, Decision, check
from moderation.domain.delivery import Visibility
from moderation.domain.errors import (
    AlreadyDecidedError,
    HeldByOtherError,
    InvalidDecisionError,
    Problem,
)
from moderation.domain.ground import Ground, GroundTable
from moderation.domain.log_entry import LogEntry, LogText, salted
from moderation.domain.ports import Store, Transaction
from moderation.domain.ports_deciding import HideDeadline
from moderation.domain.receivers import Receiver, find_receiver, who_see
from moderation.domain.swedish_time import swedish_day
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.verdict import Verdict

_LEAVES_HIDDEN = frozenset({Action.RESTORE, Action.REMOVE})
_OUTCOMES = {Action.HIDE: Outcome.HIDDEN, Action.KEEP: Outcome.KEPT}
_DESIRED = {
    Action.HIDE: Visibility.HIDDEN,
    Action.RESTORE: Visibility.VISIBLE,
    Action.REMOVE: Visibility.REMOVED,
}

MOST_TOGETHER: Final = 50
"""Comments of equal text that may be decided on in one go."""


def decide(
    decision: Decision,
    *,
    store: Store,
    grounds: GroundTable,
    answer_due: date | None = None,
) -> LogEntry:
    """Carry out a decision in one transaction and return its log entry.

    An escalation may have a last day for the answer. Raises InvalidDecisionError if
    it is incomplete, AlreadyDecidedError if somebody was first, HeldByOtherError
    while somebody else holds the item, NotFoundError if there is no such comment.
    """
    considered = _consider(decision, store, grounds)
    receiver = _receiver(considered, store)
    with store.transaction() as tx:
        entry = _carry_out(considered, tx, {})
        if decision.action is Action.ESCALATE:
            _assign(decision, receiver, answer_due, tx)
    return entry


def decide_together(
    decision: Decision,
    comment_ids: Collection[int],
    *,
    store: Store,
    grounds: GroundTable,
) -> list[LogEntry]:
    """Carry out the same decision on comments of equal text: all of them, or none.

    Each gets an entry of its own; all but the first name the first as their parent.
    Raises as decide does, and InvalidDecisionError where the texts differ.
    """
    if not comment_ids:
        raise InvalidDecisionError(Problem.NOTHING_CHOSEN)
    # In one order, so that two who choose the same never wait for each other.
    ids = sorted(set(comment_ids))
    if len(ids) > MOST_TOGETHER:
        raise InvalidDecisionError(Problem.TOO_MANY)
    all_considered = [
        _consider(replace(decision, comment_id=one), store, grounds) for one in ids
    ]
    if len({considered.stored.comment.text for considered in all_considered}) > 1:
        raise InvalidDecisionError(Problem.NOT_SAME_TEXT)
    with store.transaction() as tx:
        first = _carry_out(all_considered[0], tx, {"together": len(ids)})
        more = {"parent": first.number}
        return [first, *(_carry_out(one, tx, more) for one in all_considered[1:])]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Considered:
    """A complete decision, with what was known when it was made."""

    decision: Decision
    stored: StoredComment
    verdict: Verdict
    ground: Ground | None
    is_criticism: bool
    was_hidden: bool


def _consider(decision: Decision, store: Store, grounds: GroundTable) -> _Considered:
    in_force = grounds.in_force(swedish_day(decision.decided_at))
    check(decision, in_force)
    stored = store.comment(decision.comment_id)
    verdict = store.verdict(decision.comment_id)
    lamp = is_criticism(verdict, stored.comment.text)
    item = store.queue_item(decision.comment_id)
    return _Considered(
        decision=decision,
        stored=stored,
        verdict=verdict,
        ground=check(decision, in_force, is_criticism=lamp),
        is_criticism=lamp,
        was_hidden=item is not None and item.outcome is Outcome.HIDDEN,
    )


def _carry_out(
    considered: _Considered, tx: Transaction, more: Mapping[str, object]
) -> LogEntry:
    decision = considered.decision
    _refuse_if_held(decision, tx)
    if not _change_item(considered, tx):
        raise AlreadyDecidedError
    entry = tx.append_to_log(
        {**_payload(considered), **more}, _texts(decision, considered.stored)
    )
    _deliver(considered, entry, tx)
    _set_deadline(decision, entry, tx)
    tx.settle(decision.comment_id, by=decision.moderator)
    return entry


def _deliver(considered: _Considered, entry: LogEntry, tx: Transaction) -> None:
    """Put the wish in the outbox, where it replaces what waited before."""
    decision, ref = considered.decision, considered.stored.comment.ref
    if decision.action is Action.ESCALATE:
        return
    tx.supersede_deliveries(ref)
    desired = _DESIRED.get(decision.action)
    if decision.action is Action.KEEP and considered.was_hidden:
        # It was hidden for a time, and is shown again now that it may stay.
        desired = Visibility.VISIBLE
    if desired is not None:
        tx.enqueue_delivery(entry, ref, desired, at=decision.decided_at)


def _set_deadline(decision: Decision, entry: LogEntry, tx: Transaction) -> None:
    if decision.action is not Action.ESCALATE:
        tx.clear_hide_deadline(decision.comment_id)
    if decision.hide_until is not None:
        deadline = HideDeadline(
            comment_id=decision.comment_id,
            entry_number=entry.number,
            due_at=decision.hide_until,
        )
        tx.set_hide_deadline(deadline)


def _refuse_if_held(decision: Decision, tx: Transaction) -> None:
    """Hold the item while deciding, so that nobody can take it in between."""
    if decision.action in _LEAVES_HIDDEN:
        return
    lease = tx.hold(decision.comment_id, decision.moderator, at=decision.decided_at)
    if lease.holder != decision.moderator:
        raise HeldByOtherError


def _receiver(considered: _Considered, store: Store) -> Receiver:
    """Return whom an escalation goes to; a user must see the comment's channel."""
    users = store.users()
    receiver = find_receiver(considered.decision.escalate_to, users)
    able = who_see(users, considered.stored.comment.ref.channel)
    if receiver.user and receiver.user not in {user.name for user in able}:
        raise InvalidDecisionError(Problem.BLIND_RECEIVER)
    return receiver


def _assign(
    decision: Decision, receiver: Receiver, due: date | None, tx: Transaction
) -> None:
    """Let the receiver find the item, and remember the last day they were given."""
    tx.assign(
        Assignment(
            comment_id=decision.comment_id,
            status=QueueStatus.ESCALATED,
            user=receiver.user,
            function=receiver.function,
            due=due,
            reason=decision.reasons.strip(),
            given_by=decision.moderator,
            given_at=decision.decided_at,
        )
    )
    if due is not None:
        tx.record_event(
            ItemEvent(
                comment_id=decision.comment_id,
                kind=ItemEventKind.ANSWER_DUE,
                by=decision.moderator,
                at=decision.decided_at,
                due=due,
            )
        )


def _change_item(considered: _Considered, tx: Transaction) -> bool:
    decision = considered.decision
    if decision.action is Action.RESTORE:
        return tx.restore_queue_item(decision.comment_id, at=decision.decided_at)
    if decision.action is Action.REMOVE:
        return tx.remove_queue_item(decision.comment_id, at=decision.decided_at)
    escalates = decision.action is Action.ESCALATE
    waiting = Outcome.HIDDEN if considered.was_hidden else Outcome.NONE
    return tx.close_queue_item(
        decision.comment_id,
        expected=decision.expected,
        status=QueueStatus.ESCALATED if escalates else QueueStatus.DECIDED,
        outcome=_OUTCOMES.get(decision.action, waiting),
        at=decision.decided_at,
    )


def _payload(considered: _Considered) -> Mapping[str, object]:
    """Return what is sealed: no free text, only codes, numbers and times."""
    decision, stored = considered.decision, considered.stored
    ground, until = considered.ground, decision.hide_until
    ref = stored.comment.ref
    return {
        "action": decision.action.value,
        "at": decision.decided_at.isoformat(),
        "moderator": decision.moderator,
        "channel": ref.channel,
        "external_id": ref.external_id,
        "version": stored.version,
        "comment_id": stored.id,
        "ground": None if ground is None else _ground_payload(ground),
        "obvious": decision.obvious,
        "keep_reason": decision.keep_reason,
        "from": decision.expected.value,
        "covered": decision.covered,
        "was_hidden": considered.was_hidden,
        "criticism_lamp": considered.is_criticism,
        "hide_until": None if until is None else until.isoformat(),
        "advice": advice_payload(considered.verdict),
    }


def _ground_payload(ground: Ground) -> dict[str, object]:
    return {
        "id": ground.id,
        "revision": ground.revision,
        "statute": ground.statute,
        "section": ground.section,
    }


def advice_payload(verdict: Verdict) -> dict[str, object]:
    """Return what the machine had said, so that advice and decision can be compared."""
    return {
        "recommendation": verdict.recommendation.value,
        "score": round(verdict.score, 4),
        "ruleset": verdict.ruleset,
        "model": verdict.model,
        "not_assessed": list(verdict.not_assessed),
        "findings": [
            {
                "category": finding.category.value,
                "source": finding.source,
                "confidence": round(finding.confidence, 4),
                "start": finding.span.start,
                "end": finding.span.end,
            }
            for finding in verdict.findings
        ],
    }


def _texts(decision: Decision, stored: StoredComment) -> dict[str, LogText]:
    """Return the free texts that the log keeps beside the sealed payload."""
    texts = {
        "text": stored.comment.text,
        "author": stored.comment.author,
        "reasons": decision.reasons.strip(),
        "obvious_because": decision.obvious_because.strip(),
        "escalate_to": decision.escalate_to.strip(),
        "reference": decision.reference.strip(),
    }
    return salted(texts)
