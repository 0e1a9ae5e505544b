"""An invitation: whoever holds its link may open one account, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from moderation.domain.user import Role

VALID_FOR: Final = timedelta(hours=72)


class InvitationState(StrEnum):
    """What has become of an invitation."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Whom somebody invited, and what they may do then."""

    id: int = 0
    """Given by the store."""
    name: str
    display_name: str
    role: Role
    channels: frozenset[str] = frozenset()
    """The only channels to see; empty means all."""
    demands_second_factor: bool = False
    digest: str
    """Of the secret in the link. The secret itself is stored nowhere."""
    invited_by: str
    """A user name; empty for the command line."""
    invited_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def state(self, *, at: datetime) -> InvitationState:
        """Say what has become of it."""
        if self.used_at is not None:
            return InvitationState.USED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        is_late = at >= self.expires_at
        return InvitationState.EXPIRED if is_late else InvitationState.OPEN
