"""What is done to an account, and the second step of signing in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AccountChange(StrEnum):
    """What can happen to an account."""

    ADDED = "added"
    CLOSED = "closed"
    REOPENED = "reopened"
    RENAMED = "renamed"
    ROLE = "role"
    CHANNELS = "channels"
    FUNCTIONS = "functions"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a code, not a password
    PASSWORD_SET = "password_set"  # noqa: S105 - a code, not a password
    """By somebody else, to be changed at the next sign-in."""
    SIGNED_OUT = "signed_out"
    """Everywhere."""
    FACTOR_ON = "factor_on"
    FACTOR_OFF = "factor_off"
    FACTOR_RESET = "factor_reset"
    FACTOR_DEMANDED = "factor_demanded"
    FACTOR_FREE = "factor_free"
    """No longer demanded."""
    CODES_RENEWED = "codes_renewed"
    CODE_USED = "code_used"
    """A recovery code opened the door."""
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEvent:
    """Who did what to which account, and when."""

    at: datetime
    name: str
    """The account; empty where it was a whole role's."""
    actor: str
    """The user who did it; empty for the command line on the server."""
    change: AccountChange
    detail: str = ""
    """From what to what, as the screens say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """A user's key for six-digit codes."""

    name: str
    key: str
    """Base32, as an authenticator app takes it."""
    is_confirmed: bool
    codes_left: int
    """Recovery codes not yet used."""
