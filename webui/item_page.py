"""All that the page about one comment shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moderation.domain import labels
from moderation.domain.comment import CommentRef, StoredComment
from moderation.domain.delivery import Delivery
from moderation.domain.erasure import Erasure
from moderation.domain.finding import Finding
from moderation.domain.receivers import call_name, readers, who_see
from moderation.domain.triage import WAITING, Outcome, QueueItem
from moderation.domain.user import Role
from moderation.domain.verdict import Verdict
from webui.log_rows import LogRow, display_names, log_row
from webui.masking import findings_around, text_for_reader
from webui.services import services
from webui.version_diff import Stretch, version_diff


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
    found: Mapping[int, Sequence[Finding]]
    """What was found in the thread and in the other versions, by id."""
    erasure: Erasure | None
    """Who erased the text, if anybody did."""
    before: StoredComment | None
    """The version before this one."""
    changes: Sequence[Stretch]
    """What the edit since the version before changed, for this reader's eyes."""

    @property
    def waits(self) -> bool:
        """Whether a person may decide on it now."""
        return self.item is not None and self.item.status in WAITING

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
    verdict, versions = store.verdict(comment_id), store.versions(ref)
    found = findings_around([*above, *below, *versions])
    before = _before(stored, versions)
    return ItemPage(
        stored=stored,
        verdict=verdict,
        item=store.queue_item(comment_id),
        above=above,
        below=below,
        other_versions=[v for v in versions if v.id != comment_id],
        history=_history(ref),
        deliveries=store.deliveries(ref),
        receivers=_receivers(ref.channel),
        found=found,
        erasure=store.erasure(ref),
        before=before,
        changes=[] if before is None else _changes(before, stored, found),
    )


def _before(
    stored: StoredComment, versions: list[StoredComment]
) -> StoredComment | None:
    earlier = [one for one in versions if one.version < stored.version]
    return earlier[-1] if earlier else None


def _changes(
    before: StoredComment,
    stored: StoredComment,
    found: Mapping[int, Sequence[Finding]],
) -> list[Stretch]:
    texts = [
        text_for_reader(one.comment.text, found.get(one.id, []))
        for one in (before, stored)
    ]
    return version_diff(*texts) if texts[0] != texts[1] else []


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


def _receivers(channel: str) -> list[str]:
    """Return the officers first, then the functions, then everybody else."""
    users = readers(who_see(services().store.users(), channel))
    users.sort(key=lambda user: user.role is not Role.OFFICER)
    officers = sum(user.role is Role.OFFICER for user in users)
    names = [call_name(user) for user in users]
    return [*names[:officers], *labels.FUNCTION.values(), *names[officers:]]
