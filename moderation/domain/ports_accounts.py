"""What the accounts ask of the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from moderation.domain.account import AccountEvent, SecondFactor
from moderation.domain.sign_in import Failures
from moderation.domain.user import Role, User


class AccountReader(Protocol):
    """Reads accounts, beside the users themselves."""

    def account_events(self, name: str) -> list[AccountEvent]:
        """Return what was done to an account, newest first; "" for whole roles."""
        ...

    def second_factor(self, name: str) -> SecondFactor | None:
        """Return a user's key, confirmed or not, or None."""
        ...

    def second_factor_roles(self) -> frozenset[Role]:
        """Return the roles that must sign in in two steps."""
        ...


class AccountChanger(Protocol):
    """Changes accounts. Changes of accounts wait for each other."""

    def account(self, name: str) -> User:
        """Return a user that nobody else changes now, or raise NotFoundError."""
        ...

    def count_active_admins(self) -> int:
        """Return how many could administer."""
        ...

    def save_user(self, user: User) -> None:
        """Store a user's fields anew, except what other tables say of him."""
        ...

    def note_account_event(self, event: AccountEvent) -> None:
        """Store who did what to an account."""
        ...

    def set_second_factor(self, name: str, key: str) -> None:
        """Give a user a key that is still to be confirmed, in place of any other."""
        ...

    def confirm_second_factor(
        self, name: str, code_digests: Sequence[str], *, at: datetime
    ) -> None:
        """Let the key count, and replace the recovery codes."""
        ...

    def replace_recovery_codes(self, name: str, code_digests: Sequence[str]) -> None:
        """Replace the recovery codes."""
        ...

    def remove_second_factor(self, name: str) -> None:
        """Remove key and recovery codes, if there are any."""
        ...

    def use_step(self, name: str, step: int) -> bool:
        """Use up a code's time step. False if it or a later one was used before."""
        ...

    def use_recovery_code(self, name: str, digest: str) -> bool:
        """Use up a recovery code. False if it does not exist any more."""
        ...

    def set_second_factor_roles(self, roles: frozenset[Role]) -> None:
        """Say which roles must sign in in two steps."""
        ...

    def sign_in_failures(self, keys: Sequence[str]) -> dict[str, Failures]:
        """Return the counts that exist; nobody else changes any before the end."""
        ...

    def save_sign_in_failures(self, counts: Mapping[str, Failures]) -> None:
        """Store counts, and drop those that are forgotten by now."""
        ...

    def clear_sign_in_failures(self, keys: Sequence[str]) -> None:
        """Forget counts."""
        ...
