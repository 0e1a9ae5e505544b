"""What lists do not show at once: personal data and abusive words.

They are masked where the findings say that they stand, before a text is cut to an
excerpt, so that half a number is masked as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from flask import Flask

from moderation.domain.category import Category
from moderation.domain.comment import StoredComment
from moderation.domain.finding import Finding, Span
from moderation.domain.log_entry import LogEntry
from webui.auth import acting_user
from webui.long_text import excerpt
from webui.marking import MASK, Piece
from webui.services import services

MASKED: Final = frozenset(
    {
        Category.PERSONAL_DATA,
        Category.HATE,
        Category.INSULT,
        Category.PROFANITY,
        Category.SEXUAL,
    }
)
_MODEL: Final = "classifier"
"""Points at the words that weigh most, which may be any words."""


def register(app: Flask) -> None:
    """Hand the masking to the templates of the application."""
    app.jinja_env.globals.update(
        masked=masked,
        masked_excerpt=masked_excerpt,
        is_masked=lambda text: MASK in text,
        masked_in=masked_in,
        text_for_reader=text_for_reader,
    )


def masked(text: str, findings: Iterable[Finding]) -> str:
    """Return a text of the same length where what should not be seen is masked."""
    places = [f.span for f in findings if _is_to_be_masked(f)]
    if not places:
        return text
    signs = list(text)
    for span in places:
        for at in range(max(span.start, 0), min(span.end, len(signs))):
            signs[at] = MASK
    return "".join(signs)


def masked_excerpt(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """Return some 160 characters of a text for a list, marked and masked."""
    return excerpt(masked(text, findings), findings)


def masked_in(shown: Iterable[Piece]) -> bool:
    """Say whether anything of an excerpt is masked."""
    return any(piece.is_masked for piece in shown)


def text_for_reader(text: str, findings: Iterable[Finding]) -> str:
    """Return a text in full to those who decide on it, and masked to the others."""
    return text if acting_user().may_decide else masked(text, findings)


def findings_of(comment_ids: Iterable[int]) -> Mapping[int, Sequence[Finding]]:
    """Return what was found in comments, by id; what is not stored is left out."""
    verdicts = services().store.verdicts(sorted(set(comment_ids)))
    return {comment_id: verdict.findings for comment_id, verdict in verdicts.items()}


def findings_around(stored: Iterable[StoredComment]) -> Mapping[int, Sequence[Finding]]:
    """Return what was found in the comments of a list, by id."""
    return findings_of(one.id for one in stored)


def masked_log_text(entry: LogEntry) -> str:
    """Return the comment's text in a log entry, masked.

    The places stand in the sealed advice, or in the advice on the stored comment.
    Where neither is left, all of the text is masked.
    """
    text = entry.texts.get("text")
    if text is None:
        return ""
    findings = _sealed_findings(entry.payload.get("advice"))
    comment_id = entry.payload.get("comment_id")
    if findings is None and isinstance(comment_id, int):
        found = findings_of([comment_id]).get(comment_id)
        findings = None if found is None else list(found)
    return MASK * len(text.text) if findings is None else masked(text.text, findings)


def _sealed_findings(advice: object) -> list[Finding] | None:
    if not isinstance(advice, Mapping):
        return None
    return [
        Finding(
            category=Category(found["category"]),
            source=str(found["source"]),
            confidence=float(found["confidence"]),
            explanation="",
            span=Span(int(found["start"]), int(found["end"])),
        )
        for found in advice["findings"]
    ]


def _is_to_be_masked(finding: Finding) -> bool:
    return finding.category in MASKED and finding.source != _MODEL
