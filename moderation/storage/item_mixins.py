"""The parts of the store and of a change that the page about one comment needs."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine

from moderation.domain.comment import CommentRef
from moderation.domain.erasure import Erasure
from moderation.domain.reveal import Reveal, RevealPlace
from moderation.domain.triage import Outcome
from moderation.domain.verdict import Verdict
from moderation.storage import comments, erasing, queue_items, reveals
from moderation.storage.reading import Reading


class ItemReads(Reading):
    """What the port ItemReading promises."""

    _engine: Engine

    def verdicts(self, comment_ids: Sequence[int]) -> Mapping[int, Verdict]:
        """Return the latest advice by comment id; what is not stored is left out."""
        with self._reading() as connection:
            return comments.verdicts_of(connection, comment_ids)

    def reveals(self, *, limit: int, before: int | None = None) -> list[Reveal]:
        """Return who looked at masked text, the newest first; numbered below before."""
        with self._reading() as connection:
            return reveals.reveals(connection, limit=limit, before=before)

    def erasure(self, ref: CommentRef) -> Erasure | None:
        """Return who erased a comment and when, or None."""
        with self._reading() as connection:
            return erasing.erasure(connection, ref)

    def wipe(self) -> bool:
        """Overwrite what the database still keeps of what was erased."""
        return erasing.wipe(self._engine)


class ItemChanges:
    """What the port ItemChanging promises."""

    _connection: Connection

    def record_reveal(
        self, *, user: str, comment_id: int, place: RevealPlace, at: datetime
    ) -> None:
        """Note that somebody looked at masked text."""
        reveals.record_reveal(
            self._connection, user=user, comment_id=comment_id, place=place, at=at
        )

    def remove_queue_item(self, comment_id: int, *, at: datetime) -> bool:
        """Mark a hidden comment's item as removed. False if it is not hidden."""
        return queue_items.leave_hidden(
            self._connection, comment_id, Outcome.REMOVED, at=at
        )

    def erase_comment(self, erasure: Erasure) -> bool:
        """Erase every text of a comment. False if somebody was first."""
        return erasing.erase_comment(self._connection, erasure)
