"""Changes of accounts in the name of whoever is signed in."""

from moderation.accounts import Accounts
from webui.auth import acting_user
from webui.services import services


def accounts() -> Accounts:
    """Return what changes accounts for the signed-in user."""
    parts = services()
    return Accounts(parts.store, actor=acting_user().name, now=parts.now)
