"""What somebody had typed in a form that could not be taken care of."""

from typing import Final

from flask import request

from webui.forms import prose

_LABELS: Final = {
    "text": "Text",
    "sure_because": "Varför det kan stå kvar",
    "reasons": "Motivering",
    "obvious_because": "Varför det är, eller inte är, uppenbart",
    "reference": "Paragraf eller regel",
    "escalate_to": "Till vem",
    "why": "Varför du tar över",
    "mening": "Det du såg",
}
"""The fields of free text. No others are ever shown again, passwords least of all."""


def typed_texts() -> list[tuple[str, str]]:
    """Return the free texts of the form that was sent, each with its label."""
    if request.method != "POST":
        return []
    sent = ((label, prose(request.form.get(name))) for name, label in _LABELS.items())
    return [(label, text) for label, text in sent if text.strip()]
