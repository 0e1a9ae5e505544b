"""What every store does with rescans and users."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.domain.errors import StorageError, UppsiktError
from moderation.domain.ports import Store
from moderation.domain.run import Run, RunTally
from moderation.domain.user import Role
from tests.factories import NOON, a_user


def start(store: Store, **limits: object) -> Run:
    with store.transaction() as tx:
        return tx.start_run(
            since=NOON if limits else None, ruleset="regler-1", model="m-1", at=NOON
        )


def advance(store: Store, run: Run) -> None:
    with store.transaction() as tx:
        tx.advance_run(run)


def test_a_run_begins_at_the_start_of_the_archive(store: Store) -> None:
    run = start(store)

    assert (run.last_comment_id, run.tally) == (0, RunTally())
    assert (run.started_at, run.finished_at) == (NOON, None)
    assert store.unfinished_run(since=None) == run
    assert store.last_run() == run


def test_a_stopped_run_is_found_again_at_its_checkpoint(store: Store) -> None:
    tally = RunTally(seen=10, newly_flagged=2, changed=3, failed=1)
    run = replace(start(store), last_comment_id=10, tally=tally)

    advance(store, run)

    assert store.unfinished_run(since=None) == run


def test_a_finished_run_is_not_resumed(store: Store) -> None:
    run = replace(start(store), finished_at=NOON + timedelta(hours=1))
    advance(store, run)

    assert store.unfinished_run(since=None) is None
    assert store.last_run() == run


def test_a_run_with_another_limit_is_not_resumed(store: Store) -> None:
    limited = start(store, since=NOON)

    assert store.unfinished_run(since=None) is None
    assert store.unfinished_run(since=NOON + timedelta(days=1)) is None
    assert store.unfinished_run(since=NOON) == limited


def test_there_is_no_run_before_the_first(store: Store) -> None:
    assert store.last_run() is None


def test_users_are_found_by_name_and_listed_in_order(store: Store) -> None:
    lena = a_user("lena", role=Role.OFFICER, display_name="Lena Öst")
    kim = a_user("kim", role=Role.READER, is_active=False)
    with store.transaction() as tx:
        tx.add_user(lena)
        tx.add_user(kim)

    assert store.user("lena") == lena
    assert store.user("bo") is None
    assert store.users() == [kim, lena]


def test_a_taken_name_is_refused_in_swedish(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_user(a_user())

    with (
        pytest.raises(UppsiktError, match="eva är upptaget: välj ett annat"),
        store.transaction() as tx,
    ):
        tx.add_user(a_user(role=Role.ADMIN))

    assert store.users() == [a_user()]


def test_a_text_that_cannot_be_stored_is_named_as_such(store: Store) -> None:
    with (
        pytest.raises(StorageError, match="inte kan spara: ta bort dem"),
        store.transaction() as tx,
    ):
        tx.add_user(a_user(display_name="\ud800"))
