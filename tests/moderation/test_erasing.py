"""What can, and cannot, be done once a comment has been erased."""

import pytest

from moderation import collaboration, erasing, intake, log
from moderation.domain.decision import Action
from moderation.domain.delivery import Visibility
from moderation.domain.erasure import ERASED_TEXT
from moderation.domain.errors import AlreadyDecidedError
from moderation.storage import SqlStore
from moderation.undoing import UndoRefusedError, undo
from tests.factories import NOON, THREAT_TEXT, an_assessed_comment
from tests.moderation.made_decisions import LENA, made


@pytest.fixture(autouse=True)
def _a_hidden_comment(sqlite_store: SqlStore) -> None:
    intake.record([an_assessed_comment()], store=sqlite_store, now=lambda: NOON)
    made(sqlite_store)
    erasing.erase(1, user="bo", store=sqlite_store, at=NOON)


def test_the_entry_says_who_when_and_where_and_holds_no_text(
    sqlite_store: SqlStore,
) -> None:
    hidden, erased = sqlite_store.log_entries()

    assert erased.payload["moderator"] == "bo"
    assert erased.payload["at"] == NOON.isoformat()
    assert erased.payload["external_id"] == "1"
    assert erased.payload["cause"] == "child_abuse_material"
    assert hidden.texts == erased.texts == {}
    assert hidden.payload["digests"]
    assert log.verify(sqlite_store).is_sound


def test_the_hiding_that_waited_is_replaced_by_the_removal(
    sqlite_store: SqlStore,
) -> None:
    [task] = sqlite_store.tasks(limit=10)

    assert task.delivery.desired is Visibility.REMOVED
    assert task.removes
    assert not task.hides


@pytest.mark.parametrize("action", [Action.RESTORE, Action.REMOVE, Action.KEEP])
def test_nothing_more_can_be_decided(action: Action, sqlite_store: SqlStore) -> None:
    with pytest.raises(AlreadyDecidedError):
        made(sqlite_store, action)


def test_neither_the_erasure_nor_what_was_decided_before_can_be_taken_back(
    sqlite_store: SqlStore,
) -> None:
    with pytest.raises(UndoRefusedError):
        undo(2, user=LENA, store=sqlite_store, at=NOON)
    with pytest.raises(AlreadyDecidedError):
        undo(1, user=LENA, store=sqlite_store, at=NOON)

    assert sqlite_store.log_head().number == 2


def test_a_note_can_still_be_written_afterwards(sqlite_store: SqlStore) -> None:
    collaboration.write_note(
        1, "Polisen har fått adressen.", author="eva", at=NOON, store=sqlite_store
    )

    assert sqlite_store.comment(1).comment.text == ERASED_TEXT
    assert THREAT_TEXT not in str(list(sqlite_store.log_entries()))
