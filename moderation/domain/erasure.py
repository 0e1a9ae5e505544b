"""Text that must not be kept: child abuse material."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from moderation.domain.comment import CommentRef

ERASED_TEXT: Final = "[Texten är raderad]"
"""Stands where the comment's text stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """That a comment was erased: who and when. Its texts are not taken in again."""

    ref: CommentRef
    entry_number: int
    """The sealed log entry."""
    user: str
    """A user name."""
    at: datetime
