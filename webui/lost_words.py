"""What somebody had typed in a form that cannot be taken: shown, so that it is kept."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask import request

from webui.forms import prose
from webui.language import lazy

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reasons": lazy("Motivering"),
        "obvious_because": lazy("Därför är det, eller är det inte, uppenbart"),
        "reference": lazy("Paragraf eller regel"),
        "escalate_to": lazy("Till vem"),
        "text": lazy("Text"),
        "why": lazy("Varför du tar över"),
        "sure_because": lazy("Varför texten kan stå kvar"),
        "mening": lazy("Vad du såg eller varför"),
    }
)


def lost_words() -> list[tuple[str, str]]:
    """Return what the form carries of a person's own words, each with its label."""
    typed = ((label, prose(request.form.get(name))) for name, label in _WORDS.items())
    return [(label, text) for label, text in typed if text.strip()]
