"""All that the page for writing to an author shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from moderation.answers import compose, last_decision, load_answer_templates
from moderation.domain.answer import AnswerKind, AnswerTemplate, Signature
from moderation.domain.comment import StoredComment
from moderation.domain.decision import Action
from moderation.domain.ground import Ground
from moderation.domain.log_entry import LogEntry
from moderation.domain.swedish_time import swedish_day
from moderation.domain.triage import Outcome
from moderation.statutes import load_ground_cards, load_statutes
from webui.answer_forms import AnswerForm
from webui.auth import acting_user
from webui.grounds import today
from webui.language import speaking_swedish
from webui.log_rows import LogRow, display_names, log_row
from webui.services import services
from webui.times import when

_BBS_5: Final = "bbs_5"
_ANSWERED: Final = {
    Outcome.HIDDEN: AnswerKind.NOTICE,
    Outcome.KEPT: AnswerKind.REPLY,
    Outcome.RESTORED: AnswerKind.REPLY,
}
_DECIDED_BY: Final = {
    Outcome.HIDDEN: Action.HIDE,
    Outcome.KEPT: Action.KEEP,
    Outcome.RESTORED: Action.RESTORE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """A decided comment, and the templates that fit the decision."""

    stored: StoredComment
    kind: AnswerKind
    decision: LogRow
    templates: Sequence[AnswerTemplate]
    in_force: Mapping[str, AnswerTemplate]
    facts: Mapping[str, str]
    last_entry: int
    """The comment's last log entry."""
    sent: Sequence[LogRow]
    """What has been sent before, oldest first."""

    @property
    def first(self) -> AnswerTemplate:
        """The template to begin with."""
        return self.templates[0]

    def template(self, template_id: str) -> AnswerTemplate:
        """Return a template by id, or the first where it does not fit."""
        fitting = (one for one in self.templates if one.id == template_id)
        return next(fitting, self.first)


def answer_page(comment_id: int) -> AnswerPage | None:
    """Gather it; None where no decision stands that one could write about."""
    store = services().store
    stored, item = store.comment(comment_id), store.queue_item(comment_id)
    if item is None or item.outcome not in _ANSWERED:
        return None
    entries = store.log_of(stored.comment.ref)
    entry = last_decision(entries, comment_id, _DECIDED_BY[item.outcome])
    if entry is None:
        return None
    kind, row = _ANSWERED[item.outcome], log_row(entry, display_names())
    in_force = load_answer_templates().in_force(today())
    return AnswerPage(
        stored=stored,
        kind=kind,
        decision=row,
        templates=_fitting(kind, row, in_force),
        in_force=in_force,
        facts=_facts(stored, entry, row),
        last_entry=entries[-1].number,
        sent=_sent(entries),
    )


def _fitting(
    kind: AnswerKind, row: LogRow, in_force: Mapping[str, AnswerTemplate]
) -> list[AnswerTemplate]:
    if kind is AnswerKind.REPLY:
        return [one for one in in_force.values() if one.kind is kind]
    ground_id = "" if row.ground is None else row.ground.id
    return [in_force.get(ground_id, in_force["regel_annan"])]


def _sent(entries: Sequence[LogEntry]) -> list[LogRow]:
    names = display_names()
    kinds = set(AnswerKind)
    return [log_row(e, names) for e in entries if e.payload.get("action") in kinds]


def draft_of(page: AnswerPage, form: AnswerForm) -> str:
    """Return the chosen template, filled in and signed as chosen."""
    template = page.template(str(form.template.data))
    return _draft(page, template, form.chosen_signature(template))


def is_own_text(page: AnswerPage, text: str) -> bool:
    """Say whether a text is something other than an untouched draft."""
    drafts = {
        _draft(page, template, signature)
        for template in page.templates
        for signature in Signature
    }
    return bool(text.strip()) and text.strip() not in drafts


def _draft(page: AnswerPage, template: AnswerTemplate, signature: Signature) -> str:
    signed = page.facts["enhet"]
    if signature is Signature.NAME:
        signed = f"{acting_user().display_name}\n{signed}"
    return compose(template, page.in_force, {**page.facts, "avsandare": signed})


def _facts(stored: StoredComment, entry: LogEntry, row: LogRow) -> dict[str, str]:
    """Return what the program knows; what it does not is left out, and asked for."""
    with speaking_swedish():
        return _swedish_facts(stored, entry, row)


def _swedish_facts(
    stored: StoredComment, entry: LogEntry, row: LogRow
) -> dict[str, str]:
    sender, at = services().sender, row.at or services().now()
    posted = stored.comment.posted_at
    known = {
        "kanal": stored.comment.ref.channel,
        "skriven": "" if posted is None else f"den {when(posted)}",
        "dold": f"den {when(at)}",
        "kontakt": sender.contact,
        "enhet": sender.function,
        **_legal_facts(row, at),
    }
    until = entry.payload.get("hide_until")
    # The sentence about it is left out where it is hidden without an end.
    until_when = "" if not until else when(datetime.fromisoformat(str(until)))
    told = f" Den är dold till den {until_when}." if until_when else ""
    return {name: fact for name, fact in known.items() if fact} | {"tid": told}


def _legal_facts(row: LogRow, at: datetime) -> dict[str, str]:
    """Return ground, section and wording as they stood on the decision's day."""
    day, ground = swedish_day(at), row.ground
    if ground is None:
        return {}
    card = load_ground_cards().in_force(day).get(ground.id)
    wording = load_statutes().in_force(day).get(_BBS_5)
    return {
        "punkt": "" if card is None else card.point,
        "lydelse": "" if wording is None else wording.wording,
        "lagrum": _section(ground, row.reference),
        "regel": row.reference,
    }


def _section(ground: Ground, reference: str) -> str:
    """Return «brottsbalken (1962:700), 4 kap. 5 §»."""
    section = reference if ground.needs_reference else ground.section
    statute = ground.statute
    if statute[1:2].islower():
        statute = statute[:1].lower() + statute[1:]
    return f"{statute}, {section}" if section else statute
