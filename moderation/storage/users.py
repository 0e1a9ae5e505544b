"""Who may sign in."""

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from moderation.domain.errors import UppsiktError
from moderation.domain.user import User
from moderation.storage.tables import users as table
from moderation.storage.types import AnyRow


def add_user(connection: Connection, user: User) -> None:
    """Add a user, or raise UppsiktError if the name is taken."""
    row = {
        "name": user.name,
        "display_name": user.display_name,
        "role": user.role,
        "password_hash": user.password_hash,
        "is_active": user.is_active,
    }
    try:
        connection.execute(insert(table).values(row))
    except IntegrityError as error:
        msg = f"Användarnamnet {user.name} är upptaget: välj ett annat."
        raise UppsiktError(msg) from error


def user(connection: Connection, name: str) -> User | None:
    """Return a user by name, or None."""
    row = connection.execute(select(table).where(table.c.name == name)).one_or_none()
    return None if row is None else _to_user(row)


def users(connection: Connection) -> list[User]:
    """Return all users, by name."""
    rows = connection.execute(select(table))
    return sorted(map(_to_user, rows), key=lambda one: one.name)


def _to_user(row: AnyRow) -> User:
    return User(
        name=row.name,
        display_name=row.display_name,
        role=row.role,
        password_hash=row.password_hash,
        is_active=row.is_active,
    )
