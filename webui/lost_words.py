"""What somebody had typed in a form that cannot be taken: shown, so that it is kept."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask import request

from webui.forms import prose

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reasons": "Motivering",
        "obvious_because": "Därför är det, eller är det inte, uppenbart",
        "reference": "Paragraf eller regel",
        "escalate_to": "Till vem",
        "text": "Text",
        "why": "Varför du tar över",
        "sure_because": "Varför texten kan stå kvar",
        "mening": "Vad du såg eller varför",
    }
)


def lost_words() -> list[tuple[str, str]]:
    """Return what the form carries of a person's own words, each with its label."""
    typed = ((label, prose(request.form.get(name))) for name, label in _WORDS.items())
    return [(label, text) for label, text in typed if text.strip()]
