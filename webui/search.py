"""The search page: words in comments and decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from moderation.domain import labels
from moderation.domain.finding import Finding, Span
from moderation.domain.search import (
    MAX_HITS,
    InvalidQueryError,
    SearchHit,
    SearchKind,
    SearchPage,
)
from webui.language import _
from webui.marking import EXCERPT, Piece, pieces
from webui.masking import findings_of, masked, masked_in
from webui.numbers import row_number
from webui.search_form import STATES, SearchForm, problem_words
from webui.services import services

bp: Final = Blueprint("search", __name__)

_BEFORE: Final = 60
"""Characters shown before the first word that was found."""
_NOTHING: Final = SearchPage(hits=(), older=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPiece:
    """A stretch of an excerpt: the word that was found, or what stands around it."""

    pieces: list[Piece]
    is_found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """One hit as a person reads it."""

    hit: SearchHit
    excerpt: list[FoundPiece]
    state: str
    is_decision: bool

    @property
    def is_masked(self) -> bool:
        """Whether anything of the excerpt is masked."""
        return any(masked_in(stretch.pieces) for stretch in self.excerpt)


@bp.get("/sok")
def show() -> ResponseReturnValue:
    """Show the box, and what was found if something was searched for."""
    form = SearchForm(request.args)
    if "fraga" not in request.args:
        return _page(form, _NOTHING)
    if not form.validate():
        return _page(form, _NOTHING), 400
    before = row_number(request.args.get("fore"))
    try:
        found = services().store.search(form.chosen(), limit=MAX_HITS, before=before)
    except InvalidQueryError as error:
        return _page(form, _NOTHING, problem_words(error.problem)), 400
    return _page(form, found)


def _page(form: SearchForm, found: SearchPage, problem: str = "") -> str:
    return render_template(
        "search/list.html",
        form=form,
        problem=problem,
        is_asked="fraga" in request.args and not problem and not form.errors,
        is_later="fore" in request.args,
        rows=hit_rows(found.hits),
        older=found.older,
        channels=services().store.channels(),
        states={state: _(labels.STATUS[state]) for state in STATES},
    )


def hit_rows(hits: Sequence[SearchHit]) -> list[HitRow]:
    """Put hits into words, with what should not be seen at once masked."""
    found = findings_of(hit.number for hit in hits if hit.kind is SearchKind.COMMENT)
    return [hit_row(hit, _findings(hit, found)) for hit in hits]


def _findings(
    hit: SearchHit, found: Mapping[int, Sequence[Finding]]
) -> Sequence[Finding]:
    """Return what was found in a comment; a decision's number is no comment's."""
    return found.get(hit.number, []) if hit.kind is SearchKind.COMMENT else []


def hit_row(hit: SearchHit, findings: Sequence[Finding]) -> HitRow:
    """Put a hit into words."""
    return HitRow(
        hit=hit,
        excerpt=_excerpt(masked(hit.text, findings), hit.marks),
        state=_state(hit),
        is_decision=hit.kind is SearchKind.DECISION,
    )


def _state(hit: SearchHit) -> str:
    if hit.item is None:
        return _("inte i kön")
    return _(labels.OUTCOME[hit.item.outcome] or labels.STATUS[hit.item.status])


def _excerpt(text: str, marks: tuple[Span, ...]) -> list[FoundPiece]:
    """Return some words around the first that was found, in stretches."""
    first = marks[0].start if marks else 0
    start = max(first - _BEFORE, 0)
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = min(start + 2 * EXCERPT, len(text))
    shown = [_piece("… ", is_found=False)] if start else []
    at = start
    for mark in marks:
        if mark.end > end:
            break
        shown.append(_piece(text[at : mark.start], is_found=False))
        shown.append(_piece(mark.of(text), is_found=True))
        at = mark.end
    shown.append(_piece(text[at:end], is_found=False))
    return shown if end == len(text) else [*shown, _piece(" …", is_found=False)]


def _piece(text: str, *, is_found: bool) -> FoundPiece:
    return FoundPiece(pieces=pieces(text, ()), is_found=is_found)
