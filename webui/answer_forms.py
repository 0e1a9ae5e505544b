"""What the form for an answer carries."""

from collections.abc import Iterable
from hashlib import sha256

from wtforms import Form, StringField

from moderation.domain.answer import AnswerTemplate, Concern, Signature
from webui.forms import line, prose

_LONGEST_NUMBER = 15
"""Digits that every database can count to."""


class AnswerForm(Form):
    """A text, and what it was made from."""

    template = StringField(filters=[line])
    signature = StringField(filters=[line])
    text = StringField(filters=[prose])
    sure_because = StringField(filters=[prose])
    seen_concerns = StringField(filters=[line])
    """Which of the guard's concerns the page had told of."""
    last_entry = StringField(filters=[line])

    @property
    def last_seen(self) -> int:
        """The comment's last log entry when the page was made; 0 where not told."""
        told = str(self.last_entry.data)
        is_number = told.isascii() and told.isdigit() and len(told) <= _LONGEST_NUMBER
        return int(told) if is_number else 0

    def chosen_signature(self, template: AnswerTemplate) -> Signature:
        """Return what was chosen, or else what the template proposes."""
        chosen = self.signature.data
        return Signature(chosen) if chosen in set(Signature) else template.signature


def concerns_mark(concerns: Iterable[Concern]) -> str:
    """Return what stands for some concerns in a form, or nothing where none are."""
    told = "\n".join(f"{concern.rule}: {concern.quote}" for concern in concerns)
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest() if told else ""
