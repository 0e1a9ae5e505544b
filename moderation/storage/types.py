"""Column types."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, Row
from sqlalchemy.types import TypeDecorator

AnyRow = Row[*tuple[Any, ...]]
"""A row of any query."""

RowId = BigInteger().with_variant(Integer, "sqlite")
"""A row's number. SQLite counts by itself only in a column called INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, to the microsecond. Refuses a time without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Store UTC; SQLite keeps no zone."""
        if value is None:
            return None
        moment = in_utc(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy hands it in by position.
    ) -> datetime | None:
        """Give UTC back."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


def utc_text(at: datetime | None) -> str | None:
    """Return a time as UtcDateTime is stored in SQLite and read by PostgreSQL."""
    if at is None:
        return None
    return in_utc(at).replace(tzinfo=None).isoformat(" ", "microseconds")


def in_utc(at: datetime) -> datetime:
    """Return the same moment in UTC. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        msg = f"A time without a zone cannot be stored: {at}"
        raise ValueError(msg)
    return at.astimezone(UTC)


def coded(codes: type[StrEnum]) -> Enum:
    """Return a column type for an enum's values, stored as text."""
    return Enum(
        codes,
        native_enum=False,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )
