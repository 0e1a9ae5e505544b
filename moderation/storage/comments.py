"""Reads stored comments and the advice on them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from moderation.domain.category import Category
from moderation.domain.comment import Comment, CommentRef, StoredComment
from moderation.domain.errors import NotFoundError
from moderation.domain.finding import Finding, Span
from moderation.domain.verdict import Verdict
from moderation.storage.bulk import Values, to_json
from moderation.storage.distinct import distinct_values
from moderation.storage.tables import comments, verdicts
from moderation.storage.types import AnyRow

VERDICT_COLUMNS: Final = (
    verdicts.c.recommendation,
    verdicts.c.score,
    verdicts.c.scores,
    verdicts.c.findings,
    verdicts.c.not_assessed,
    verdicts.c.ruleset,
    verdicts.c.model,
)

_said_at: Final = func.coalesce(comments.c.posted_at, comments.c.received_at)


def comment(connection: Connection, comment_id: int) -> StoredComment:
    """Return one version of a comment, or raise NotFoundError."""
    query = select(comments).where(comments.c.id == comment_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise _not_found(comment_id)
    return to_stored(row)


def verdict(connection: Connection, comment_id: int) -> Verdict:
    """Return the latest advice on it, or raise NotFoundError."""
    query = select(*VERDICT_COLUMNS).where(verdicts.c.comment_id == comment_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise _not_found(comment_id)
    return to_verdict(row)


def verdicts_of(
    connection: Connection, comment_ids: Sequence[int]
) -> dict[int, Verdict]:
    """Return the latest advice by comment id; what is not stored is left out."""
    if not comment_ids:
        return {}
    query = select(verdicts.c.comment_id, *VERDICT_COLUMNS)
    found = query.where(verdicts.c.comment_id.in_(comment_ids))
    return {row.comment_id: to_verdict(row) for row in connection.execute(found)}


def versions(connection: Connection, ref: CommentRef) -> list[StoredComment]:
    """Return every version of a comment, oldest first."""
    query = select(comments).where(is_about(ref)).order_by(comments.c.version)
    return [to_stored(row) for row in connection.execute(query)]


def thread(
    connection: Connection, stored: StoredComment, *, limit: int
) -> list[StoredComment]:
    """Return current comments of the same thread, those nearest in time."""
    if not stored.comment.thread:
        return [stored]
    at = _time(stored)
    around = [
        to_stored(row)
        for query in _neighbours(stored, at)
        for row in connection.execute(query.limit(limit - 1))
    ]
    around.sort(key=lambda other: abs(_time(other) - at))
    return sorted([stored, *around[: limit - 1]], key=lambda c: (_time(c), c.id))


def comments_after(
    connection: Connection, comment_id: int, *, limit: int, since: datetime | None
) -> list[tuple[StoredComment, Verdict]]:
    """Return a chunk of the archive by rising id, with the advice so far."""
    query = (
        select(comments, *VERDICT_COLUMNS)
        .join(verdicts, verdicts.c.comment_id == comments.c.id)
        .where(comments.c.id > comment_id, *_current(since))
        .order_by(comments.c.id)
        .limit(limit)
    )
    return [(to_stored(row), to_verdict(row)) for row in connection.execute(query)]


def count_comments(connection: Connection, *, since: datetime | None) -> int:
    """Return how many current comments there are."""
    query = select(func.count()).select_from(comments).where(*_current(since))
    return connection.scalar(query) or 0


def channels(connection: Connection) -> list[str]:
    """Return the channels that have comments, sorted."""
    return distinct_values(connection, comments.c.channel)


def to_stored(row: AnyRow) -> StoredComment:
    """Return a row of comments as a value."""
    return StoredComment(
        id=row.id,
        comment=Comment(
            ref=CommentRef(row.channel, row.external_id),
            text=row.text,
            author=row.author,
            posted_at=row.posted_at,
            thread=row.thread,
            parent=row.parent,
            url=row.url,
        ),
        version=row.version,
        received_at=row.received_at,
        is_current=row.is_current,
    )


def to_verdict(row: AnyRow) -> Verdict:
    """Return a row of verdicts as a value."""
    return Verdict(
        recommendation=row.recommendation,
        score=row.score,
        scores=tuple(row.scores),
        findings=tuple(map(_to_finding, row.findings)),
        not_assessed=tuple(row.not_assessed),
        ruleset=row.ruleset,
        model=row.model,
    )


def from_verdict(given: Verdict) -> Values:
    """Return a verdict as values for VERDICT_COLUMNS."""
    return {
        "recommendation": given.recommendation.value,
        "score": given.score,
        "scores": to_json(given.scores),
        "findings": to_json([_from_finding(found) for found in given.findings]),
        "not_assessed": to_json(given.not_assessed),
        "ruleset": given.ruleset,
        "model": given.model,
    }


def _to_finding(stored: Mapping[str, Any]) -> Finding:
    return Finding(
        category=Category(stored["category"]),
        source=stored["source"],
        confidence=stored["confidence"],
        explanation=stored["explanation"],
        span=Span(stored["start"], stored["end"]),
        variant=stored["variant"],
    )


def _from_finding(finding: Finding) -> dict[str, object]:
    return {
        "category": finding.category.value,
        "source": finding.source,
        "confidence": finding.confidence,
        "explanation": finding.explanation,
        "start": finding.span.start,
        "end": finding.span.end,
        "variant": finding.variant,
    }


def is_about(ref: CommentRef) -> ColumnElement[bool]:
    """Return the condition that a version is of this comment."""
    return and_(
        comments.c.channel == ref.channel, comments.c.external_id == ref.external_id
    )


def _current(since: datetime | None) -> list[ColumnElement[bool]]:
    if since is None:
        return [comments.c.is_current]
    return [comments.c.is_current, comments.c.received_at >= since]


def _time(stored: StoredComment) -> datetime:
    return stored.comment.posted_at or stored.received_at


def _neighbours(stored: StoredComment, at: datetime) -> list[Select[Any]]:
    """Return one query for what came before and one for what came after."""
    ref = stored.comment.ref
    others = select(comments).where(
        comments.c.is_current,
        comments.c.channel == ref.channel,
        comments.c.thread == stored.comment.thread,
        comments.c.external_id != ref.external_id,
    )
    same_time = _said_at == at
    before = or_(_said_at < at, and_(same_time, comments.c.id < stored.id))
    after = or_(_said_at > at, and_(same_time, comments.c.id > stored.id))
    return [
        others.where(before).order_by(_said_at.desc(), comments.c.id.desc()),
        others.where(after).order_by(_said_at, comments.c.id),
    ]


def _not_found(comment_id: int) -> NotFoundError:
    return NotFoundError(
        f"Kommentar {comment_id} finns inte: gå tillbaka och välj en annan i listan."
    )
