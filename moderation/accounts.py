"""Changes of accounts, each with a note of who made it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from moderation.domain import labels
from moderation.domain.account import AccountChange, AccountEvent
from moderation.domain.collaboration import Function
from moderation.domain.errors import LastAdminError
from moderation.domain.ports import Clock, Store, Transaction
from moderation.domain.user import LIMITED, Language, Role, User

SERVER: Final = ""
"""Who acts on the command line: somebody who may do everything there anyway."""


class Accounts:
    """Changes accounts in somebody's name."""

    def __init__(self, store: Store, *, actor: str, now: Clock) -> None:
        self._store = store
        self._actor = actor
        self._now = now

    def add(self, user: User) -> None:
        """Add a user, or raise UppsiktError if the name is taken."""
        with self._store.transaction() as tx:
            tx.add_user(user)
            self._note(tx, user.name, AccountChange.ADDED, labels.ROLE[user.role])

    def change_password(self, name: str, password_hash: str) -> User:
        """Give a user the password that he chose; his sessions end."""
        return self._change(
            name,
            AccountChange.PASSWORD_CHANGED,
            lambda user: _signed_out(
                replace(user, password_hash=password_hash, must_change_password=False)
            ),
        )

    def set_password(self, name: str, password_hash: str) -> User:
        """Give a user a password that he must change; his sessions end."""
        return self._change(
            name,
            AccountChange.PASSWORD_SET,
            lambda user: _signed_out(
                replace(user, password_hash=password_hash, must_change_password=True)
            ),
        )

    def choose_language(self, name: str, language: Language) -> User:
        """Let the pages speak a user's language. Nothing to note: it opens nothing."""
        with self._store.transaction() as tx:
            user = replace(tx.account(name), language=language)
            tx.save_user(user)
        return user

    def sign_out_everywhere(self, name: str) -> User:
        """End all sessions of a user."""
        return self._change(name, AccountChange.SIGNED_OUT, _signed_out)

    def close(self, name: str) -> User:
        """Keep a user out from now on, or raise LastAdminError."""
        return self._change(
            name,
            AccountChange.CLOSED,
            lambda user: _signed_out(replace(user, is_active=False)),
            is_needed=lambda user: user.is_active,
        )

    def reopen(self, name: str) -> User:
        """Let a user in again."""
        return self._change(
            name,
            AccountChange.REOPENED,
            lambda user: replace(user, is_active=True),
            is_needed=lambda user: not user.is_active,
        )

    def demand_second_factor(self, name: str, *, is_demanded: bool) -> User:
        """Say whether this user must sign in in two steps."""
        return self._change(
            name,
            AccountChange.FACTOR_DEMANDED if is_demanded else AccountChange.FACTOR_FREE,
            lambda user: replace(user, demands_second_factor=is_demanded),
            is_needed=lambda user: user.demands_second_factor is not is_demanded,
        )

    def edit(
        self, name: str, *, display_name: str, role: Role, channels: frozenset[str]
    ) -> User:
        """Change what a user is called, may do and may see, or raise LastAdminError.

        A role that cannot be limited to channels sees them all.
        """
        with self._store.transaction() as tx:
            before = tx.account(name)
            after = replace(
                before,
                display_name=display_name,
                role=role,
                channels=channels if role in LIMITED else frozenset(),
            )
            _save(tx, before, after)
            for change, detail in _differences(before, after):
                self._note(tx, name, change, detail)
        return after

    def set_functions(self, name: str, functions: frozenset[Function]) -> User:
        """Say what a user is to the municipality, or raise NotFoundError."""
        with self._store.transaction() as tx:
            user = tx.account(name)
            before = self._store.user_functions().get(name, frozenset())
            if before != functions:
                tx.set_functions(name, functions)
                detail = f"{_functions(before)} → {_functions(functions)}"
                self._note(tx, name, AccountChange.FUNCTIONS, detail)
        return user

    def demand_second_factor_of(self, roles: frozenset[Role]) -> None:
        """Say which roles must sign in in two steps."""
        with self._store.transaction() as tx:
            tx.set_second_factor_roles(roles)
            words = ", ".join(labels.ROLE[role] for role in Role if role in roles)
            self._note(tx, "", AccountChange.FACTOR_DEMANDED, words or "ingen roll")

    def reset_second_factor(self, name: str) -> User:
        """Let a user who has lost the key begin anew; his sessions end."""
        with self._store.transaction() as tx:
            user = _signed_out(tx.account(name))
            tx.remove_second_factor(name)
            tx.save_user(user)
            self._note(tx, name, AccountChange.FACTOR_RESET)
        return replace(user, has_second_factor=False)

    def _change(
        self,
        name: str,
        change: AccountChange,
        changed: Callable[[User], User],
        *,
        is_needed: Callable[[User], bool] = lambda _user: True,
    ) -> User:
        """Store a changed user with a note; do nothing where nothing is needed."""
        with self._store.transaction() as tx:
            before = tx.account(name)
            if not is_needed(before):
                return before
            after = changed(before)
            _save(tx, before, after)
            self._note(tx, name, change)
        return after

    def _note(
        self, tx: Transaction, name: str, change: AccountChange, detail: str = ""
    ) -> None:
        event = AccountEvent(
            at=self._now(), name=name, actor=self._actor, change=change, detail=detail
        )
        tx.note_account_event(event)


def _signed_out(user: User) -> User:
    return replace(user, session_generation=user.session_generation + 1)


def _save(tx: Transaction, before: User, after: User) -> None:
    """Store a user, unless nobody could administer after it."""
    tx.save_user(after)
    was_admin = before.is_active and before.may_administer
    if was_admin and not tx.count_active_admins():
        raise LastAdminError


def _differences(before: User, after: User) -> list[tuple[AccountChange, str]]:
    """Return what an edit changed, as «från → till»."""
    told = (
        (AccountChange.RENAMED, before.display_name, after.display_name),
        (AccountChange.ROLE, labels.ROLE[before.role], labels.ROLE[after.role]),
        (AccountChange.CHANNELS, _channels(before), _channels(after)),
    )
    return [(kind, f"{old} → {new}") for kind, old, new in told if old != new]


def _functions(functions: frozenset[Function]) -> str:
    words = [labels.FUNCTION[one] for one in Function if one in functions]
    return ", ".join(words) or "inga"


def _channels(user: User) -> str:
    return ", ".join(sorted(user.channels)) or "alla kanaler"
