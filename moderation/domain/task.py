"""A wish in the outbox that a person has to carry out by hand."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from moderation.domain.delivery import Delivery, Visibility
from moderation.domain.errors import UppsiktError

MAX_NOTE: Final = 500
"""Characters in the sentence about what was seen, or why it could not be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A delivery with all that is needed to carry it out and to show it."""

    delivery: Delivery
    comment_id: int | None
    """The current version of the comment; None where it is stored no longer."""
    text: str
    url: str
    decided_by: str
    decided_at: datetime | None
    """None where somebody has damaged the entry."""
    ground: str
    """The id of the ground that was decided on; empty where there is none."""

    @property
    def removes(self) -> bool:
        """Whether the comment is to be gone from the source for good."""
        return self.delivery.desired is Visibility.REMOVED

    @property
    def hides(self) -> bool:
        """Whether the comment is to be hidden; otherwise it is to be shown."""
        return self.delivery.desired is Visibility.HIDDEN


class NoteProblem(StrEnum):
    """What is wrong with the sentence."""

    MISSING = "missing"
    TOO_LONG = "too_long"


class InvalidNoteError(UppsiktError):
    """The sentence that a person must write is missing or too long."""

    def __init__(self, problem: NoteProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class TaskChangedError(UppsiktError):
    """Somebody else has handled the task since it was read."""

    def __init__(self) -> None:
        super().__init__("Någon annan har redan hanterat uppgiften. Ladda om sidan.")


def checked_note(note: str) -> str:
    """Return the sentence without its edges, or raise InvalidNoteError."""
    sentence = note.strip()
    if not sentence:
        raise InvalidNoteError(NoteProblem.MISSING)
    if len(sentence) > MAX_NOTE:
        raise InvalidNoteError(NoteProblem.TOO_LONG)
    return sentence
