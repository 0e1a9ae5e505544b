"""What both databases promise about accounts."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.accounts import Accounts
from moderation.domain.account import AccountChange, AccountEvent
from moderation.domain.errors import LastAdminError, NotFoundError
from moderation.domain.ports import Store
from moderation.domain.sign_in import FORGOTTEN_AFTER, Failures
from moderation.domain.user import Role
from tests.factories import NOON, a_user


@pytest.fixture
def eva(store: Store) -> Store:
    with store.transaction() as tx:
        tx.add_user(a_user())
    return store


def test_a_user_is_stored_with_everything_that_is_his_own(store: Store) -> None:
    user = a_user(
        must_change_password=True,
        session_generation=3,
        demands_second_factor=True,
        channels=frozenset({"hemsidan", "åsikter"}),
    )
    with store.transaction() as tx:
        tx.add_user(user)

    assert store.user("eva") == user


def test_a_saved_user_replaces_the_old_fields(eva: Store) -> None:
    changed = a_user(display_name="Eva Ny", role=Role.READER, session_generation=1)
    with eva.transaction() as tx:
        tx.save_user(changed)

    assert eva.users() == [changed]


def test_an_account_that_does_not_exist_cannot_be_changed(store: Store) -> None:
    with store.transaction() as tx, pytest.raises(NotFoundError):
        tx.account("ingen")


def test_events_are_read_per_account_the_newest_first(eva: Store) -> None:
    first = AccountEvent(
        at=NOON, name="eva", actor="ada", change=AccountChange.CLOSED, detail="å → ö"
    )
    second = replace(first, change=AccountChange.REOPENED, actor="")
    other = replace(first, name="")
    with eva.transaction() as tx:
        for event in (first, second, other):
            tx.note_account_event(event)

    assert eva.account_events("eva") == [second, first]
    assert eva.account_events("") == [other]
    assert eva.account_events("bo") == []


def test_a_key_counts_only_when_confirmed(eva: Store) -> None:
    with eva.transaction() as tx:
        tx.set_second_factor("eva", "GAMMAL")
        tx.set_second_factor("eva", "NYCKEL")
    pending, before = eva.second_factor("eva"), eva.user("eva")
    with eva.transaction() as tx:
        tx.confirm_second_factor("eva", ["a", "b"], at=NOON)
    confirmed, after = eva.second_factor("eva"), eva.user("eva")

    assert pending is not None
    assert (pending.key, pending.is_confirmed, pending.codes_left) == (
        "NYCKEL",
        False,
        0,
    )
    assert before is not None
    assert not before.has_second_factor
    assert confirmed is not None
    assert (confirmed.is_confirmed, confirmed.codes_left) == (True, 2)
    assert after is not None
    assert after.has_second_factor


def test_a_time_step_is_used_once_and_never_an_earlier_one(eva: Store) -> None:
    with eva.transaction() as tx:
        tx.set_second_factor("eva", "NYCKEL")
        used = [tx.use_step("eva", step) for step in (8, 8, 7, 9)]

    assert used == [True, False, False, True]


def test_a_recovery_code_is_used_once_by_its_owner(eva: Store) -> None:
    with eva.transaction() as tx:
        tx.add_user(a_user("bo"))
        tx.set_second_factor("eva", "NYCKEL")
        tx.confirm_second_factor("eva", ["a", "b"], at=NOON)
        used = [tx.use_recovery_code(*one) for one in (("bo", "a"), ("eva", "a"))]
        again = tx.use_recovery_code("eva", "a")
        tx.replace_recovery_codes("eva", ["c"])
        old = tx.use_recovery_code("eva", "b")

    assert (used, again, old) == ([False, True], False, False)


def test_a_removed_key_leaves_nothing(eva: Store) -> None:
    with eva.transaction() as tx:
        tx.set_second_factor("eva", "NYCKEL")
        tx.confirm_second_factor("eva", ["a"], at=NOON)
        tx.remove_second_factor("eva")

    assert eva.second_factor("eva") is None
    assert eva.user("eva") == a_user()


def test_a_role_can_demand_two_steps_of_all_its_users(eva: Store) -> None:
    with eva.transaction() as tx:
        tx.add_user(a_user("kim", role=Role.READER))
        tx.set_second_factor_roles(frozenset({Role.MODERATOR, Role.ADMIN}))
    demanded = [user.must_set_up_second_factor for user in eva.users()]
    with eva.transaction() as tx:
        tx.set_second_factor_roles(frozenset())

    assert demanded == [True, False]
    assert eva.second_factor_roles() == frozenset()
    assert not any(user.must_set_up_second_factor for user in eva.users())


def test_failures_are_kept_until_cleared_or_forgotten(store: Store) -> None:
    blocked = Failures(count=5, last_at=NOON, blocked_until=NOON + timedelta(minutes=1))
    free = Failures(count=1, last_at=NOON)
    with store.transaction() as tx:
        tx.save_sign_in_failures({"a": blocked, "b": free})
    with store.transaction() as tx:
        kept = tx.sign_in_failures(["a", "b", "c"])
        tx.clear_sign_in_failures(["a"])
        later = NOON + FORGOTTEN_AFTER + timedelta(seconds=1)
        tx.save_sign_in_failures({"c": Failures(count=1, last_at=later)})
        left = tx.sign_in_failures(["a", "b", "c"])

    assert kept == {"a": blocked, "b": free}
    assert list(left) == ["c"]


def test_two_admins_who_close_each_other_at_once_do_not_both_succeed(
    store: Store,
) -> None:
    with store.transaction() as tx:
        for name in ("ada", "kim"):
            tx.add_user(a_user(name, role=Role.ADMIN))
    refused = []
    start = threading.Barrier(2)

    def close(name: str, actor: str) -> None:
        start.wait()
        try:
            Accounts(store, actor=actor, now=lambda: NOON).close(name)
        except LastAdminError:
            refused.append(name)

    pair = [("ada", "kim"), ("kim", "ada")]
    threads = [threading.Thread(target=close, args=names) for names in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert [user.name for user in store.users() if user.is_active] == refused
