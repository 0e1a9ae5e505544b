"""Stores comments in bulk and queues what is flagged."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, insert, select, update

from moderation.domain.comment import CommentRef
from moderation.domain.ports import RecordTally
from moderation.domain.search import SearchKind
from moderation.domain.triage import QueueStatus
from moderation.domain.verdict import Assessed, Recommendation
from moderation.storage.bulk import Values, next_ids, run_many
from moderation.storage.comments import from_verdict
from moderation.storage.erasing import erased_among
from moderation.storage.locks import Lock, wait_for
from moderation.storage.queue_items import move_many, new_item
from moderation.storage.search_index import document, index_documents
from moderation.storage.tables import comments, queue_items, verdicts
from moderation.storage.types import AnyRow, utc_text

_CHUNK: Final = 2_000
"""Comments a statement. Well below SQLite's limit of 32,766 values."""


@dataclass(slots=True, kw_only=True)
class _Version:
    """A text of a comment, as it comes to stand while a chunk is read.

    Not frozen: the same comment may occur many times in a chunk.
    """

    number: int
    digest: str
    is_flagged: bool
    is_current: bool = False
    status: QueueStatus | None = None
    """Where its item in the queue stands, if it has one."""
    id: int = 0
    """0 until it is stored."""
    was_current: bool = False
    old_status: QueueStatus | None = None


@dataclass(slots=True)
class _History:
    """The versions of one comment, by the digest of their texts."""

    versions: dict[str, _Version] = field(default_factory=dict)

    def receive(self, digest: str, *, is_flagged: bool) -> _Version | None:
        """Take in a text, and return the version it makes if it is a new one."""
        known = self.versions.get(digest)
        if known is not None:
            self._show(known)
            return None
        number = 1 + max((v.number for v in self.versions.values()), default=0)
        new = _Version(number=number, digest=digest, is_flagged=is_flagged)
        new.status = QueueStatus.OPEN if is_flagged else None
        self.versions[digest] = new
        self._show(new)
        return new

    def _show(self, shown: _Version) -> None:
        """Let one version be the current one, and the one that waits if any does.

        Where an edit is taken back, the item that it superseded waits again.
        """
        if shown.is_current:
            return
        if shown.status is QueueStatus.SUPERSEDED and shown.is_flagged:
            shown.status = QueueStatus.OPEN
        for version in self.versions.values():
            version.is_current = version is shown
            if shown.status is not None and version is not shown:
                _supersede(version)


def _supersede(version: _Version) -> None:
    if version.status is QueueStatus.OPEN:
        version.status = QueueStatus.SUPERSEDED


_New = tuple[_Version, Assessed]


def record_many(
    connection: Connection, assessed: Sequence[Assessed], *, received_at: datetime
) -> RecordTally:
    """Store comments in bulk and queue what is flagged. See Transaction."""
    wait_for(Lock.COMMENTS, connection)
    tally = RecordTally()
    for start in range(0, len(assessed), _CHUNK):
        chunk = assessed[start : start + _CHUNK]
        tally += _record_chunk(connection, chunk, received_at=received_at)
    return tally


def _record_chunk(
    connection: Connection, received: Sequence[Assessed], *, received_at: datetime
) -> RecordTally:
    erased = erased_among(connection, {item.comment.ref for item in received})
    chunk = [item for item in received if item.comment.ref not in erased]
    histories = _histories(connection, {item.comment.ref for item in chunk})
    stored = [v for h in histories.values() for v in h.versions.values()]
    new = list(_new_versions(chunk, histories))
    _write_changes(connection, stored)
    _insert(connection, new, received_at)
    return RecordTally(
        new=len(new),
        known=len(received) - len(new),
        queued=sum(version.is_flagged for version, _ in new),
    )


def _histories(
    connection: Connection, refs: Collection[CommentRef]
) -> defaultdict[CommentRef, _History]:
    """Return what is stored about the comments of a chunk."""
    histories: defaultdict[CommentRef, _History] = defaultdict(_History)
    by_channel: defaultdict[str, list[str]] = defaultdict(list)
    for ref in refs:
        by_channel[ref.channel].append(ref.external_id)
    for channel, external_ids in by_channel.items():
        for row in connection.execute(_stored(channel, external_ids)):
            ref = CommentRef(channel, row.external_id)
            histories[ref].versions[row.text_sha256] = _to_version(row)
    return histories


