"""The tables about users: their accounts, functions and keys."""

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from moderation.domain.account import AccountChange
from moderation.domain.collaboration import Function
from moderation.domain.user import Role
from moderation.storage.tables import metadata
from moderation.storage.types import RowId, UtcDateTime, coded

account_events: Final = Table(
    "account_events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("name", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("change", coded(AccountChange), nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "name", "id"),
    sqlite_autoincrement=True,
)
"""Who did what to an account. The name is empty where it was a whole role's.

Triggers refuse every change.
"""

invitations: Final = Table(
    "invitations",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("role", coded(Role), nullable=False),
    Column("channels", JSON, nullable=False),
    Column("demands_second_factor", Boolean, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("invited_by", Text, nullable=False),
    Column("invited_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    Index(None, "name"),
    sqlite_autoincrement=True,
)
"""By a digest of the secret in the link: whoever reads the table cannot use one."""

second_factors: Final = Table(
    "second_factors",
    metadata,
    Column("name", Text, ForeignKey("users.name"), primary_key=True),
    Column("key", Text, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("last_step", Integer, nullable=False),
)
"""The key is in clear: whoever checks a code must have it."""

recovery_codes: Final = Table(
    "recovery_codes",
    metadata,
    Column("name", Text, ForeignKey("users.name"), primary_key=True),
    Column("digest", String(64), primary_key=True),
)

second_factor_roles: Final = Table(
    "second_factor_roles",
    metadata,
    Column("role", coded(Role), primary_key=True),
)

sign_in_failures: Final = Table(
    "sign_in_failures",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("blocked_until", UtcDateTime),
    Index(None, "last_at"),
)
"""By a digest of a name or an address: people type passwords into the wrong field."""

user_functions: Final = Table(
    "user_functions",
    metadata,
    Column("user_name", Text, ForeignKey("users.name"), primary_key=True),
    Column("function", coded(Function), primary_key=True),
)

user_shortcuts: Final = Table(
    "user_shortcuts",
    metadata,
    Column("user_name", Text, ForeignKey("users.name"), primary_key=True),
    Column("is_on", Boolean, nullable=False),
    Column("keys", JSON, nullable=False),
)
"""The keys that a user has chosen himself, by the keys that they replace."""
