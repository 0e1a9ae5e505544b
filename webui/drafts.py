"""What somebody has typed about an item and not sent."""

from typing import Final

from werkzeug.datastructures import MultiDict

from moderation.domain.collaboration import Draft
from webui.deciding_forms import CardForm
from webui.forms import prose

_NOT_TYPED: Final = frozenset({"csrf_token", "expected"})
_MOST_FIELDS: Final = 60
"""More than any decision has."""


def typed_fields(sent: MultiDict[str, str]) -> dict[str, list[str]]:
    """Return what a form carries that a person chose or typed, by field name."""
    names = [prose(name) for name in sent if name not in _NOT_TYPED]
    return {
        name: [prose(value) for value in sent.getlist(name)]
        for name in names[:_MOST_FIELDS]
    }


def form_of(draft: Draft | None, status: str) -> CardForm:
    """Return the form as it was left, to be sent on the item as it stands now."""
    if draft is None:
        return CardForm()
    return CardForm(MultiDict({**draft.fields, "expected": [status]}))
