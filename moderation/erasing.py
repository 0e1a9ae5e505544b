"""Child abuse material: nothing of the text is kept, only where, when and by whom."""

from collections.abc import Mapping
from datetime import datetime

from moderation.domain.comment import StoredComment
from moderation.domain.decision import Action
from moderation.domain.delivery import Visibility
from moderation.domain.erasure import Erasure
from moderation.domain.errors import AlreadyDecidedError
from moderation.domain.log_entry import LogEntry
from moderation.domain.ports import Store


def erase(comment_id: int, *, user: str, store: Store, at: datetime) -> LogEntry:
    """Erase a comment's texts in one transaction, and return the log entry of it.

    All versions go. The entry holds no text; removing it from the source becomes a
    task. Raises AlreadyDecidedError if it is erased already, NotFoundError.
    """
    stored = store.comment(comment_id)
    ref = stored.comment.ref
    if store.erasure(ref) is not None:
        raise AlreadyDecidedError
    with store.transaction() as tx:
        entry = tx.append_to_log(_payload(stored, user, at), {})
        erasure = Erasure(ref=ref, entry_number=entry.number, user=user, at=at)
        if not tx.erase_comment(erasure):
            raise AlreadyDecidedError
        tx.supersede_deliveries(ref)
        tx.enqueue_delivery(entry, ref, Visibility.REMOVED, at=at)
    return entry


def _payload(stored: StoredComment, user: str, at: datetime) -> Mapping[str, object]:
    """Return what is sealed: no text, no name but the user's, no advice."""
    ref = stored.comment.ref
    return {
        "action": Action.ERASE.value,
        "at": at.isoformat(),
        "moderator": user,
        "channel": ref.channel,
        "external_id": ref.external_id,
        "version": stored.version,
        "comment_id": stored.id,
        "ground": None,
        "cause": "child_abuse_material",
    }
