from datetime import timedelta

import pytest

from moderation import delivery, intake, log
from moderation.decisions import decide
from moderation.domain.comment import CommentRef
from moderation.domain.decision import Action, Decision, KeepReason
from moderation.domain.delivery import DeliveryStatus, Handling, Visibility
from moderation.domain.log_entry import LogEntry
from moderation.domain.ports import Store
from moderation.domain.task import (
    MAX_NOTE,
    InvalidNoteError,
    NoteProblem,
    Task,
    TaskChangedError,
)
from moderation.domain.triage import QueueStatus
from moderation.grounds import load_grounds
from moderation.tasks import Report, handle
from tests.factories import NOON, THREAT_TEXT, an_assessed_comment

GROUNDS = load_grounds()
REF = CommentRef("hemsidan", "1")
SEEN = "Dold 14.32, syns inte utloggad."


@pytest.fixture
def task(store: Store) -> Task:
    """Return the task that hiding a comment leads to."""
    intake.record([an_assessed_comment()], store=store, now=lambda: NOON)
    decided(store, Action.HIDE)
    return waiting(store)


def decided(
    store: Store, action: Action, comment_id: int = 1, **more: object
) -> LogEntry:
    fields: dict[str, object] = {"reasons": "Hot om våld."}
    if action is Action.HIDE:
        fields |= {
            "ground": "bbs_olaga_hot",
            "obvious": True,
            "obvious_because": "Rakt på sak.",
        }
    decision = Decision(
        comment_id=comment_id,
        action=action,
        moderator="eva",
        decided_at=NOON,
        **{**fields, **more},  # type: ignore[arg-type]  # The fields of each action.
    )
    return decide(decision, store=store, grounds=GROUNDS)


def waiting(store: Store) -> Task:
    [task] = store.tasks(limit=10)
    return task


def report(
    task: Task, handling: Handling = Handling.CONFIRMED, note: str = SEEN
) -> Report:
    return Report(
        delivery_id=task.delivery.id,
        attempts=task.delivery.attempts,
        handling=handling,
        note=note,
        by="anna",
        at=NOON + timedelta(hours=1),
    )


def test_confirming_settles_the_task_and_seals_it(store: Store, task: Task) -> None:
    entry = handle(report(task, note=f" {SEEN}\n"), store=store)

    [settled] = store.deliveries(REF)
    assert settled.status is DeliveryStatus.DELIVERED
    assert (settled.handled_by, settled.note) == ("anna", SEEN)
    assert entry.payload["action"] == "delivery_confirmed"
    assert entry.payload["decision"] == task.delivery.entry_number == 1
    assert entry.payload["moderator"] == "anna"
    assert entry.payload["desired"] == "hidden"
    assert log.verify(store).is_sound
    assert delivery.waiting(store) == {}


def test_the_sentence_is_beside_the_sealed_payload(store: Store, task: Task) -> None:
    handle(report(task), store=store)

    entry = store.log_entry(2)
    assert entry.texts["observed"].text == SEEN
    assert SEEN not in str(entry.payload)
    assert THREAT_TEXT not in str(entry)


def test_the_second_confirmation_is_refused_and_not_sealed(
    store: Store, task: Task
) -> None:
    handle(report(task), store=store)

    with pytest.raises(TaskChangedError):
        handle(report(task, note="Jag också."), store=store)
    with pytest.raises(TaskChangedError):
        handle(report(store.task(task.delivery.id)), store=store)

    assert store.log_head().number == 2


def test_what_could_not_be_done_waits_with_its_reason(store: Store, task: Task) -> None:
    handle(report(task, Handling.FAILED, "Kontot är låst."), store=store)

    again = waiting(store)
    assert again.delivery.has_failed
    assert again.delivery.note == "Kontot är låst."
    assert store.log_entry(2).texts["reasons"].text == "Kontot är låst."
    assert delivery.waiting(store) == {"hemsidan": 1}

    handle(report(again), store=store)
    assert store.tasks(limit=10) == []


def test_a_task_that_is_given_up_waits_no_more(store: Store, task: Task) -> None:
    handle(report(task, Handling.ABANDONED, "Sidan är nedlagd."), store=store)

    assert store.deliveries(REF)[0].status is DeliveryStatus.ABANDONED
    assert delivery.waiting(store) == {}


@pytest.mark.parametrize(
    ("note", "problem"),
    [
        ("", NoteProblem.MISSING),
        (" \n", NoteProblem.MISSING),
        ("x" * (MAX_NOTE + 1), NoteProblem.TOO_LONG),
    ],
)
def test_a_report_without_a_short_sentence_changes_nothing(
    note: str, problem: NoteProblem, store: Store, task: Task
) -> None:
    with pytest.raises(InvalidNoteError) as refused:
        handle(report(task, note=note), store=store)

    assert refused.value.problem is problem
    assert waiting(store) == task
    assert store.log_head().number == 1


def test_restoring_before_anybody_acted_leaves_only_the_last_wish(
    store: Store, task: Task
) -> None:
    decided(store, Action.RESTORE)

    assert waiting(store).delivery.desired is Visibility.VISIBLE
    with pytest.raises(TaskChangedError):
        handle(report(task), store=store)


def test_keeping_a_newer_text_withdraws_the_wish_to_hide_the_older(
    store: Store, task: Task
) -> None:
    assert task.hides
    edited = an_assessed_comment("Jag ska slå dig i schack.")
    intake.record([edited], store=store, now=lambda: NOON)
    decided(store, Action.KEEP, 2, keep_reason=KeepReason.HARMLESS)

    assert store.tasks(limit=10) == []


def test_escalating_a_newer_text_lets_the_wish_wait(store: Store, task: Task) -> None:
    edited = an_assessed_comment("Jag ska slå dig, vänta bara.")
    intake.record([edited], store=store, now=lambda: NOON)
    decided(store, Action.ESCALATE, 2, escalate_to="jurist")

    assert waiting(store).delivery.id == task.delivery.id
    item = store.queue_item(2)
    assert item is not None
    assert item.status is QueueStatus.ESCALATED
