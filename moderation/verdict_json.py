"""A verdict as the JSON line that outsiders' scripts read."""

import json
from typing import Final

from moderation.domain.category import CATEGORIES
from moderation.domain.comment import Comment
from moderation.domain.finding import Finding
from moderation.domain.verdict import Verdict

_DECIMALS: Final = 4

_encode: Final = json.JSONEncoder(separators=(",", ":")).encode
"""ASCII only: one line however lines are told apart, in whatever encoding."""


def verdict_line(comment: Comment, verdict: Verdict) -> str:
    """Return one verdict as JSON after verdict.schema.json, with no line break.

    The channel is the one that the comment is, or would be, stored under.
    """
    scores = [round(score, _DECIMALS) for score in verdict.scores]
    return _encode(
        {
            "id": comment.ref.external_id,
            "channel": comment.ref.channel,
            "flagged": verdict.is_flagged,
            "recommendation": verdict.recommendation,
            "score": round(verdict.score, _DECIMALS),
            "categories": dict(zip(CATEGORIES, scores, strict=True)),
            "findings": [_finding(one, comment.text) for one in verdict.findings],
            "not_assessed": verdict.not_assessed,
            "ruleset": verdict.ruleset,
            "model": verdict.model,
        }
    )


def _finding(finding: Finding, text: str) -> dict[str, object]:
    return {
        "category": finding.category,
        "source": finding.source,
        "confidence": round(finding.confidence, _DECIMALS),
        "explanation": finding.explanation,
        "start": finding.span.start,
        "end": finding.span.end,
        "text": finding.span.of(text),
    }
