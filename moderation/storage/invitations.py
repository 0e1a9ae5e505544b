"""Invitations in the store, with the mixins that the store and its change inherit."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from moderation.domain.invitation import Invitation
from moderation.storage.account_tables import invitations as table
from moderation.storage.locks import Lock, wait_for
from moderation.storage.reading import Reading
from moderation.storage.types import AnyRow


class InvitationReads(Reading):
    """What the port InvitationReading promises."""

    def invitation(self, invitation_id: int) -> Invitation | None:
        """Return an invitation, whatever has become of it, or None."""
        query = select(table).where(table.c.id == invitation_id)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _to_invitation(row)

    def invitations(self, *, limit: int) -> list[Invitation]:
        """Return the latest invitations, the newest first."""
        query = select(table).order_by(table.c.id.desc()).limit(limit)
        with self._reading() as connection:
            return [_to_invitation(row) for row in connection.execute(query)]


class InvitationChanges:
    """What the port InvitationChanging promises, on one open connection."""

    _connection: Connection

    def is_invited(self, name: str, *, at: datetime) -> bool:
        """Say whether an open invitation has the user name; nobody adds one now."""
        wait_for(Lock.ACCOUNTS, self._connection)
        query = select(table.c.id).where(table.c.name == name, _is_open(at)).limit(1)
        return self._connection.scalar(query) is not None

    def add_invitation(self, invitation: Invitation) -> int:
        """Store an invitation and return its id."""
        query = insert(table).values(_to_row(invitation)).returning(table.c.id)
        return int(self._connection.execute(query).scalar_one())

    def use_invitation(self, invitation_id: int, *, at: datetime) -> bool:
        """Use up an invitation. False if it is not open any more."""
        return self._close(invitation_id, "used_at", at)

    def withdraw_invitation(self, invitation_id: int, *, at: datetime) -> bool:
        """Take an invitation back. False if it is not open any more."""
        return self._close(invitation_id, "withdrawn_at", at)

    def _close(self, invitation_id: int, column: str, at: datetime) -> bool:
        changed = self._connection.execute(
            update(table)
            .where(table.c.id == invitation_id, _is_open(at))
            .values({column: at})
        )
        return changed.rowcount == 1


def _is_open(at: datetime) -> ColumnElement[bool]:
    return and_(
        table.c.used_at.is_(None),
        table.c.withdrawn_at.is_(None),
        table.c.expires_at > at,
    )


def _to_row(invitation: Invitation) -> dict[str, object]:
    return {
        "name": invitation.name,
        "display_name": invitation.display_name,
        "role": invitation.role,
        "channels": sorted(invitation.channels),
        "demands_second_factor": invitation.demands_second_factor,
        "digest": invitation.digest,
        "invited_by": invitation.invited_by,
        "invited_at": invitation.invited_at,
        "expires_at": invitation.expires_at,
    }


def _to_invitation(row: AnyRow) -> Invitation:
    return Invitation(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        role=row.role,
        channels=frozenset(row.channels),
        demands_second_factor=row.demands_second_factor,
        digest=row.digest,
        invited_by=row.invited_by,
        invited_at=row.invited_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        withdrawn_at=row.withdrawn_at,
    )
