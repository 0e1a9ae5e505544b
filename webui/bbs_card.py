"""What the decision column shows: the law of the day, drafts, the lamp, likeness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from moderation.criticism import is_criticism
from moderation.domain.decision import MIN_AGAINST_CRITICISM
from moderation.domain.log_entry import LogEntry
from moderation.domain.ports_deciding import HideDeadline
from moderation.domain.statute import GroundCard
from moderation.similar import Likeness, similar_decisions
from moderation.statutes import load_ground_cards, load_statutes
from moderation.undoing import may_undo
from webui.auth import acting_user
from webui.deciding_forms import DAYS
from webui.grounds import today
from webui.item_page import ItemPage
from webui.log_rows import LogRow, display_names, log_row
from webui.services import services


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """An earlier decision in words, and why it is thought to be like."""

    row: LogRow
    likeness: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class BbsCard:
    """All that stands around the decision itself."""

    cards: Mapping[str, GroundCard]
    """By ground."""
    lamp_is_lit: bool
    similar: Sequence[SimilarRow]
    equal_waiting: int
    """Open items of the very same text, this one included."""
    deadline: HideDeadline | None
    undoable: int | None
    """The number of the decision that the reader may take back, if any."""
    days: tuple[int, ...] = DAYS
    needed: int = MIN_AGAINST_CRITICISM


def bbs_card(page: ItemPage) -> BbsCard:
    """Gather the card for one comment."""
    store, stored = services().store, page.stored
    names = display_names()
    return BbsCard(
        cards=load_ground_cards().in_force(today()),
        lamp_is_lit=is_criticism(page.verdict, stored.comment.text),
        similar=[
            SimilarRow(log_row(one.entry, names), one)
            for one in similar_decisions(stored, store)
        ],
        equal_waiting=_equal_waiting(page),
        deadline=store.hide_deadline(stored.id),
        undoable=_undoable(page),
    )


def _equal_waiting(page: ItemPage) -> int:
    if not page.waits:
        return 0
    return services().store.count_waiting_with_same_text(page.stored.id, at_most=51)


def _undoable(page: ItemPage) -> int | None:
    decisions = [row for row in page.history if row.about is None]
    if not decisions:
        return None
    entry = services().store.log_entry(decisions[-1].number)
    return entry.number if _fits(entry, page, services().now()) else None


def _fits(entry: LogEntry, page: ItemPage, at: datetime) -> bool:
    is_this_one = entry.payload.get("comment_id") == page.stored.id
    return is_this_one and page.stored.is_current and may_undo(entry, acting_user(), at)


def register(app: Flask) -> None:
    """Let templates quote the law as it stands today."""
    app.jinja_env.globals["statutes_today"] = lambda: load_statutes().in_force(today())
