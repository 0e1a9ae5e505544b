"""A comment as somebody wrote it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CommentRef:
    """The name of a comment at its source: the channel and the source's own id."""

    channel: str
    external_id: str

    def __str__(self) -> str:
        return f"{self.channel}/{self.external_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment, verbatim. The text is never altered after intake."""

    ref: CommentRef
    text: str
    author: str = ""
    posted_at: datetime | None = None
    """UTC. None where the source gave no date, or one that could not be read."""
    thread: str = ""
    parent: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredComment:
    """One version of a comment in the archive."""

    id: int
    comment: Comment
    version: int
    """1 for the text first seen; an edit at the source is the next number."""
    received_at: datetime
    is_current: bool
    """Whether this is the text that the source showed when it was last read."""
