"""A person's act on a comment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from moderation.domain.errors import InvalidDecisionError, Problem
from moderation.domain.ground import Ground
from moderation.domain.triage import QueueStatus

MAX_TEXT: Final = 10_000
"""Characters in a free text of a decision."""


MIN_AGAINST_CRITICISM: Final = 100
"""Characters that a hiding needs where what was found is protected criticism."""
LONGEST_TEMPORARY: Final = timedelta(days=30)
TEMPORARY: Final = "tillfallig_dolj"
"""The ground that is no ground for ever: it always has a deadline."""
_GAP: Final = re.compile(r"###[^#\n]*###")
"""What somebody must put own words in the place of."""


class Action(StrEnum):
    """What a person may do."""

    HIDE = "hide"
    KEEP = "keep"
    ESCALATE = "escalate"
    RESTORE = "restore"
    REMOVE = "remove"
    """The graver step after HIDE: gone from the source for good."""
    ERASE = "erase"
    """Child abuse material, whose text is not kept, see moderation.erasing."""
    UNDO = "undo"
    """Take back a decision; made by naming its log entry, see moderation.undoing."""


WITH_GROUND: Final = frozenset({Action.HIDE, Action.REMOVE})
"""What cannot be done without a ground."""


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
    """The id of the one main ground; for HIDE and REMOVE."""
    reference: str = ""
    """The section or published rule, where the ground asks for it."""
    obvious: bool | None = None
    """«Uppenbart?», asked for grounds of 5 § lagen (1998:112)."""
    obvious_because: str = ""
    keep_reason: KeepReason | None = None
    escalate_to: str = ""
    """A person or a role."""
    reasons: str = ""
    covered: bool | None = None
    """«Omfattas meddelandet (2 §)?», put for grounds of 5 § lagen (1998:112)."""
    hide_until: datetime | None = None
    """When somebody must have decided again; only for HIDE."""

    @property
    def written(self) -> tuple[str, ...]:
        """Every free text."""
        return self.reasons, self.obvious_because, self.escalate_to, self.reference


def has_gap(text: str) -> bool:
    """Say whether a draft's «### fyll i ###» is still in a text."""
    return _GAP.search(text) is not None


def check(
    decision: Decision,
    in_force: Mapping[str, Ground],
    *,
    is_criticism: bool = False,
) -> Ground | None:
    """Return the ground of a complete decision, or None where it needs none.

    is_criticism says that the criticism lamp is lit for the comment. Raises
    InvalidDecisionError with the first Problem found.
    """
    if any(len(text) > MAX_TEXT for text in decision.written):
        raise InvalidDecisionError(Problem.TOO_LONG)
    if any(map(has_gap, decision.written)):
        raise InvalidDecisionError(Problem.GAP_LEFT)
    if decision.action in WITH_GROUND:
        ground = _check_hiding(decision, in_force)
        _check_deadline(decision)
        if is_criticism and len(decision.reasons.strip()) < MIN_AGAINST_CRITICISM:
            raise InvalidDecisionError(Problem.CRITICISM_NEEDS_MORE)
        return ground
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
    is_for_ever = decision.action is Action.REMOVE
    if ground is None or (is_for_ever and ground.id == TEMPORARY):
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
    if decision.covered is False:
        raise InvalidDecisionError(Problem.NOT_COVERED)
    if decision.obvious is None:
        raise InvalidDecisionError(Problem.NOT_ANSWERED_OBVIOUS)
    if not decision.obvious_because.strip():
        raise InvalidDecisionError(Problem.NO_OBVIOUS_SENTENCE)
    if not decision.obvious:
        raise InvalidDecisionError(Problem.NOT_OBVIOUS)


def _check_deadline(decision: Decision) -> None:
    """Let nothing be hidden for a time without an end, or for a time for ever."""
    until = decision.hide_until
    if until is None:
        if decision.ground == TEMPORARY:
            raise InvalidDecisionError(Problem.NO_DEADLINE)
        return
    latest = decision.decided_at + LONGEST_TEMPORARY
    if not decision.decided_at < until <= latest:
        raise InvalidDecisionError(Problem.DEADLINE_OUT_OF_RANGE)