def _stored(channel: str, external_ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            comments.c.external_id,
            comments.c.id,
            comments.c.version,
            comments.c.text_sha256,
            comments.c.is_current,
            verdicts.c.recommendation,
            queue_items.c.status,
        )
        .join(verdicts, verdicts.c.comment_id == comments.c.id)
        .outerjoin(queue_items, queue_items.c.comment_id == comments.c.id)
        .where(comments.c.channel == channel, comments.c.external_id.in_(external_ids))
    )


def _to_version(row: AnyRow) -> _Version:
    return _Version(
        number=row.version,
        digest=row.text_sha256,
        is_flagged=row.recommendation is Recommendation.REVIEW,
        is_current=row.is_current,
        status=row.status,
        id=row.id,
        was_current=row.is_current,
        old_status=row.status,
    )


def _new_versions(
    chunk: Sequence[Assessed], histories: defaultdict[CommentRef, _History]
) -> Iterator[_New]:
    for item in chunk:
        digest = hashlib.sha256(item.comment.text.encode()).hexdigest()
        history = histories[item.comment.ref]
        version = history.receive(digest, is_flagged=item.verdict.is_flagged)
        if version is not None:
            yield version, item


def _write_changes(connection: Connection, stored: Sequence[_Version]) -> None:
    """Write which of the stored versions are current now, and which wait."""
    for is_current in (False, True):
        turned = [
            v.id
            for v in stored
            if v.is_current is is_current and v.was_current is not is_current
        ]
        if turned:
            connection.execute(
                update(comments)
                .where(comments.c.id.in_(turned))
                .values(is_current=is_current)
            )
    for old, new in (
        (QueueStatus.OPEN, QueueStatus.SUPERSEDED),
        (QueueStatus.SUPERSEDED, QueueStatus.OPEN),
    ):
        moved = [v.id for v in stored if v.old_status is old and v.status is new]
        move_many(connection, moved, expected=old, status=new)


def _insert(connection: Connection, new: Sequence[_New], received_at: datetime) -> None:
    if not new:
        return
    ids = next_ids(connection, comments, len(new))
    for comment_id, (version, _) in zip(ids, new, strict=True):
        version.id = comment_id
    at = utc_text(received_at)
    run_many(connection, insert(comments), [_comment_row(v, i, at) for v, i in new])
    run_many(connection, insert(verdicts), [_verdict_row(v, i, at) for v, i in new])
    index_documents(connection, [_document(v, i, received_at) for v, i in new])
    items = [
        new_item(
            version.id,
            channel=item.comment.ref.channel,
            verdict=item.verdict,
            status=version.status,
            at=received_at,
        )
        for version, item in new
        if version.status is not None
    ]
    run_many(connection, insert(queue_items), items)


def _comment_row(version: _Version, item: Assessed, received_at: str | None) -> Values:
    comment = item.comment
    return {
        "id": version.id,
        "channel": comment.ref.channel,
        "external_id": comment.ref.external_id,
        "version": version.number,
        "text": comment.text,
        "text_sha256": version.digest,
        "author": comment.author,
        "posted_at": utc_text(comment.posted_at),
        "thread": comment.thread,
        "parent": comment.parent,
        "url": comment.url,
        "received_at": received_at,
        "is_current": version.is_current,
    }


def _verdict_row(version: _Version, item: Assessed, at: str | None) -> Values:
    return {
        "comment_id": version.id,
        **from_verdict(item.verdict),
        "assessed_at": at,
    }


def _document(version: _Version, item: Assessed, received_at: datetime) -> Values:
    comment = item.comment
    return document(
        SearchKind.COMMENT,
        version.id,
        at=comment.posted_at or received_at,
        comment_id=version.id,
        channel=comment.ref.channel,
        text=comment.text,
    )
