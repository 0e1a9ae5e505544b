"""A person's act on a comment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from moderation.domain.errors import InvalidDecisionError, Problem
from moderation.domain.ground import Ground
from moderation.domain.triage import QueueStatus

MAX_TEXT: Final = 10_000
"""Characters in a free text of a decision."""


class Action(StrEnum):
    """What a person may do."""

    HIDE = "hide"
    KEEP = "keep"
    ESCALATE = "escalate"
    RESTORE = "restore"


class KeepReason(StrEnum):
    """Why a comment may stay. One key each."""

    CRITICISM = "criticism"
    OPINION = "opinion"
    QUOTE = "quote"
    HARMLESS = "harmless"
    NOT_OBVIOUS = "not_obvious"
    PUBLIC_ROLE = "public_role"
    WRONG_FINDING = "wrong_finding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one person decided about one version of a comment, and why."""

    comment_id: int
    action: Action
    moderator: str
    decided_at: datetime
    expected: QueueStatus = QueueStatus.OPEN
    """The status the person saw; if it has changed since, the decision is refused."""
    ground: str = ""
    """The id of the one main ground; only for HIDE."""
    reference: str = ""
    """The section or published rule, where the ground asks for it."""
    obvious: bool | None = None
    """«Uppenbart?», asked for grounds of 5 § lagen (1998:112)."""
    obvious_because: str = ""
    keep_reason: KeepReason | None = None
    escalate_to: str = ""
    """A person or a role."""
    reasons: str = ""


def check(decision: Decision, in_force: Mapping[str, Ground]) -> Ground | None:
    """Return the ground of a complete decision, or None where it needs none.

    Raises InvalidDecisionError with the first Problem found.
    """
    texts = (decision.reasons, decision.obvious_because, decision.escalate_to)
    if any(len(text) > MAX_TEXT for text in (*texts, decision.reference)):
        raise InvalidDecisionError(Problem.TOO_LONG)
    if decision.action is Action.HIDE:
        return _check_hiding(decision, in_force)
    if decision.ground:
        raise InvalidDecisionError(Problem.GROUND_NOT_ALLOWED)
    if decision.action is Action.KEEP and decision.keep_reason is None:
        raise InvalidDecisionError(Problem.NO_KEEP_REASON)
    if decision.action is Action.ESCALATE and not decision.escalate_to.strip():
        raise InvalidDecisionError(Problem.NO_RECEIVER)
    if decision.action is not Action.KEEP and not decision.reasons.strip():
        raise InvalidDecisionError(Problem.NO_REASONS)
    return None


def _check_hiding(decision: Decision, in_force: Mapping[str, Ground]) -> Ground:
    if not decision.ground:
        raise InvalidDecisionError(Problem.NO_GROUND)
    ground = in_force.get(decision.ground)
    if ground is None:
        raise InvalidDecisionError(Problem.GROUND_NOT_IN_FORCE)
    if ground.needs_reference and not decision.reference.strip():
        raise InvalidDecisionError(Problem.NO_REFERENCE)
    if ground.in_bbs_5:
        _check_obvious(decision)
    if not decision.reasons.strip():
        raise InvalidDecisionError(Problem.NO_REASONS)
    return ground


def _check_obvious(decision: Decision) -> None:
    """Ask for the answer that 5 § lagen (1998:112) turns on, and why.

    The duty covers what is obvious; a doubtful case goes to a second reader
    (NJA 2007 s. 805).
    """
    if decision.obvious is None:
        raise InvalidDecisionError(Problem.NOT_ANSWERED_OBVIOUS)
    if not decision.obvious_because.strip():
        raise InvalidDecisionError(Problem.NO_OBVIOUS_SENTENCE)
    if not decision.obvious:
        raise InvalidDecisionError(Problem.NOT_OBVIOUS)
