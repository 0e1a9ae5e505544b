from datetime import timedelta

import pytest

from moderation.domain.account import AccountChange
from moderation.domain.errors import UppsiktError
from moderation.domain.invitation import VALID_FOR
from moderation.domain.user import Role
from moderation.invitations import (
    InvitationClosedError,
    accept,
    find,
    invite,
    path_of,
    withdraw,
)
from moderation.storage import SqlStore
from tests.factories import NOON, a_user

WANTED = a_user(
    "nils",
    role=Role.READER,
    channels=frozenset({"hemsidan"}),
    demands_second_factor=True,
    password_hash="",
)


def changes(store: SqlStore) -> list[tuple[AccountChange, str, str]]:
    events = store.account_events("nils")
    return [(event.change, event.actor, event.detail) for event in events]


def test_whoever_is_invited_opens_the_account_as_it_was_wished(
    sqlite_store: SqlStore,
) -> None:
    invitation, secret = invite(WANTED, actor="ada", store=sqlite_store, at=NOON)
    found = find(invitation.id, secret, sqlite_store)
    assert found == invitation

    user = accept(found, "$argon2id$nytt", store=sqlite_store, at=NOON)

    assert user == a_user(
        "nils",
        role=Role.READER,
        channels=frozenset({"hemsidan"}),
        demands_second_factor=True,
        password_hash="$argon2id$nytt",
    )
    assert sqlite_store.user("nils") == user
    assert changes(sqlite_store) == [
        (AccountChange.ADDED, "nils", "läsare, genom inbjudan"),
        (AccountChange.INVITED, "ada", "läsare"),
    ]


def test_only_a_digest_of_the_secret_is_kept(sqlite_store: SqlStore) -> None:
    invitation, secret = invite(WANTED, actor="ada", store=sqlite_store, at=NOON)

    assert len(secret) >= 40
    assert secret not in repr(sqlite_store.invitations(limit=5))
    assert path_of(invitation, secret) == f"/inbjudan/1/{secret}"
    other, another = invite(a_user("ove"), actor="", store=sqlite_store, at=NOON)
    assert secret != another
    assert find(other.id, secret, sqlite_store) is None
    assert find(99, secret, sqlite_store) is None
    assert find(invitation.id, "å", sqlite_store) is None


def test_a_role_that_sees_everything_is_invited_to_every_channel(
    sqlite_store: SqlStore,
) -> None:
    wanted = a_user("nils", role=Role.OFFICER, channels=frozenset({"hemsidan"}))

    invitation, _ = invite(wanted, actor="ada", store=sqlite_store, at=NOON)

    assert invitation.channels == frozenset()


def test_a_link_works_once(sqlite_store: SqlStore) -> None:
    invitation, _ = invite(WANTED, actor="ada", store=sqlite_store, at=NOON)
    accept(invitation, "$argon2id$ett", store=sqlite_store, at=NOON)

    with pytest.raises(InvitationClosedError):
        accept(invitation, "$argon2id$två", store=sqlite_store, at=NOON)
    with pytest.raises(InvitationClosedError):
        withdraw(invitation, actor="ada", store=sqlite_store, at=NOON)

    [user] = sqlite_store.users()
    assert user.password_hash == "$argon2id$ett"


def test_a_link_that_has_run_out_opens_nothing(sqlite_store: SqlStore) -> None:
    invitation, _ = invite(WANTED, actor="ada", store=sqlite_store, at=NOON)

    with pytest.raises(InvitationClosedError):
        accept(invitation, "$argon2id$ett", store=sqlite_store, at=NOON + VALID_FOR)

    assert sqlite_store.users() == []


def test_what_is_taken_back_is_noted_and_can_be_made_anew(
    sqlite_store: SqlStore,
) -> None:
    invitation, _ = invite(WANTED, actor="ada", store=sqlite_store, at=NOON)
    with pytest.raises(UppsiktError, match="redan inbjuden"):
        invite(WANTED, actor="ada", store=sqlite_store, at=NOON)

    withdraw(invitation, actor="ada", store=sqlite_store, at=NOON)
    invite(WANTED, actor="", store=sqlite_store, at=NOON)

    assert [change for change, _, _ in changes(sqlite_store)] == [
        AccountChange.INVITED,
        AccountChange.INVITATION_WITHDRAWN,
        AccountChange.INVITED,
    ]


def test_an_invitation_that_ran_out_is_no_obstacle(sqlite_store: SqlStore) -> None:
    invite(WANTED, actor="ada", store=sqlite_store, at=NOON)
    later = NOON + VALID_FOR + timedelta(seconds=1)

    second, _ = invite(WANTED, actor="ada", store=sqlite_store, at=later)

    assert second.id == 2


def test_a_name_that_somebody_has_is_refused(sqlite_store: SqlStore) -> None:
    with sqlite_store.transaction() as tx:
        tx.add_user(a_user("nils"))

    with pytest.raises(UppsiktError, match="upptaget"):
        invite(WANTED, actor="ada", store=sqlite_store, at=NOON)


def test_a_name_that_somebody_got_meanwhile_leaves_the_invitation_open(
    sqlite_store: SqlStore,
) -> None:
    invitation, _ = invite(WANTED, actor="ada", store=sqlite_store, at=NOON)
    with sqlite_store.transaction() as tx:
        tx.add_user(a_user("nils"))

    with pytest.raises(UppsiktError, match="upptaget"):
        accept(invitation, "$argon2id$ett", store=sqlite_store, at=NOON)

    kept = sqlite_store.invitation(invitation.id)
    assert kept is not None
    assert kept.used_at is None


def test_nobody_is_invited_as_the_program_itself(sqlite_store: SqlStore) -> None:
    with pytest.raises(UppsiktError, match="programmets eget"):
        invite(a_user("uppsikt"), actor="ada", store=sqlite_store, at=NOON)

    assert sqlite_store.invitations(limit=1) == []
