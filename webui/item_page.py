"""All that the page about one comment shows."""

from dataclasses import dataclass

from moderation.domain.comment import CommentRef, StoredComment
from moderation.domain.delivery import Delivery
from moderation.domain.triage import Outcome, QueueItem, QueueStatus
from moderation.domain.user import Role
from moderation.domain.verdict import Verdict
from webui.log_rows import LogRow, display_names, log_row
from webui.services import services


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """One version of a comment, with what surrounds it and what has been done."""

    stored: StoredComment
    verdict: Verdict
    item: QueueItem | None
    above: list[StoredComment]
    below: list[StoredComment]
    other_versions: list[StoredComment]
    history: list[LogRow]
    deliveries: list[Delivery]
    receivers: list[str]
    """Whom one may escalate to, as suggestions."""

    @property
    def waits(self) -> bool:
        """Whether a person may decide on it now."""
        waiting = {QueueStatus.OPEN, QueueStatus.ESCALATED, QueueStatus.PARKED}
        return self.item is not None and self.item.status in waiting

    @property
    def is_hidden(self) -> bool:
        """Whether the last decision was to hide it."""
        return self.item is not None and self.item.outcome is Outcome.HIDDEN


def item_page(comment_id: int) -> ItemPage:
    """Gather the page about a comment, or raise NotFoundError."""
    store = services().store
    stored = store.comment(comment_id)
    ref = stored.comment.ref
    above, below = _around(stored, store.thread(stored))
    return ItemPage(
        stored=stored,
        verdict=store.verdict(comment_id),
        item=store.queue_item(comment_id),
        above=above,
        below=below,
        other_versions=[v for v in store.versions(ref) if v.id != comment_id],
        history=_history(ref),
        deliveries=store.deliveries(ref),
        receivers=_receivers(),
    )


def latest_entry(ref: CommentRef) -> LogRow | None:
    """Return what was last decided about a comment, or None."""
    decisions = [row for row in _history(ref) if row.about is None]
    return decisions[-1] if decisions else None


def _history(ref: CommentRef) -> list[LogRow]:
    names = display_names()
    return [log_row(entry, names) for entry in services().store.log_of(ref)]


def _around(
    stored: StoredComment, thread: list[StoredComment]
) -> tuple[list[StoredComment], list[StoredComment]]:
    """Return what was written before and after the comment in its thread."""
    ref = stored.comment.ref
    place = next((i for i, c in enumerate(thread) if c.comment.ref == ref), len(thread))
    return thread[:place], thread[place + 1 :]


def _receivers() -> list[str]:
    officers = [
        user.display_name
        for user in services().store.users()
        if user.role is Role.OFFICER and user.is_active
    ]
    functions = ["jurist", "registrator", "säkerhet", "dataskyddsombud", "chef"]
    return [*officers, *functions]
