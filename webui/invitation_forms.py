"""What the forms about invitations carry."""

from wtforms import BooleanField, Form, PasswordField, SelectMultipleField

from moderation.domain.user import Role, User
from webui.forms import UserForm


class InviteForm(UserForm):
    """Whom to invite, and what they may do."""

    password = None  # type: ignore[assignment]  # WTForms drops a field so.
    channels = SelectMultipleField(validate_choice=False)
    demands_second_factor = BooleanField()

    @property
    def chosen_channels(self) -> frozenset[str]:
        """The channels that were marked."""
        return frozenset(self.channels.data or ())

    def wanted(self) -> User:
        """Return the user as he is to be; he chooses the password himself."""
        return User(
            name=str(self.user_name.data),
            display_name=str(self.display_name.data),
            role=Role(str(self.role.data)),
            password_hash="",
            channels=self.chosen_channels,
            demands_second_factor=bool(self.demands_second_factor.data),
        )


class WelcomeForm(Form):
    """A password of one's own, twice."""

    new = PasswordField()
    again = PasswordField()
