"""Answers to authors: dated templates, filled in, and what was sent is kept."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from moderation.domain.answer import (
    Answer,
    AnswerKind,
    AnswerTemplate,
    AnswerTooLateError,
    Signature,
    check_answer,
)
from moderation.domain.comment import StoredComment
from moderation.domain.log_entry import LogEntry, salted
from moderation.domain.ports import Store
from moderation.domain.statute import DatedTable

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_GAPS: Final = {
    "enhet": "vilken enhet",
    "kanal": "var",
    "kontakt": "e-postadress eller telefonnummer",
    "lagrum": "lag och paragraf",
    "lydelse": "lagens ord",
    "punkt": "punkt",
    "regel": "skriv av regeln, eller länka till den",
    "skriven": "när",
}
"""What a person is asked for where the program does not know."""
_REASON: Final = "skal"
"""Where the frame lets the row's own text in."""


@cache
def load_answer_templates() -> DatedTable[AnswerTemplate]:
    """Return the templates that ship with the product, of all times."""
    source = resources.files("moderation").joinpath("answer_templates.csv")
    # A text has several lines.
    stream = io.StringIO(source.read_text(encoding="utf-8"), newline="")
    return DatedTable([_template(row) for row in csv.DictReader(stream)])


def _template(row: Mapping[str, str]) -> AnswerTemplate:
    return AnswerTemplate(
        id=row["id"],
        revision=int(row["revision"]),
        kind=AnswerKind(row["kind"]),
        name=row["name"],
        frame=row["frame"],
        signature=Signature(row["signature"]),
        text=row["text"],
        advice=row["advice"],
        in_force_from=_day(row["in_force_from"]),
        in_force_to=_day(row["in_force_to"]),
        source=row["source"],
        reviewed=date.fromisoformat(row["reviewed"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def compose(
    template: AnswerTemplate,
    in_force: Mapping[str, AnswerTemplate],
    facts: Mapping[str, str],
) -> str:
    """Return a template with its frame around it and the facts filled in.

    A placeholder without a fact becomes a gap for the person.
    """
    text = template.text
    if template.frame:
        text = in_force[template.frame].text.replace(f"{{{_REASON}}}", text)
    return _PLACEHOLDER.sub(lambda found: _fact(found[1], facts), text).strip()


def _fact(name: str, facts: Mapping[str, str]) -> str:
    return facts.get(name, f"### {_GAPS.get(name, name)} ###")


def last_decision(
    entries: Iterable[LogEntry], comment_id: int, action: str
) -> LogEntry | None:
    """Return the newest entry of an action on this version of a comment, or None."""
    fitting = [
        entry
        for entry in entries
        if entry.payload.get("action") == action
        and entry.payload.get("comment_id") == comment_id
    ]
    return fitting[-1] if fitting else None


def keep_copy(answer: Answer, *, store: Store) -> LogEntry:
    """Seal a copy of what was sent, in one transaction, and return its log entry.

    Raises InvalidAnswerError if it cannot be saved as it is, AnswerTooLateError if
    something has happened to the comment since the page was opened, the same answer
    sent twice included, and NotFoundError if there is no such comment.
    """
    check_answer(answer)
    stored = store.comment(answer.comment_id)
    with store.transaction() as tx:
        entry = tx.append_to_log(_payload(answer, stored), salted(_texts(answer)))
        # The log's end is ours from here on, so that nobody can add to it.
        entries = store.log_of(stored.comment.ref)
        if not entries or entries[-1].number != answer.seen:
            raise AnswerTooLateError
    return entry


def _payload(answer: Answer, stored: StoredComment) -> Mapping[str, object]:
    """Return what is sealed: codes and numbers, and which decision it is about."""
    ref = stored.comment.ref
    return {
        "action": answer.kind.value,
        "at": answer.at.isoformat(),
        "moderator": answer.by,
        "channel": ref.channel,
        "external_id": ref.external_id,
        "version": stored.version,
        "comment_id": stored.id,
        "ground": None,
        "decision": answer.decision,
        "template": answer.template,
        "template_revision": answer.template_revision,
        "signature": answer.signature.value,
        "concerns": sorted({concern.rule for concern in answer.concerns}),
    }


def _texts(answer: Answer) -> Mapping[str, str]:
    """Return what was sent, word by word, and why it was sent all the same."""
    reasons = answer.sure_because.strip() if answer.concerns else ""
    return {"answer": answer.text.strip(), "reasons": reasons}
