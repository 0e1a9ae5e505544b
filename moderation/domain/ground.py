"""The legal or published ground that a person decides on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

BBS_ACT = "Lag (1998:112) om ansvar för elektroniska anslagstavlor"


class Confidence(StrEnum):
    """How sure the project is of what a ground's row says about the law."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One row of the dated table. A change in law is a new revision, never an edit."""

    id: str
    revision: int
    short_name: str
    statute: str
    section: str
    what: str
    in_bbs_5: bool
    """Listed in 5 § lagen (1998:112): must be removed when it is obvious."""
    needs_reference: bool
    """The officer must name the section or the published rule."""
    in_force_from: date | None
    """None where it was not looked up, or for local rules."""
    in_force_to: date | None
    source: str
    confidence: Confidence
    reviewed: date
    """Senast granskad."""

    def is_in_force(self, on: date) -> bool:
        """Say whether the row applies to a decision made on that day."""
        if self.in_force_from is not None and on < self.in_force_from:
            return False
        return self.in_force_to is None or on <= self.in_force_to


class GroundTable:
    """All grounds, of all times; what applies is chosen by the decision's date."""

    def __init__(self, grounds: Iterable[Ground]) -> None:
        self._grounds = tuple(grounds)

    def in_force(self, on: date) -> Mapping[str, Ground]:
        """Return the grounds to choose from on a day, by id, in the table's order."""
        chosen: dict[str, Ground] = {}
        for ground in self._grounds:
            known = chosen.get(ground.id)
            newer = known is None or ground.revision > known.revision
            if newer and ground.is_in_force(on):
                chosen[ground.id] = ground
        return MappingProxyType(chosen)

    def revision(self, ground_id: str, revision: int) -> Ground | None:
        """Return one row as it stood when a decision was made on it."""
        for ground in self._grounds:
            if (ground.id, ground.revision) == (ground_id, revision):
                return ground
        return None

    def last_reviewed(self) -> date:
        """Return the day when the most forgotten row was last reviewed."""
        return min(ground.reviewed for ground in self._grounds)
