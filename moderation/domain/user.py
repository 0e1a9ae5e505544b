"""Who may do what."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A user has one."""

    MODERATOR = "moderator"
    """Decides."""
    OFFICER = "officer"
    """Decides, restores, and answers for the removal log."""
    READER = "reader"
    """Reads."""
    ADMIN = "admin"
    """Adds users. Does not decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may sign in."""

    name: str
    display_name: str
    role: Role
    password_hash: str
    is_active: bool = True

    @property
    def may_decide(self) -> bool:
        """Hide, keep and escalate."""
        return self.role in {Role.MODERATOR, Role.OFFICER}

    @property
    def may_restore(self) -> bool:
        """Make a hidden comment visible again."""
        return self.role is Role.OFFICER

    @property
    def may_administer(self) -> bool:
        """Add users."""
        return self.role is Role.ADMIN
