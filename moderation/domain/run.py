"""The night's work through the archive."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTally:
    """What a run has met so far."""

    seen: int = 0
    newly_flagged: int = 0
    changed: int = 0
    """The advice or its findings differ from before, newly flagged included."""
    failed: int = 0
    """Comments of chunks that could not be assessed or stored."""

    def __add__(self, other: "RunTally") -> "RunTally":
        return RunTally(
            seen=self.seen + other.seen,
            newly_flagged=self.newly_flagged + other.newly_flagged,
            changed=self.changed + other.changed,
            failed=self.failed + other.failed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One rescan of the archive, resumable from its checkpoint."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    since: datetime | None
    ruleset: str
    model: str
    last_comment_id: int
    """All comments up to this one are done."""
    tally: RunTally
