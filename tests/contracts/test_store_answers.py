"""What both databases promise about invitations, notes of accounts, first decisions."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from moderation.answers import keep_copy
from moderation.domain.account import AccountChange, AccountEvent
from moderation.domain.answer import (
    Answer,
    AnswerKind,
    AnswerTooLateError,
    Signature,
)
from moderation.domain.errors import UppsiktError
from moderation.domain.invitation import VALID_FOR, InvitationState
from moderation.domain.ports import Store
from moderation.domain.triage import Outcome, QueueStatus
from moderation.storage import SqlStore
from tests.databases import dump, execute
from tests.factories import (
    NOON,
    a_payload,
    a_user,
    an_assessed_comment,
    an_invitation,
)

CHANGES = [
    "UPDATE account_events SET actor = 'bo'",
    "DELETE FROM account_events",
]
ONLY_SQLITE = [
    (
        "INSERT OR REPLACE INTO account_events "
        "SELECT id, at, name, 'bo', change, detail FROM account_events"
    )
]
ONLY_POSTGRESQL = ["TRUNCATE account_events"]
MINUTE = timedelta(minutes=1)
RESERVED = [
    "uppsikt",
    "Uppsikt",
    "UPPSIKT",
    "ｕｐｐｓｉｋｔ",
    "upp\u200bsikt",
    " uppsikt",
    "ᵘppsikt",
]


def add(store: Store, **more: object) -> int:
    with store.transaction() as tx:
        return tx.add_invitation(an_invitation(**more))


def test_an_invitation_is_stored_with_everything(store: Store) -> None:
    number = add(store, channels=frozenset({"a", "å"}), demands_second_factor=True)

    assert store.invitation(number) == an_invitation(
        id=number, channels=frozenset({"a", "å"}), demands_second_factor=True
    )
    assert store.invitation(number + 1) is None


def test_the_newest_invitations_come_first(store: Store) -> None:
    for name in ("nils", "ove", "pia"):
        add(store, name=name)

    assert [one.name for one in store.invitations(limit=2)] == ["pia", "ove"]


def test_an_invitation_is_used_once(store: Store) -> None:
    number = add(store)

    with store.transaction() as tx:
        assert tx.is_invited("nils", at=NOON)
        assert tx.use_invitation(number, at=NOON)
        assert not tx.use_invitation(number, at=NOON)
        assert not tx.withdraw_invitation(number, at=NOON)
        assert not tx.is_invited("nils", at=NOON)
    used = store.invitation(number)
    assert used is not None
    assert used.state(at=NOON) is InvitationState.USED


def test_an_invitation_that_is_taken_back_cannot_be_used(store: Store) -> None:
    number = add(store)

    with store.transaction() as tx:
        assert tx.withdraw_invitation(number, at=NOON)
        assert not tx.use_invitation(number, at=NOON)
    withdrawn = store.invitation(number)
    assert withdrawn is not None
    assert withdrawn.state(at=NOON) is InvitationState.WITHDRAWN


def test_an_invitation_runs_out_after_three_days(store: Store) -> None:
    number = add(store)
    late = NOON + VALID_FOR

    with store.transaction() as tx:
        assert not tx.use_invitation(number, at=late)
        assert not tx.is_invited("nils", at=late)
        assert tx.use_invitation(number, at=late - timedelta(microseconds=1))
    assert an_invitation().state(at=late) is InvitationState.EXPIRED


def test_what_was_done_to_accounts_cannot_be_changed_from_outside(
    store: SqlStore, database_url: str
) -> None:
    event = AccountEvent(at=NOON, name="eva", actor="ada", change=AccountChange.CLOSED)
    with store.transaction() as tx:
        tx.note_account_event(event)
    before = dump(database_url)
    is_server = database_url.startswith("postgresql")

    for change in [*CHANGES, *(ONLY_POSTGRESQL if is_server else ONLY_SQLITE)]:
        with pytest.raises(DBAPIError, match="hänt med konton kan inte ändras"):
            execute(database_url, change)

    assert dump(database_url) == before


@pytest.mark.parametrize("name", RESERVED)
def test_nobody_can_be_called_as_the_program_itself(name: str, store: Store) -> None:
    with (
        pytest.raises(UppsiktError, match="programmets eget"),
        store.transaction() as tx,
    ):
        tx.add_user(a_user(name))

    assert store.users() == []


def test_a_name_that_only_begins_like_the_program_is_free(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_user(a_user("uppsikten"))

    assert len(store.users()) == 1


def move(
    store: Store,
    expected: QueueStatus,
    status: QueueStatus,
    outcome: Outcome,
    at: datetime,
) -> None:
    with store.transaction() as tx:
        assert tx.close_queue_item(
            1, expected=expected, status=status, outcome=outcome, at=at
        )


def wait_of(store: Store) -> float | None:
    """Return the median time to the decision in seconds; None where none counts."""
    waits = store.key_figures(NOON - timedelta(days=1), NOON + timedelta(days=90)).waits
    return waits[0].median if waits else None


@pytest.fixture
def hidden(store: Store) -> Store:
    """Return a store whose comment was hidden after five minutes."""
    with store.transaction() as tx:
        tx.record_many([an_assessed_comment()], received_at=NOON)
    move(
        store,
        QueueStatus.OPEN,
        QueueStatus.DECIDED,
        Outcome.HIDDEN,
        NOON + 5 * MINUTE,
    )
    return store


def test_restoring_does_not_change_how_long_the_decision_took(hidden: Store) -> None:
    with hidden.transaction() as tx:
        assert tx.restore_queue_item(1, at=NOON + timedelta(days=20))

    assert wait_of(hidden) == 300


def test_deciding_again_after_a_deadline_does_not_change_it_either(
    hidden: Store,
) -> None:
    later = NOON + timedelta(days=3)
    move(hidden, QueueStatus.DECIDED, QueueStatus.ESCALATED, Outcome.HIDDEN, later)

    assert wait_of(hidden) == 300
    move(hidden, QueueStatus.ESCALATED, QueueStatus.DECIDED, Outcome.KEPT, later)
    assert wait_of(hidden) == 300


def test_a_slip_taken_back_at_once_lets_the_clock_go_on(hidden: Store) -> None:
    undone = NOON + 15 * MINUTE
    move(hidden, QueueStatus.DECIDED, QueueStatus.OPEN, Outcome.NONE, undone)

    assert wait_of(hidden) is None
    decided = NOON + 60 * MINUTE
    move(hidden, QueueStatus.OPEN, QueueStatus.DECIDED, Outcome.KEPT, decided)
    assert wait_of(hidden) == 3600


def test_a_decision_that_stood_and_was_reversed_counts_as_the_first(
    hidden: Store,
) -> None:
    undone = NOON + 16 * MINUTE
    move(hidden, QueueStatus.DECIDED, QueueStatus.OPEN, Outcome.NONE, undone)
    assert wait_of(hidden) is None

    decided = NOON + timedelta(days=2)
    move(hidden, QueueStatus.OPEN, QueueStatus.DECIDED, Outcome.KEPT, decided)

    assert wait_of(hidden) == 300


def test_a_slip_in_a_second_decision_leaves_the_first(hidden: Store) -> None:
    again = NOON + timedelta(days=3)
    move(hidden, QueueStatus.DECIDED, QueueStatus.ESCALATED, Outcome.HIDDEN, again)
    move(hidden, QueueStatus.ESCALATED, QueueStatus.DECIDED, Outcome.KEPT, again)
    move(hidden, QueueStatus.DECIDED, QueueStatus.ESCALATED, Outcome.HIDDEN, again)
    move(hidden, QueueStatus.ESCALATED, QueueStatus.DECIDED, Outcome.HIDDEN, again)

    assert wait_of(hidden) == 300


def test_a_copy_that_comes_too_late_leaves_no_entry(store: Store) -> None:
    with store.transaction() as tx:
        tx.record_many([an_assessed_comment()], received_at=NOON)
        tx.append_to_log(a_payload(comment_id=1), {})
    answer = Answer(
        comment_id=1,
        kind=AnswerKind.NOTICE,
        decision=1,
        seen=1,
        template="bbs_olaga_hot",
        template_revision=1,
        signature=Signature.FUNCTION,
        text="Hej!",
        by="eva",
        at=NOON,
    )

    keep_copy(answer, store=store)
    with pytest.raises(AnswerTooLateError):
        keep_copy(replace(answer, text="Hej igen!"), store=store)

    assert store.log_head().number == 2
