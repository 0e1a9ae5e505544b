"""Removing for good: the graver step after hiding, with a ground of its own."""

from datetime import timedelta

import pytest

from moderation import intake, log
from moderation.domain.decision import TEMPORARY, Action
from moderation.domain.delivery import DeliveryStatus, Visibility
from moderation.domain.errors import (
    AlreadyDecidedError,
    InvalidDecisionError,
    Problem,
)
from moderation.domain.triage import Outcome, QueueStatus
from moderation.overdue import escalate_overdue
from moderation.storage import SqlStore
from moderation.undoing import UndoRefusedError, undo
from tests.factories import NOON, an_assessed_comment
from tests.moderation.made_decisions import LENA, made

REMOVING = {"ground": "osl_skyddade_uppgifter", "reference": "OSL 21 kap. 3 §"}


@pytest.fixture(autouse=True)
def _a_queued_comment(store: SqlStore) -> None:
    intake.record([an_assessed_comment()], store=store, now=lambda: NOON)


def test_a_hidden_comment_is_removed_on_its_own_ground_and_sealed(
    store: SqlStore,
) -> None:
    made(store)

    entry = made(store, Action.REMOVE, **REMOVING)

    item = store.queue_item(1)
    assert item is not None
    assert (item.status, item.outcome) == (QueueStatus.DECIDED, Outcome.REMOVED)
    assert entry.payload["action"] == "remove"
    assert entry.payload["was_hidden"] is True
    ground = entry.payload["ground"]
    assert isinstance(ground, dict)
    assert ground["id"] == "osl_skyddade_uppgifter"
    assert entry.texts["text"].text == store.comment(1).comment.text
    hiding, removing = store.deliveries(store.comment(1).comment.ref)
    assert hiding.status is DeliveryStatus.SUPERSEDED
    assert removing.desired is Visibility.REMOVED
    assert log.verify(store).is_sound


def test_what_is_not_hidden_cannot_be_removed(store: SqlStore) -> None:
    with pytest.raises(AlreadyDecidedError):
        made(store, Action.REMOVE, **REMOVING)

    assert store.log_head().number == 0


def test_what_is_removed_cannot_be_restored_removed_again_or_taken_back(
    store: SqlStore,
) -> None:
    made(store)
    made(store, Action.REMOVE, **REMOVING)

    for action in (Action.RESTORE, Action.REMOVE):
        with pytest.raises(AlreadyDecidedError):
            made(store, action)
    with pytest.raises(UndoRefusedError):
        undo(2, user=LENA, store=store, at=NOON)
    with pytest.raises(AlreadyDecidedError):
        undo(1, user=LENA, store=store, at=NOON)


@pytest.mark.parametrize(
    ("lacking", "problem"),
    [
        ({"ground": ""}, Problem.NO_GROUND),
        ({"reasons": " "}, Problem.NO_REASONS),
        ({"ground": TEMPORARY}, Problem.GROUND_NOT_IN_FORCE),
        ({"reasons": "### fyll i ###"}, Problem.GAP_LEFT),
    ],
)
def test_it_needs_a_ground_for_ever_and_reasons(
    store: SqlStore, lacking: dict[str, str], problem: Problem
) -> None:
    made(store)

    with pytest.raises(InvalidDecisionError) as refused:
        made(store, Action.REMOVE, **lacking)

    assert refused.value.problem is problem
    assert store.log_head().number == 1


def test_what_was_hidden_for_a_time_and_removed_never_comes_back_to_the_queue(
    store: SqlStore,
) -> None:
    made(store, ground=TEMPORARY, hide_until=NOON + timedelta(days=1))
    made(store, Action.REMOVE, **REMOVING)

    escalate_overdue(store, at=NOON + timedelta(days=9))

    item = store.queue_item(1)
    assert item is not None
    assert item.outcome is Outcome.REMOVED
    assert store.hide_deadline(1) is None
