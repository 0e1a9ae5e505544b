"""Signing in in two steps: codes from a key, and others for when it is lost."""

import secrets
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Final

import pyotp

from moderation.domain.account import AccountChange, AccountEvent, SecondFactor
from moderation.domain.ports import Store, Transaction
from moderation.domain.random_letters import random_letters

RECOVERY_CODES: Final = 10
_SECONDS: Final = 30
_DIGITS: Final = 6


def new_key() -> str:
    """Return a key that nobody can guess, in base32."""
    return pyotp.random_base32()


def key_address(key: str, name: str) -> str:
    """Return the address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(key).provisioning_uri(name=name, issuer_name="Uppsikt")


def begin(store: Store, name: str) -> None:
    """Give a user a key that is still to be confirmed; one that counts stays."""
    with store.transaction() as tx:
        if not tx.account(name).has_second_factor:
            tx.set_second_factor(name, new_key())


def confirm(
    store: Store, factor: SecondFactor, code: str, *, at: datetime
) -> list[str]:
    """Let a key count if the code fits it, and return the recovery codes; [] if not.

    Sessions that began with a password alone end.
    """
    step = _step_of(factor.key, code, at=at)
    if step is None:
        return []
    codes = _new_codes()
    with store.transaction() as tx:
        user = tx.account(factor.name)
        if not tx.use_step(factor.name, step):
            return []
        tx.save_user(replace(user, session_generation=user.session_generation + 1))
        tx.confirm_second_factor(factor.name, _digests(factor.name, codes), at=at)
        _note(tx, factor.name, AccountChange.FACTOR_ON, at)
    return codes


def renew_codes(store: Store, name: str, *, at: datetime) -> list[str]:
    """Replace the recovery codes and return the new ones."""
    codes = _new_codes()
    with store.transaction() as tx:
        tx.account(name)
        tx.replace_recovery_codes(name, _digests(name, codes))
        _note(tx, name, AccountChange.CODES_RENEWED, at)
    return codes


def turn_off(store: Store, name: str, *, at: datetime) -> None:
    """Remove a user's own key."""
    with store.transaction() as tx:
        tx.account(name)
        tx.remove_second_factor(name)
        _note(tx, name, AccountChange.FACTOR_OFF, at)


def opens(store: Store, factor: SecondFactor, code: str, *, at: datetime) -> bool:
    """Say whether a code opens the door, and use it up if it does."""
    step = _step_of(factor.key, code, at=at)
    with store.transaction() as tx:
        if step is not None:
            return tx.use_step(factor.name, step)
        is_used = tx.use_recovery_code(factor.name, _digest(factor.name, code))
        if is_used:
            _note(tx, factor.name, AccountChange.CODE_USED, at)
        return is_used


def _step_of(key: str, code: str, *, at: datetime) -> int | None:
    """Return the half minute that a code belongs to: now, or one before or after."""
    digits = "".join(code.split())
    if len(digits) != _DIGITS or not digits.isascii() or not digits.isdigit():
        return None
    now = int(at.timestamp()) // _SECONDS
    totp = pyotp.TOTP(key)
    fitting = [
        step
        for step in (now - 1, now, now + 1)
        if secrets.compare_digest(totp.generate_otp(step), digits)
    ]
    return max(fitting, default=None)


def _new_codes() -> list[str]:
    return [random_letters() for _ in range(RECOVERY_CODES)]


def _digests(name: str, codes: list[str]) -> list[str]:
    return [_digest(name, code) for code in codes]


def _digest(name: str, code: str) -> str:
    """Return what is stored of a code; too long to guess, so a quick hash will do."""
    letters = "".join(sign for sign in code.lower() if sign.isalnum())
    return sha256(f"{name}\0{letters}".encode("utf-8", "surrogatepass")).hexdigest()


def _note(tx: Transaction, name: str, change: AccountChange, at: datetime) -> None:
    tx.note_account_event(AccountEvent(at=at, name=name, actor=name, change=change))
