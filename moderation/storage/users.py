"""Who may sign in."""

from typing import Final

from sqlalchemy import Connection, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from moderation.domain.errors import UppsiktError
from moderation.domain.user import User, refuse_reserved
from moderation.storage.account_tables import second_factor_roles, second_factors
from moderation.storage.tables import users as table
from moderation.storage.types import AnyRow

_HAS_SECOND_FACTOR: Final = exists().where(
    second_factors.c.name == table.c.name, second_factors.c.confirmed_at.is_not(None)
)
_ROLE_DEMANDS: Final = table.c.role.in_(select(second_factor_roles.c.role))
_USERS: Final = select(
    table,
    _HAS_SECOND_FACTOR.label("has_second_factor"),
    _ROLE_DEMANDS.label("role_demands_second_factor"),
)


def add_user(connection: Connection, user: User) -> None:
    """Add a user, or raise UppsiktError if the name is taken or not to be had."""
    refuse_reserved(user.name)
    try:
        connection.execute(insert(table).values(_to_row(user)))
    except IntegrityError as error:
        msg = f"Användarnamnet {user.name} är upptaget: välj ett annat."
        raise UppsiktError(msg) from error


def save_user(connection: Connection, user: User) -> None:
    """Store a user's fields anew."""
    connection.execute(
        update(table).where(table.c.name == user.name).values(_to_row(user))
    )


def user(connection: Connection, name: str) -> User | None:
    """Return a user by name, or None."""
    row = connection.execute(_USERS.where(table.c.name == name)).one_or_none()
    return None if row is None else _to_user(row)


def users(connection: Connection) -> list[User]:
    """Return all users, by name."""
    rows = connection.execute(_USERS)
    return sorted(map(_to_user, rows), key=lambda one: one.name)


def _to_row(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "display_name": user.display_name,
        "role": user.role,
        "password_hash": user.password_hash,
        "is_active": user.is_active,
        "must_change_password": user.must_change_password,
        "session_generation": user.session_generation,
        "demands_second_factor": user.demands_second_factor,
        "channels": sorted(user.channels),
        "language": user.language,
    }


def _to_user(row: AnyRow) -> User:
    return User(
        name=row.name,
        display_name=row.display_name,
        role=row.role,
        password_hash=row.password_hash,
        is_active=row.is_active,
        must_change_password=row.must_change_password,
        session_generation=row.session_generation,
        demands_second_factor=row.demands_second_factor,
        role_demands_second_factor=row.role_demands_second_factor,
        has_second_factor=row.has_second_factor,
        channels=frozenset(row.channels),
        language=row.language,
    )
