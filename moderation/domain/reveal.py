"""That somebody looked at what a list had masked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moderation.domain.comment import CommentRef


class RevealPlace(StrEnum):
    """Where the masked text stood."""

    QUEUE = "queue"
    PARKED = "parked"
    INBOX = "inbox"
    SEARCH = "search"
    LOG = "log"
    ENTRY = "entry"
    TASKS = "tasks"
    SIMILAR = "similar"
    EQUAL = "equal"
    THREAD = "thread"
    ITEM = "item"
    """The comment's own page, which readers see masked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """Who looked, when, at which comment and where. Never changed."""

    number: int
    user: str
    """A user name."""
    at: datetime
    comment_id: int
    ref: CommentRef
    place: RevealPlace
