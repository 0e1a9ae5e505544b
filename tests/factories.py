"""Values for tests, with defaults. Everything in them is invented."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from moderation.domain.category import CATEGORIES, Category
from moderation.domain.comment import Comment, CommentRef
from moderation.domain.finding import Detection, Finding, Span
from moderation.domain.invitation import VALID_FOR, Invitation
from moderation.domain.log_entry import LogText
from moderation.domain.user import Role, User
from moderation.domain.verdict import Assessed, Policy, Verdict, assess

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
"""Twelve o'clock in Sweden on a Monday."""

THREAT_TEXT = "Jag ska slå dig gul och blå när du kommer ut ur kommunhuset."
CLEAN_TEXT = "Tack för en fin lekplats vid Storgatan, barnen är där varje dag."


def a_comment(
    text: str = THREAT_TEXT,
    *,
    channel: str = "hemsidan",
    external_id: str = "1",
    **more: object,
) -> Comment:
    """Return a comment; more sets any of its other fields."""
    fields: dict[str, Any] = {
        "author": "Kommuninvånaren",
        "posted_at": NOON,
        "thread": "badhuset",
        "url": f"https://kommunen.example/kommentar/{external_id}",
        **more,
    }
    return Comment(ref=CommentRef(channel, external_id), text=text, **fields)


def a_finding(
    category: Category = Category.THREAT,
    *,
    start: int = 0,
    end: int = 15,
    confidence: float = 0.9,
    **more: str,
) -> Finding:
    """Return a finding; more sets source, explanation or variant."""
    fields = {
        "source": f"rule:{category.value}-exempel",
        "explanation": "Kan vara ett hot om våld mot en person.",
        **more,
    }
    return Finding(
        category=category, span=Span(start, end), confidence=confidence, **fields
    )


def a_verdict(
    *findings: Finding,
    not_assessed: Sequence[str] = (),
    ruleset: str = "regler-1",
    model: str = "modell-1",
) -> Verdict:
    """Return the advice that the findings lead to; a threat if none are given."""
    detection = Detection(
        findings=findings or (a_finding(),), not_assessed=tuple(not_assessed)
    )
    return assess(detection, Policy(), ruleset=ruleset, model=model)


def a_clean_verdict(*, ruleset: str = "regler-1", model: str = "modell-1") -> Verdict:
    """Return the advice to keep a comment."""
    scores = tuple(0.01 * position for position in range(len(CATEGORIES)))
    return assess(Detection(scores=scores), Policy(), ruleset=ruleset, model=model)


def an_unassessed_verdict() -> Verdict:
    """Return the advice to look at a comment only because something was not."""
    detection = Detection(not_assessed=("Klassificeraren svarade inte i tid.",))
    return assess(detection, Policy(), ruleset="regler-1", model="modell-1")


def an_assessed_comment(
    text: str = THREAT_TEXT,
    *,
    verdict: Verdict | None = None,
    channel: str = "hemsidan",
    external_id: str = "1",
    **more: object,
) -> Assessed:
    """Return a comment with advice, flagged as a threat if none is given."""
    comment = a_comment(text, channel=channel, external_id=external_id, **more)
    return Assessed(comment=comment, verdict=verdict or a_verdict())


def a_clean_comment(
    text: str = CLEAN_TEXT,
    *,
    channel: str = "hemsidan",
    external_id: str = "1",
    **more: object,
) -> Assessed:
    """Return a comment with the advice to keep it."""
    comment = a_comment(text, channel=channel, external_id=external_id, **more)
    return Assessed(comment=comment, verdict=a_clean_verdict())


def a_user(name: str = "eva", *, role: Role = Role.MODERATOR, **more: object) -> User:
    """Return a user. Eva and Bo moderate, Lena is the officer, Kim may only read."""
    fields: dict[str, Any] = {
        "display_name": name.capitalize(),
        "password_hash": "$argon2id$exempel",
        **more,
    }
    return User(name=name, role=role, **fields)


def an_invitation(name: str = "nils", **more: object) -> Invitation:
    """Return an invitation that Ada has made at noon."""
    fields: dict[str, Any] = {
        "display_name": name.capitalize(),
        "role": Role.MODERATOR,
        "digest": "0" * 64,
        "invited_by": "ada",
        "invited_at": NOON,
        "expires_at": NOON + VALID_FOR,
        **more,
    }
    return Invitation(name=name, **fields)


def a_payload(
    *, action: str = "hide", ground: str = "olaga_hot", **more: object
) -> dict[str, object]:
    """Return what a log entry seals; no ground where it is empty."""
    return {
        "action": action,
        "channel": "hemsidan",
        "external_id": "1",
        "ground": {"id": ground, "revision": 1} if ground else None,
        "moderator": "eva",
        "at": NOON.isoformat(),
        **more,
    }


def a_log_text(text: str = "Hot om våld mot en tjänsteperson.") -> LogText:
    """Return a free text of a log entry."""
    return LogText(salt="salt", text=text)
