"""Inviting users: a link for one account, good for three days and for one use."""

import secrets
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from moderation.domain import labels
from moderation.domain.account import AccountChange, AccountEvent
from moderation.domain.errors import UppsiktError
from moderation.domain.invitation import VALID_FOR, Invitation
from moderation.domain.ports import Store
from moderation.domain.user import LIMITED, User, refuse_reserved

_NOBODYS: Final = "0" * 64
"""What the secret of an unknown invitation is compared with."""


class NameTakenError(UppsiktError):
    """Somebody has the user name, or is invited to have it."""


class InvitationClosedError(UppsiktError):
    """The invitation was used, taken back or has run out meanwhile."""

    def __init__(self) -> None:
        super().__init__("Inbjudan gäller inte längre.")


def invite(
    wanted: User, *, actor: str, store: Store, at: datetime
) -> tuple[Invitation, str]:
    """Invite somebody to an account and return the invitation with its secret.

    The wanted user's password does not matter. Only a digest of the secret is kept.
    Raises UppsiktError if the name is taken, invited already, or not to be had.
    """
    refuse_reserved(wanted.name)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        name=wanted.name,
        display_name=wanted.display_name,
        role=wanted.role,
        channels=wanted.channels if wanted.role in LIMITED else frozenset(),
        demands_second_factor=wanted.demands_second_factor,
        digest=_digest(secret),
        invited_by=actor,
        invited_at=at,
        expires_at=at + VALID_FOR,
    )
    with store.transaction() as tx:
        if tx.is_invited(wanted.name, at=at):
            msg = (
                f"{wanted.name} är redan inbjuden. "
                "Dra tillbaka den inbjudan först om du vill göra en ny."
            )
            raise NameTakenError(msg)
        if store.user(wanted.name) is not None:
            msg = f"Användarnamnet {wanted.name} är upptaget: välj ett annat."
            raise NameTakenError(msg)
        number = tx.add_invitation(invitation)
        tx.note_account_event(
            AccountEvent(
                at=at,
                name=wanted.name,
                actor=actor,
                change=AccountChange.INVITED,
                detail=labels.ROLE[wanted.role],
            )
        )
    return replace(invitation, id=number), secret


def path_of(invitation: Invitation, secret: str) -> str:
    """Return the path of the page that the invitation opens."""
    return f"/inbjudan/{invitation.id}/{secret}"


def find(invitation_id: int, secret: str, store: Store) -> Invitation | None:
    """Return the invitation whose link this is, or None; as slow for unknown ones."""
    invitation = store.invitation(invitation_id)
    kept = _NOBODYS if invitation is None else invitation.digest
    fits = secrets.compare_digest(_digest(secret), kept)
    return invitation if fits else None


def accept(
    invitation: Invitation, password_hash: str, *, store: Store, at: datetime
) -> User:
    """Open the account, in one transaction, and return the user.

    Raises InvitationClosedError if the invitation is not open any more, and
    UppsiktError if somebody else has got the name meanwhile.
    """
    user = User(
        name=invitation.name,
        display_name=invitation.display_name,
        role=invitation.role,
        password_hash=password_hash,
        demands_second_factor=invitation.demands_second_factor,
        channels=invitation.channels,
    )
    with store.transaction() as tx:
        if not tx.use_invitation(invitation.id, at=at):
            raise InvitationClosedError
        tx.add_user(user)
        tx.note_account_event(
            AccountEvent(
                at=at,
                name=user.name,
                actor=user.name,
                change=AccountChange.ADDED,
                detail=f"{labels.ROLE[user.role]}, genom inbjudan",
            )
        )
    return user


def withdraw(invitation: Invitation, *, actor: str, store: Store, at: datetime) -> None:
    """Take an invitation back, or raise InvitationClosedError."""
    with store.transaction() as tx:
        if not tx.withdraw_invitation(invitation.id, at=at):
            raise InvitationClosedError
        tx.note_account_event(
            AccountEvent(
                at=at,
                name=invitation.name,
                actor=actor,
                change=AccountChange.INVITATION_WITHDRAWN,
            )
        )


def _digest(secret: str) -> str:
    """Return what is stored of a secret; too long to guess, so a quick hash will do."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
