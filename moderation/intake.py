"""From an incoming comment to stored advice."""

from collections.abc import Sequence

from moderation.domain.comment import Comment
from moderation.domain.ports import Clock, Detector, RecordTally, Store
from moderation.domain.verdict import Assessed, Policy, Verdict, assess


def receive(
    comment: Comment, *, detector: Detector, store: Store, policy: Policy, now: Clock
) -> Verdict:
    """Assess and record one comment."""
    [assessed] = assess_many([comment], detector=detector, policy=policy)
    record([assessed], store=store, now=now)
    return assessed.verdict


def assess_many(
    comments: Sequence[Comment], *, detector: Detector, policy: Policy
) -> list[Assessed]:
    """Give each comment a verdict. Pure, so that it can run in another process."""
    detections = detector.detect_many([comment.text for comment in comments])
    ruleset, model = detector.ruleset, detector.model
    return [
        Assessed(
            comment=comment,
            verdict=assess(detection, policy, ruleset=ruleset, model=model),
        )
        for comment, detection in zip(comments, detections, strict=True)
    ]


def record(assessed: Sequence[Assessed], *, store: Store, now: Clock) -> RecordTally:
    """Store a chunk whole: each text once, and what needs a person in the queue."""
    with store.transaction() as tx:
        return tx.record_many(assessed, received_at=now())
