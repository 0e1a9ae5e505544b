"""What the forms about accounts carry."""

from typing import Final

from wtforms import Form, PasswordField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from webui.forms import display_name_field, line, role_field
from webui.language import lazy

_LONGEST_CODE: Final = 100


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
        filters=[line],
        validators=[
            DataRequired(lazy("Skriv koden.")),
            Length(
                max=_LONGEST_CODE, message=lazy("Koden är för lång: skriv bara den.")
            ),
        ],
    )


class EditForm(Form):
    """What a user is called, may do and may see."""

    display_name = display_name_field()
    role = role_field()
    channels = SelectMultipleField(validate_choice=False)
