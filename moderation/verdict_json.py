"""A verdict as the JSON line that outsiders' scripts read."""

from functools import lru_cache
from types import MappingProxyType
from typing import Final

import orjson

from moderation.domain.category import CATEGORIES
from moderation.domain.comment import Comment
from moderation.domain.finding import Finding
from moderation.domain.verdict import Verdict

_DECIMALS: Final = 4
_MOST_SCORES: Final = 20_000
"""Rounding takes longer than remembering; there are 10 001 scores of four decimals."""
_CODES: Final = tuple(category.value for category in CATEGORIES)
_LINE_ENDS: Final = MappingProxyType(
    {sign: f"\\u{ord(sign):04x}" for sign in "\u0085\u2028\u2029"}
)


def verdict_line(comment: Comment, verdict: Verdict) -> str:
    """Return one verdict as JSON after verdict.schema.json, with no line break.

    The channel is the one that the comment is, or would be, stored under.
    """
    scores = map(_rounded, verdict.scores)
    line = orjson.dumps(
        {
            "id": comment.ref.external_id,
            "channel": comment.ref.channel,
            "flagged": verdict.is_flagged,
            "recommendation": verdict.recommendation.value,
            "score": _rounded(verdict.score),
            "categories": dict(zip(_CODES, scores, strict=True)),
            "findings": [_finding(one, comment.text) for one in verdict.findings],
            "not_assessed": verdict.not_assessed,
            "ruleset": verdict.ruleset,
            "model": verdict.model,
        }
    )
    return _one_line(line.decode())


@lru_cache(_MOST_SCORES, typed=True)
def _rounded(score: float) -> float:
    return round(score, _DECIMALS)


def _one_line(line: str) -> str:
    """Escape what some programs take for the end of a line."""
    if line.isascii():
        return line
    for sign, escaped in _LINE_ENDS.items():
        line = line.replace(sign, escaped)
    return line


def _finding(finding: Finding, text: str) -> dict[str, object]:
    return {
        "category": finding.category.value,
        "source": finding.source,
        "confidence": _rounded(finding.confidence),
        "explanation": finding.explanation,
        "start": finding.span.start,
        "end": finding.span.end,
        "text": finding.span.of(text),
    }
