"""What the page about one comment asks of the store, beside what all slices ask."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from moderation.domain.comment import CommentRef
from moderation.domain.erasure import Erasure
from moderation.domain.reveal import Reveal, RevealPlace
from moderation.domain.verdict import Verdict


class ItemReading(Protocol):
    """What is read."""

    def verdicts(self, comment_ids: Sequence[int]) -> Mapping[int, Verdict]:
        """Return the latest advice by comment id; what is not stored is left out."""
        ...

    def reveals(self, *, limit: int, before: int | None = None) -> list[Reveal]:
        """Return who looked at masked text, the newest first; numbered below before."""
        ...

    def erasure(self, ref: CommentRef) -> Erasure | None:
        """Return who erased a comment and when, or None."""
        ...

    def wipe(self) -> bool:
        """Overwrite what the database still keeps of what was erased.

        Rewrites the whole of a SQLite file: it may take minutes. False if another
        program stood in the way; then it can be tried again.
        """
        ...


class ItemChanging(Protocol):
    """What is changed."""

    def record_reveal(
        self, *, user: str, comment_id: int, place: RevealPlace, at: datetime
    ) -> None:
        """Note that somebody looked at masked text."""
        ...

    def remove_queue_item(self, comment_id: int, *, at: datetime) -> bool:
        """Mark a hidden comment's item as removed. False if it is not hidden."""
        ...

    def erase_comment(self, erasure: Erasure) -> bool:
        """Erase every text of a comment, wherever it stands, and settle its items.

        Its versions, advice, search words, drafts and notes go, and so do the free
        texts of its log entries: the chain holds only their digests. False if
        somebody was first. Its log entry must have been sealed before.
        """
        ...
