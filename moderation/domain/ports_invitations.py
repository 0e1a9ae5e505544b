"""What inviting asks of the store."""

from datetime import datetime
from typing import Protocol

from moderation.domain.invitation import Invitation


class InvitationReading(Protocol):
    """Reads invitations."""

    def invitation(self, invitation_id: int) -> Invitation | None:
        """Return an invitation, whatever has become of it, or None."""
        ...

    def invitations(self, *, limit: int) -> list[Invitation]:
        """Return the latest invitations, the newest first."""
        ...


class InvitationChanging(Protocol):
    """Changes invitations. Changes of accounts wait for each other."""

    def is_invited(self, name: str, *, at: datetime) -> bool:
        """Say whether an open invitation has the user name; nobody adds one now."""
        ...

    def add_invitation(self, invitation: Invitation) -> int:
        """Store an invitation and return its id."""
        ...

    def use_invitation(self, invitation_id: int, *, at: datetime) -> bool:
        """Use up an invitation. False if it is not open any more."""
        ...

    def withdraw_invitation(self, invitation_id: int, *, at: datetime) -> bool:
        """Take an invitation back. False if it is not open any more."""
        ...
