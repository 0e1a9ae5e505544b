"""Keys and recovery codes for signing in in two steps."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from moderation.domain.account import SecondFactor
from moderation.domain.user import Role
from moderation.storage.account_tables import recovery_codes, second_factor_roles
from moderation.storage.account_tables import second_factors as table


def second_factor(connection: Connection, name: str) -> SecondFactor | None:
    """Return a user's key, confirmed or not, or None."""
    codes = select(func.count()).where(recovery_codes.c.name == name).scalar_subquery()
    row = connection.execute(
        select(table, codes.label("codes_left")).where(table.c.name == name)
    ).one_or_none()
    if row is None:
        return None
    return SecondFactor(
        name=row.name,
        key=row.key,
        is_confirmed=row.confirmed_at is not None,
        codes_left=row.codes_left,
    )


def add_key(connection: Connection, name: str, key: str) -> None:
    """Add a key that is still to be confirmed."""
    connection.execute(insert(table).values(name=name, key=key, last_step=0))


def confirm(connection: Connection, name: str, *, at: datetime) -> None:
    """Let the key count."""
    connection.execute(
        update(table).where(table.c.name == name).values(confirmed_at=at)
    )


def replace_codes(connection: Connection, name: str, digests: Sequence[str]) -> None:
    """Replace the recovery codes."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.name == name))
    rows = [{"name": name, "digest": digest} for digest in digests]
    connection.execute(insert(recovery_codes), rows)


def remove(connection: Connection, name: str) -> None:
    """Remove key and recovery codes, if there are any."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.name == name))
    connection.execute(delete(table).where(table.c.name == name))


def use_step(connection: Connection, name: str, step: int) -> bool:
    """Use up a code's time step. False if it or a later one was used before."""
    used = connection.execute(
        update(table)
        .where(table.c.name == name, table.c.last_step < step)
        .values(last_step=step)
    )
    return used.rowcount == 1


def use_code(connection: Connection, name: str, digest: str) -> bool:
    """Use up a recovery code. False if it does not exist any more."""
    used = connection.execute(
        delete(recovery_codes).where(
            recovery_codes.c.name == name, recovery_codes.c.digest == digest
        )
    )
    return used.rowcount == 1


def roles(connection: Connection) -> frozenset[Role]:
    """Return the roles that must sign in in two steps."""
    return frozenset(connection.execute(select(second_factor_roles.c.role)).scalars())


def set_roles(connection: Connection, chosen: frozenset[Role]) -> None:
    """Say which roles must sign in in two steps."""
    connection.execute(delete(second_factor_roles))
    if chosen:
        rows = [{"role": role} for role in sorted(chosen)]
        connection.execute(insert(second_factor_roles), rows)
