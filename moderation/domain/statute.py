"""What the law says, as dated data; and what the card says beside a ground."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from moderation.domain.ground import Confidence


class Dated(Protocol):
    """A row that a newer one may replace; it is never edited."""

    @property
    def id(self) -> str:
        """What the row is about."""
        ...

    @property
    def revision(self) -> int:
        """The higher of two that apply is the one to use."""
        ...

    @property
    def in_force_from(self) -> date | None:
        """None where it always applied."""
        ...

    @property
    def in_force_to(self) -> date | None:
        """None where it still applies."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """The wording of one section."""

    id: str
    revision: int
    statute: str
    section: str
    wording: str
    in_force_from: date | None
    in_force_to: date | None
    source: str
    confidence: Confidence
    reviewed: date
    """Senast granskad."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundCard:
    """What helps a person who has chosen a ground."""

    id: str
    """The ground's."""
    revision: int
    point: str
    """The point in 5 § lagen (1998:112), or empty."""
    draft: str
    """A motivation to fill in; its gaps stand between ### and ###."""
    in_force_from: date | None
    in_force_to: date | None
    reviewed: date


Row = TypeVar("Row", bound=Dated)


class DatedTable(Generic[Row]):
    """Rows of all times; what applies is chosen by the day."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = tuple(rows)

    def in_force(self, on: date) -> Mapping[str, Row]:
        """Return what applies on a day, by id."""
        rows = sorted(self._rows, key=lambda row: row.revision)
        return {row.id: row for row in rows if _applies(row, on)}


def _applies(row: Dated, on: date) -> bool:
    if row.in_force_from is not None and on < row.in_force_from:
        return False
    return row.in_force_to is None or on <= row.in_force_to
