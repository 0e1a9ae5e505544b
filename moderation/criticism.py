"""The criticism lamp: lit where all that was found may be protected criticism."""

import csv
import re
from functools import cache
from importlib import resources
from typing import Final

from moderation.domain.category import FLAGGING, POSITION, Category
from moderation.domain.verdict import Verdict

_RUDE: Final = frozenset({Category.PROFANITY, Category.INSULT})
_SUSPECTED: Final = 0.5
"""From here a category counts although no words in the text were found."""


def is_criticism(verdict: Verdict, text: str) -> bool:
    """Say whether the lamp is lit.

    It is where nothing but rude words was found, or nothing but rude words and
    insults in a text that names the municipality or somebody in office. It says
    that criticism is protected; whether this is criticism a person decides.
    """
    found = {finding.category for finding in verdict.findings} & set(FLAGGING)
    found |= {c for c in FLAGGING if _score(verdict, c) >= _SUSPECTED}
    if found == {Category.PROFANITY}:
        return True
    return bool(found) and found <= _RUDE and _names_an_office(text)


def _score(verdict: Verdict, category: Category) -> float:
    return verdict.scores[POSITION[category]] if verdict.scores else 0.0


def _names_an_office(text: str) -> bool:
    return _office_words().search(text) is not None


@cache
def _office_words() -> re.Pattern[str]:
    """Return a pattern of the parts of words that stand in office_words.csv."""
    source = resources.files("moderation").joinpath("office_words.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return re.compile("|".join(row["part"] for row in rows), re.IGNORECASE)
