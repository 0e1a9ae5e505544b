"""Forms for taking over, parking and notes."""

from datetime import date, timedelta
from typing import Final

from wtforms import Form, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from moderation.domain import labels
from moderation.domain.decision import MAX_TEXT
from moderation.domain.errors import InvalidDecisionError, Problem
from webui.forms import line, prose
from webui.language import _, lazy

_FURTHEST: Final = timedelta(days=366)
_TOO_LONG: Final = lazy("Texten är för lång. Korta den till 10 000 tecken.")
_SENTENCE: Final = 1_000
"""Characters in an answer that is asked for in one sentence."""


def due_date(text: str | None, today: date) -> date | None:
    """Return the last day that a form names, or None where it names none.

    Raises InvalidDecisionError if there is no such day, or it is past or far off.
    """
    if not text:
        return None
    try:
        due = date.fromisoformat(text)
    except ValueError as error:
        raise InvalidDecisionError(Problem.BAD_DEADLINE) from error
    if not today <= due <= today + _FURTHEST:
        raise InvalidDecisionError(Problem.BAD_DEADLINE)
    return due


class TakeOverForm(Form):
    """Why somebody takes an item from a colleague."""

    why = StringField(
        filters=[prose],
        validators=[
            DataRequired(lazy("Skriv en mening om varför du tar över.")),
            Length(max=_SENTENCE, message=lazy("Korta texten till 1 000 tecken.")),
        ],
    )


class ParkForm(Form):
    """Why an item waits, with whom and how long. Set today before validating."""

    expected = StringField(filters=[line])
    owner = StringField(
        filters=[line], validators=[DataRequired(lazy("Välj vem som tar hand om den."))]
    )
    due = StringField(
        filters=[line], validators=[DataRequired(lazy("Välj en sista dag."))]
    )
    reasons = StringField(
        filters=[prose],
        validators=[
            DataRequired(lazy("Skriv varför kommentaren parkeras.")),
            Length(max=MAX_TEXT, message=_TOO_LONG),
        ],
    )
    today: date

    def validate_due(self, field: StringField) -> None:
        """Ask for a day from today on."""
        try:
            due_date(field.data, self.today)
        except InvalidDecisionError as error:
            raise ValidationError(_(labels.PROBLEM[error.problem])) from error


class NoteForm(Form):
    """A note."""

    text = StringField(
        filters=[prose],
        validators=[
            DataRequired(lazy("Skriv något i anteckningen.")),
            Length(max=MAX_TEXT, message=_TOO_LONG),
        ],
    )
