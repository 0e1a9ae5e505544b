"""The page for a decision that came too late: both sides, and nothing lost."""

from contextlib import suppress
from typing import Final

from flask import render_template, request

from moderation import collaboration
from moderation.domain import labels
from moderation.domain.decision import Action, KeepReason
from moderation.domain.errors import AlreadyDecidedError
from webui.auth import acting_user
from webui.deciding_forms import CardForm
from webui.drafts import typed_fields
from webui.forms_collaboration import TakeOverForm
from webui.grounds import today
from webui.item_company import held_words
from webui.language import _, lazy
from webui.log_rows import display_names, log_row
from webui.queue_form import QueueForm
from webui.services import services

_WORDS: Final = {
    "covered": lazy("Omfattas"),
    "hide_days": lazy("Dold i dagar"),
    "obvious": lazy("Uppenbart"),
    "obvious_because": lazy("Därför"),
    "reference": lazy("Paragraf eller regel"),
    "escalate_to": lazy("Till"),
    "due": lazy("Svar senast"),
    "reasons": lazy("Motivering"),
}


def typed_rows(form: CardForm) -> list[tuple[str, str]]:
    """Return what a person chose and typed, each with its label."""
    action, reason = form.chosen, str(form.keep_reason.data)
    ground = services().grounds.in_force(today()).get(str(form.ground.data))
    rows = [
        (_("Åtgärd"), "" if action is None else _(labels.ACTION[action]).capitalize()),
        (_("Grund"), "" if ground is None else ground.short_name),
        (_("Skäl"), _(labels.keep_reason(reason)) if reason in _REASONS else ""),
        *((label, str(form[name].data).strip()) for name, label in _WORDS.items()),
    ]
    return [(label, text) for label, text in rows if text]


_REASONS: Final = frozenset(KeepReason)
_ACTIONS: Final = frozenset(Action)


def decided_page(comment_id: int, form: CardForm) -> str:
    """Show what was decided beside what this person had typed."""
    stored = services().store.comment(comment_id)
    entries = services().store.log_of(stored.comment.ref)
    decisions = [entry for entry in entries if entry.payload.get("action") in _ACTIONS]
    last = decisions[-1] if decisions else None
    is_own = last is not None and last.payload.get("moderator") == acting_user().name
    return render_template(
        "triage/conflict.html",
        stored=stored,
        entry=None if last is None else log_row(last, display_names()),
        is_own=is_own,
        typed=typed_rows(form),
        is_saved=_saved(comment_id),
        kept=QueueForm(request.args).kept,
    )


def held_page(
    comment_id: int, form: CardForm, take_over: TakeOverForm | None = None
) -> str:
    """Show who is deciding now, what was typed, and how to take over."""
    store = services().store
    lease = store.leases([comment_id], at=services().now()).get(comment_id)
    return render_template(
        "collaboration/held.html",
        stored=store.comment(comment_id),
        held=None if lease is None else held_words(lease, display_names()),
        form=take_over or TakeOverForm(),
        typed=typed_rows(form),
        is_saved=_saved(comment_id),
        kept=QueueForm(request.args).kept,
    )


def _saved(comment_id: int) -> bool:
    """Keep what was typed as a draft, where the item can still be decided on."""
    fields = typed_fields(request.form)
    if Action.RESTORE.value in fields.get("action", []) or "action" not in fields:
        return False
    with suppress(AlreadyDecidedError):
        collaboration.save_draft(
            comment_id,
            fields,
            user=acting_user().name,
            at=services().now(),
            store=services().store,
        )
        return True
    return False
