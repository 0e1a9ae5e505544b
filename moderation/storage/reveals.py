"""Who looked at masked text."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from moderation.domain.comment import CommentRef
from moderation.domain.reveal import Reveal, RevealPlace
from moderation.storage.item_tables import reveals as table
from moderation.storage.tables import comments
from moderation.storage.types import AnyRow


def record_reveal(
    connection: Connection,
    *,
    user: str,
    comment_id: int,
    place: RevealPlace,
    at: datetime,
) -> None:
    """Note that somebody looked at masked text."""
    connection.execute(
        insert(table).values(user_name=user, comment_id=comment_id, place=place, at=at)
    )


def reveals(connection: Connection, *, limit: int, before: int | None) -> list[Reveal]:
    """Return who looked at masked text, the newest first; numbered below before."""
    query = (
        select(table, comments.c.channel, comments.c.external_id)
        .join(comments, comments.c.id == table.c.comment_id)
        .order_by(table.c.number.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(table.c.number < before)
    return [_to_reveal(row) for row in connection.execute(query)]


def _to_reveal(row: AnyRow) -> Reveal:
    return Reveal(
        number=row.number,
        user=row.user_name,
        at=row.at,
        comment_id=row.comment_id,
        ref=CommentRef(row.channel, row.external_id),
        place=row.place,
    )
