"""How fast something goes through the generated comments, told between processes."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

WARM_UP = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """So many comments in so many seconds."""

    comments: int
    seconds: float
    processor_seconds: float

    @property
    def rate(self) -> float:
        """Comments a second."""
        return self.comments / self.seconds

    @property
    def processor_rate(self) -> float:
        """Comments a second of processor time."""
        return self.comments / self.processor_seconds

    def to_json(self) -> str:
        """Return one line that from_json reads."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(line: str) -> "Pace":
        """Read what to_json wrote."""
        return Pace(**json.loads(line))


def pace_of(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> Pace:
    """Time the work on comments.

    It has been through some of them before, so that nothing is loaded meanwhile.
    """
    work(texts[:WARM_UP])
    began, processor_began = time.perf_counter(), time.process_time()
    work(texts)
    return Pace(
        comments=len(texts),
        seconds=time.perf_counter() - began,
        processor_seconds=time.process_time() - processor_began,
    )
