"""What every store does with keys, deadlines, equal texts and late decisions."""

from datetime import timedelta

from moderation.domain.collaboration import Assignment
from moderation.domain.comment import CommentRef
from moderation.domain.ports import Store
from moderation.domain.ports_deciding import DecidedText, HideDeadline
from moderation.domain.shortcuts import Command, Shortcuts
from moderation.domain.triage import Outcome, QueueStatus
from tests.factories import (
    NOON,
    a_clean_comment,
    a_log_text,
    a_payload,
    a_user,
    an_assessed_comment,
)

HOUR = timedelta(hours=1)


def test_a_user_has_the_usual_keys_until_others_are_chosen(store: Store) -> None:
    chosen = Shortcuts(is_on=False, chosen={Command.HIDE: "q", Command.HELP: "h"})
    with store.transaction() as tx:
        tx.add_user(a_user("eva"))
        tx.save_shortcuts("eva", Shortcuts(chosen={Command.NEXT: "l"}))
        tx.save_shortcuts("eva", chosen)

    assert store.shortcuts("eva") == chosen
    assert store.shortcuts("bo") == Shortcuts()


def test_open_items_of_equal_text_are_found_by_rising_id(store: Store) -> None:
    with store.transaction() as tx:
        tx.record_many(
            [
                *(an_assessed_comment(external_id=str(n)) for n in range(1, 5)),
                an_assessed_comment("Jag ska slå dig!", external_id="5"),
                a_clean_comment(external_id="6"),
            ],
            received_at=NOON,
        )
    with store.transaction() as tx:
        tx.close_queue_item(
            2,
            expected=QueueStatus.OPEN,
            status=QueueStatus.DECIDED,
            outcome=Outcome.KEPT,
            at=NOON,
        )

    found = store.waiting_with_same_text(3, limit=10)

    assert [entry.stored.id for entry in found] == [1, 3, 4]
    assert [e.stored.id for e in store.waiting_with_same_text(3, limit=2)] == [1, 3]
    assert store.waiting_with_same_text(99, limit=10) == []


def test_a_deadline_is_kept_found_when_it_has_passed_and_forgotten(
    store: Store,
) -> None:
    with store.transaction() as tx:
        tx.record_many([an_assessed_comment()], received_at=NOON)
        entry = tx.append_to_log(a_payload(), {})
    deadline = HideDeadline(comment_id=1, entry_number=entry.number, due_at=NOON)
    with store.transaction() as tx:
        tx.set_hide_deadline(deadline)

    assert store.hide_deadline(1) == deadline
    assert store.overdue_hides(at=NOON - HOUR, limit=10) == []
    assert store.overdue_hides(at=NOON, limit=10) == [deadline]
    with store.transaction() as tx:
        assert tx.clear_hide_deadline(1)
        assert not tx.clear_hide_deadline(1)
    assert store.hide_deadline(1) is None


def test_what_is_hidden_past_its_time_waits_until_it_is_escalated_or_decided(
    store: Store,
) -> None:
    moves = (
        (1, QueueStatus.ESCALATED, Outcome.HIDDEN),
        (2, QueueStatus.ESCALATED, Outcome.HIDDEN),
        (3, QueueStatus.ESCALATED, Outcome.NONE),
        (4, QueueStatus.DECIDED, Outcome.HIDDEN),
    )
    assigned = Assignment(
        comment_id=2,
        status=QueueStatus.ESCALATED,
        user="bo",
        given_by="lena",
        given_at=NOON,
    )
    with store.transaction() as tx:
        tx.record_many(
            [an_assessed_comment(external_id=str(n)) for n in range(1, 6)],
            received_at=NOON,
        )
        for comment_id, status, outcome in moves:
            tx.close_queue_item(
                comment_id,
                expected=QueueStatus.OPEN,
                status=status,
                outcome=outcome,
                at=NOON,
            )
        tx.assign(assigned)

    assert [one.stored.id for one in store.hidden_past_time(limit=10)] == [1]
    assert store.hidden_past_time(limit=0) == []


def test_the_latest_decisions_come_newest_first_with_their_texts(store: Store) -> None:
    for action in ("hide", "keep", "escalate", "undo", "restore"):
        more = {"undoes": 2} if action == "undo" else {}
        with store.transaction() as tx:
            payload = a_payload(action=action, **more)
            tx.append_to_log(payload, {"text": a_log_text("Ord.")})

    found = store.recent_decisions(limit=10)

    assert [one.action for one in found] == ["restore", "undo", "keep", "hide"]
    assert found[1] == DecidedText(
        number=4,
        action="undo",
        ref=CommentRef("hemsidan", "1"),
        text="Ord.",
        undoes=2,
    )
    assert len(store.recent_decisions(limit=1)) == 1
