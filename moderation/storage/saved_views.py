"""Views that people save of the queue."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from moderation.domain.errors import NotFoundError, UppsiktError
from moderation.domain.watch import MAX_VIEWS, SavedView
from moderation.storage.types import AnyRow
from moderation.storage.work_tables import saved_views as table


def add_view(
    connection: Connection,
    *,
    owner: str,
    name: str,
    query: Mapping[str, str],
    is_shared: bool,
) -> int:
    """Save a view and return its id. See QueueChanging."""
    own = select(func.count()).select_from(table).where(table.c.owner == owner)
    if (connection.scalar(own) or 0) >= MAX_VIEWS:
        msg = f"Du har redan {MAX_VIEWS} vyer: ta bort en som du inte använder."
        raise UppsiktError(msg)
    row = {"owner": owner, "name": name, "query": dict(query), "is_shared": is_shared}
    try:
        added = connection.execute(insert(table).values(row).returning(table.c.id))
        return int(added.scalar_one())
    except IntegrityError as error:
        raise _taken(name) from error


def change_view(
    connection: Connection, view_id: int, *, name: str, is_shared: bool
) -> None:
    """Rename a view, share it or no longer; UppsiktError if the name is taken."""
    changing = update(table).where(table.c.id == view_id)
    try:
        connection.execute(changing.values(name=name, is_shared=is_shared))
    except IntegrityError as error:
        raise _taken(name) from error


def delete_view(connection: Connection, view_id: int) -> None:
    """Forget a view."""
    connection.execute(delete(table).where(table.c.id == view_id))


def saved_views(connection: Connection, user: str) -> list[SavedView]:
    """Return a user's own views and the shared ones, by name."""
    query = select(table).where(or_(table.c.owner == user, table.c.is_shared))
    views = map(_to_view, connection.execute(query))
    return sorted(views, key=lambda view: (view.name.lower(), view.id))


def saved_view(connection: Connection, view_id: int) -> SavedView:
    """Return a view, or raise NotFoundError."""
    query = select(table).where(table.c.id == view_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        msg = f"Vy {view_id} finns inte: gå till kön och välj en annan."
        raise NotFoundError(msg)
    return _to_view(row)


def _taken(name: str) -> UppsiktError:
    return UppsiktError(f"Du har redan en vy som heter {name}: välj ett annat namn.")


def _to_view(row: AnyRow) -> SavedView:
    return SavedView(
        id=row.id,
        owner=row.owner,
        name=row.name,
        query=row.query,
        is_shared=row.is_shared,
    )
