"""The list of what waits, as a page: it never moves while it is read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from flask import render_template, url_for
from werkzeug.datastructures import MultiDict

from moderation.domain.category import FLAGGING
from moderation.domain.swedish_time import swedish_day
from moderation.domain.triage import QueueEntry, QueueFilter, QueueStatus
from moderation.domain.watch import MAX_VIEW_NAME, SavedView, WatchReceipt
from webui.auth import acting_user
from webui.forms import midnight
from webui.item_company import queue_company
from webui.language import _
from webui.log_rows import display_names
from webui.numbers import PAGE_SIZE
from webui.queue_form import AGES, SOURCES, QueueForm, moment_text, place_text
from webui.services import services
from webui.times import hour

COUNTED: Final = 500
"""No count goes further: beyond this, how many more says nothing."""
_WAITING: Final = (QueueStatus.OPEN, QueueStatus.ESCALATED, QueueStatus.PARKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewProblem:
    """What was wrong with a view that somebody wanted to save."""

    sentence: str
    typed: str


def bounded(count: int) -> str:
    """Return a count in words: «34», or «500+»."""
    return f"{COUNTED}+" if count > COUNTED else str(count)


def count(chosen: QueueFilter) -> int:
    """Return how many items fit, without counting far past COUNTED."""
    return services().store.count_queue(chosen, at_most=COUNTED + 1)


def queue_page(
    form: QueueForm, view: SavedView | None = None, problem: ViewProblem | None = None
) -> str:
    """Return the page: the list as it was when it was first shown."""
    now = services().now()
    made_at = form.made_at(now)
    chosen = form.chosen(made_at)
    entries = services().store.queue(chosen, limit=PAGE_SIZE + 1, after=form.after)
    shown = entries[:PAGE_SIZE]
    return render_template(
        "triage/queue.html",
        form=form,
        kept=form.kept,
        view=view,
        problem=problem,
        entries=shown,
        company=queue_company(shown),
        same_text=_same_text(shown),
        next_place=place_text(shown[-1].item.place) if entries[PAGE_SIZE:] else "",
        made=moment_text(made_at),
        made_at=made_at,
        now=now,
        news=count_news(form, made_at) if made_at < now else 0,
        address=_address(view, form),
        counts=_counts(form.chosen(now)),
        views=_views(now),
        may_share=acting_user().may_restore,
        longest_name=MAX_VIEW_NAME,
        categories=FLAGGING,
        sources=SOURCES,
        ages={value: word for value, (word, _age) in AGES.items()},
        channels=services().store.channels(),
        bounded=bounded,
        **_day(now),
    )


def _same_text(entries: Sequence[QueueEntry]) -> dict[int, int]:
    """Return how many of the list have a row's text, where it is not alone."""
    counts = Counter(entry.stored.comment.text for entry in entries if _is_open(entry))
    return {
        entry.stored.id: counts[entry.stored.comment.text]
        for entry in entries
        if counts[entry.stored.comment.text] > 1
    }


def _is_open(entry: QueueEntry) -> bool:
    return entry.item.status is QueueStatus.OPEN


def count_news(form: QueueForm, made_at: datetime) -> int:
    """Return how many have come since a list was made; what is old is never new."""
    if "alder" in form.kept:
        return 0
    chosen = form.chosen(made_at)
    return count(replace(chosen, opened_by=None, opened_after=made_at))


def form_of(view: SavedView) -> QueueForm:
    """Return the filter that a view was saved with."""
    return QueueForm(MultiDict(view.query))


def _address(view: SavedView | None, form: QueueForm) -> str:
    if view is not None:
        return url_for("queue_views.show", view_id=view.id)
    return url_for("triage.queue", **form.kept)


def _counts(chosen: QueueFilter) -> dict[QueueStatus, int]:
    """Return how many wait; what is decided grows for ever and is not counted."""
    return {status: count(replace(chosen, status=status)) for status in _WAITING}


def _views(now: datetime) -> list[tuple[SavedView, str]]:
    views = services().store.saved_views(acting_user().name)
    return [(view, bounded(count(form_of(view).chosen(now)))) for view in views]


def _day(now: datetime) -> dict[str, Any]:
    """Return how far the day's work has come, and whether it has been signed."""
    store = services().store
    today = swedish_day(now)
    began = midnight(today) or now
    latest = next(iter(store.watch_receipts(limit=1)), None)
    return {
        "decided_today": store.count_decided(since=began, at_most=COUNTED + 1),
        "waiting": count(QueueFilter()),
        "signed": _signed(latest, today),
        "may_sign": acting_user().may_decide,
    }


def _signed(receipt: WatchReceipt | None, today: date) -> str:
    """Return who has signed today and when; and for what, where it is not for all."""
    if receipt is None or swedish_day(receipt.signed_at) != today:
        return ""
    name = display_names().get(receipt.moderator, receipt.moderator)
    told = _("Kvitterad %(time)s av %(name)s", time=hour(receipt.signed_at), name=name)
    if set(services().store.channels()) <= set(receipt.channels):
        return told
    only = _("bara %(channels)s", channels=", ".join(receipt.channels))
    return f"{told}, {only}"
