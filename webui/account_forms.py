"""What the forms about accounts carry."""

from typing import Final

from wtforms import Form, PasswordField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, DataRequired, Length

from moderation.domain.user import Role
from webui.language import lazy

_LONGEST_CODE: Final = 100


def _line(text: str | None) -> str:
    """Return a line without the NUL that databases refuse, and without edges."""
    return (text or "").replace("\0", "").strip()


class PasswordForm(Form):
    """A new password, and the one before it."""

    current = PasswordField()
    new = PasswordField()
    again = PasswordField()


class ProofForm(Form):
    """The password, before something that a passer-by must not do."""

    password = PasswordField()


class CodeForm(Form):
    """A code from an app, or a recovery code."""

    code = StringField(
        filters=[_line],
        validators=[
            DataRequired(lazy("Skriv koden.")),
            Length(
                max=_LONGEST_CODE, message=lazy("Koden är för lång: skriv bara den.")
            ),
        ],
    )


class EditForm(Form):
    """What a user is called, may do and may see."""

    display_name = StringField(
        filters=[_line],
        validators=[
            DataRequired(lazy("Skriv namnet som ska synas.")),
            Length(max=100, message=lazy("Korta namnet till 100 tecken.")),
        ],
    )
    role = StringField(
        filters=[_line],
        validators=[
            DataRequired(lazy("Välj en roll.")),
            AnyOf(list(Role), message=lazy("Välj en av rollerna.")),
        ],
    )
    channels = SelectMultipleField(validate_choice=False)
