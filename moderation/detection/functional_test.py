"""What the detection can and cannot do, one function of language at a time.

Each function is a small set of sentences that a tool must tell apart, such as a threat
and the same threat quoted to report it. A figure over a mixed corpus hides them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from moderation.domain.category import POSITION, Category
from moderation.domain.errors import FileError
from moderation.domain.ports import Detector
from moderation.domain.verdict import Policy, Verdict, assess

COLUMNS: Final = ("function", "text", "flag", "category")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One sentence, and what must come of it."""

    function: str
    text: str
    must_flag: bool
    category: Category
    """What must be found; where nothing must be, what it could be mistaken for."""


def read_cases(path: Path) -> list[Case]:
    """Read a file of cases; raises FileError with a Swedish sentence."""
    try:
        frame = pd.read_csv(
            path, keep_default_na=False, dtype=str, encoding="utf-8-sig"
        )
        return [
            Case(
                function=row["function"],
                text=row["text"],
                must_flag={"0": False, "1": True}[row["flag"]],
                category=Category(row["category"]),
            )
            for row in frame.to_dict("records")
        ]
    except (OSError, ValueError, KeyError) as error:
        msg = (
            f"{path} kan inte läsas som funktionstest: kontrollera att filen är CSV i "
            f"UTF-8 med kolumnerna {', '.join(COLUMNS)}."
        )
        raise FileError(msg) from error


def accuracy_by_function(
    cases: Sequence[Case], detector: Detector, policy: Policy
) -> Mapping[str, float]:
    """Return the share of each function's sentences that are judged right."""
    found = detector.detect_many([case.text for case in cases])
    right: dict[str, list[bool]] = {}
    for case, detection in zip(cases, found, strict=True):
        verdict = assess(
            detection, policy, ruleset=detector.ruleset, model=detector.model
        )
        right.setdefault(case.function, []).append(is_right(case, verdict, policy))
    return {name: sum(some) / len(some) for name, some in right.items()}


def is_right(case: Case, verdict: Verdict, policy: Policy) -> bool:
    """Say whether a sentence was flagged as it must be, by the category it must be."""
    if not case.must_flag:
        return not verdict.is_flagged
    score = verdict.scores[POSITION[case.category]]
    return score >= policy.thresholds[case.category]
