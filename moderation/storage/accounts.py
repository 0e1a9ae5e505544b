"""Accounts in the store: the mixins that the store and its transaction inherit."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from moderation.domain.account import AccountEvent, SecondFactor
from moderation.domain.errors import NotFoundError
from moderation.domain.sign_in import Failures
from moderation.domain.user import Role, User
from moderation.storage import account_events, second_factors, sign_in_failures, users
from moderation.storage.locks import Lock, wait_for
from moderation.storage.reading import Reading


class AccountReading(Reading):
    """What the port AccountReader promises."""

    def account_events(self, name: str) -> list[AccountEvent]:
        """Return what was done to an account, newest first; "" for whole roles."""
        with self._reading() as connection:
            return account_events.events_of(connection, name)

    def second_factor(self, name: str) -> SecondFactor | None:
        """Return a user's key, confirmed or not, or None."""
        with self._reading() as connection:
            return second_factors.second_factor(connection, name)

    def second_factor_roles(self) -> frozenset[Role]:
        """Return the roles that must sign in in two steps."""
        with self._reading() as connection:
            return second_factors.roles(connection)


class AccountChanging:
    """What the port AccountChanger promises, on one open connection."""

    _connection: Connection

    def account(self, name: str) -> User:
        """Return a user that nobody else changes now, or raise NotFoundError."""
        wait_for(Lock.ACCOUNTS, self._connection)
        found = users.user(self._connection, name)
        if found is None:
            msg = "Användaren finns inte: kontrollera användarnamnet."
            raise NotFoundError(msg)
        return found

    def count_active_admins(self) -> int:
        """Return how many could administer."""
        everyone = users.users(self._connection)
        return sum(user.is_active and user.may_administer for user in everyone)

    def save_user(self, user: User) -> None:
        """Store a user's fields anew, except what other tables say of him."""
        users.save_user(self._connection, user)

    def note_account_event(self, event: AccountEvent) -> None:
        """Store who did what to an account."""
        account_events.add_event(self._connection, event)

    def set_second_factor(self, name: str, key: str) -> None:
        """Give a user a key that is still to be confirmed, in place of any other."""
        second_factors.remove(self._connection, name)
        second_factors.add_key(self._connection, name, key)

    def confirm_second_factor(
        self, name: str, code_digests: Sequence[str], *, at: datetime
    ) -> None:
        """Let the key count, and replace the recovery codes."""
        second_factors.confirm(self._connection, name, at=at)
        second_factors.replace_codes(self._connection, name, code_digests)

    def replace_recovery_codes(self, name: str, code_digests: Sequence[str]) -> None:
        """Replace the recovery codes."""
        second_factors.replace_codes(self._connection, name, code_digests)

    def remove_second_factor(self, name: str) -> None:
        """Remove key and recovery codes, if there are any."""
        second_factors.remove(self._connection, name)

    def use_step(self, name: str, step: int) -> bool:
        """Use up a code's time step. False if it or a later one was used before."""
        return second_factors.use_step(self._connection, name, step)

    def use_recovery_code(self, name: str, digest: str) -> bool:
        """Use up a recovery code. False if it does not exist any more."""
        return second_factors.use_code(self._connection, name, digest)

    def set_second_factor_roles(self, roles: frozenset[Role]) -> None:
        """Say which roles must sign in in two steps."""
        wait_for(Lock.ACCOUNTS, self._connection)
        second_factors.set_roles(self._connection, roles)

    def sign_in_failures(self, keys: Sequence[str]) -> dict[str, Failures]:
        """Return the counts that exist; nobody else changes any before the end."""
        wait_for(Lock.SIGN_INS, self._connection)
        return sign_in_failures.counts(self._connection, keys)

    def save_sign_in_failures(self, counts: Mapping[str, Failures]) -> None:
        """Store counts, and drop those that are forgotten by now."""
        sign_in_failures.save(self._connection, counts)

    def clear_sign_in_failures(self, keys: Sequence[str]) -> None:
        """Forget counts."""
        sign_in_failures.clear(self._connection, keys)
