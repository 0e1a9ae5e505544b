"""A person's decision: the item closed, the log sealed, the delivery enqueued."""

import secrets
from collections.abc import Mapping
from datetime import date

from moderation.domain.collaboration import Assignment, ItemEvent, ItemEventKind
from moderation.domain.comment import CommentRef, StoredComment
from moderation.domain.decision import Action, Decision, check
from moderation.domain.delivery import Visibility
from moderation.domain.errors import AlreadyDecidedError, HeldByOtherError
from moderation.domain.ground import Ground, GroundTable
from moderation.domain.log_entry import LogEntry, LogText
from moderation.domain.ports import Store, Transaction
from moderation.domain.receivers import Receiver, find_receiver
from moderation.domain.swedish_time import swedish_day
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.verdict import Verdict

_OUTCOMES = {Action.HIDE: Outcome.HIDDEN, Action.KEEP: Outcome.KEPT}
_DESIRED = {Action.HIDE: Visibility.HIDDEN, Action.RESTORE: Visibility.VISIBLE}


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
    ground = check(decision, grounds.in_force(swedish_day(decision.decided_at)))
    stored = store.comment(decision.comment_id)
    verdict = store.verdict(decision.comment_id)
    receiver = find_receiver(decision.escalate_to, store.users())
    with store.transaction() as tx:
        _refuse_if_held(decision, tx)
        if not _change_item(decision, tx):
            raise AlreadyDecidedError
        entry = tx.append_to_log(
            _payload(decision, stored, verdict, ground), _texts(decision, stored)
        )
        _tell_the_source(entry, decision, stored.comment.ref, tx)
        tx.settle(decision.comment_id, by=decision.moderator)
        if decision.action is Action.ESCALATE:
            _assign(decision, receiver, answer_due, tx)
    return entry


def _tell_the_source(
    entry: LogEntry, decision: Decision, ref: CommentRef, tx: Transaction
) -> None:
    """Put the wish in the outbox, where it replaces what waited before."""
    if decision.action is Action.ESCALATE:
        return
    tx.supersede_deliveries(ref)
    desired = _DESIRED.get(decision.action)
    if desired is not None:
        tx.enqueue_delivery(entry, ref, desired, at=decision.decided_at)


def _refuse_if_held(decision: Decision, tx: Transaction) -> None:
    """Hold the item while deciding, so that nobody can take it in between."""
    if decision.action is Action.RESTORE:
        return
    lease = tx.hold(decision.comment_id, decision.moderator, at=decision.decided_at)
    if lease.holder != decision.moderator:
        raise HeldByOtherError


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


def _change_item(decision: Decision, tx: Transaction) -> bool:
    if decision.action is Action.RESTORE:
        return tx.restore_queue_item(decision.comment_id, at=decision.decided_at)
    escalates = decision.action is Action.ESCALATE
    return tx.close_queue_item(
        decision.comment_id,
        expected=decision.expected,
        status=QueueStatus.ESCALATED if escalates else QueueStatus.DECIDED,
        outcome=_OUTCOMES.get(decision.action, Outcome.NONE),
        at=decision.decided_at,
    )


def _payload(
    decision: Decision, stored: StoredComment, verdict: Verdict, ground: Ground | None
) -> Mapping[str, object]:
    """Return what is sealed: no free text, only codes, numbers and times."""
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
        "advice": _advice_payload(verdict),
    }


def _ground_payload(ground: Ground) -> dict[str, object]:
    return {
        "id": ground.id,
        "revision": ground.revision,
        "statute": ground.statute,
        "section": ground.section,
    }


def _advice_payload(verdict: Verdict) -> dict[str, object]:
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
    return {
        name: LogText(salt=secrets.token_hex(16), text=text)
        for name, text in texts.items()
        if text
    }
