"""Who may do what."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from moderation.domain.errors import UppsiktError

SYSTEM: Final = "uppsikt"
"""Who the log says did what nobody did: the time had come. No user may be called so."""


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


class Language(StrEnum):
    """What the pages can be read in."""

    SWEDISH = "sv"
    ENGLISH = "en"


LIMITED: Final = frozenset({Role.MODERATOR, Role.READER})
"""Roles that can be limited to some channels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may sign in."""

    name: str
    display_name: str
    role: Role
    password_hash: str
    is_active: bool = True
    must_change_password: bool = False
    """Somebody else knows the password: no page opens before it is changed."""
    session_generation: int = 0
    """Sessions of another generation have ended."""
    demands_second_factor: bool = False
    """Must sign in in two steps, whatever the role."""
    role_demands_second_factor: bool = False
    """The same, for everybody in the role. Told by the store, not stored with him."""
    has_second_factor: bool = False
    """Signs in in two steps. Told by the store, not stored with him."""
    channels: frozenset[str] = frozenset()
    """The only channels to see; empty means all."""
    language: Language | None = None
    """What the pages speak to the user; None where he has not chosen."""

    @property
    def must_set_up_second_factor(self) -> bool:
        """Two steps are demanded, and there is only one yet."""
        is_demanded = self.demands_second_factor or self.role_demands_second_factor
        return is_demanded and not self.has_second_factor

    def may_see(self, channel: str) -> bool:
        """Whether the user's channels include this one."""
        return not self.channels or channel in self.channels

    @property
    def may_decide(self) -> bool:
        """Hide, keep and escalate."""
        return self.role in {Role.MODERATOR, Role.OFFICER}

    @property
    def may_restore(self) -> bool:
        """Make a hidden comment visible again."""
        return self.role is Role.OFFICER

    @property
    def may_remove(self) -> bool:
        """Have a hidden comment removed from its source for good."""
        return self.role is Role.OFFICER

    @property
    def may_administer(self) -> bool:
        """Add users."""
        return self.role is Role.ADMIN

    @property
    def may_see_accounts(self) -> bool:
        """Read who may sign in, and what was done to their accounts."""
        return self.role in {Role.OFFICER, Role.ADMIN}


def refuse_reserved(name: str) -> None:
    """Raise UppsiktError if a user name is the program's own, or looks like it."""
    shown = unicodedata.normalize("NFKC", name).casefold()
    # Signs of width zero, and spaces, are not seen.
    visible = (sign for sign in shown if unicodedata.category(sign)[0] not in "CZ")
    if "".join(visible) == SYSTEM:
        msg = f"Namnet {SYSTEM} är programmets eget i loggen: välj ett annat."
        raise UppsiktError(msg)
