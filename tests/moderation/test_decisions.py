from datetime import UTC, datetime
from typing import Any

import pytest

from moderation import intake, log
from moderation.decisions import decide
from moderation.domain.comment import CommentRef
from moderation.domain.decision import Action, Decision, KeepReason
from moderation.domain.delivery import DeliveryStatus, Visibility
from moderation.domain.errors import (
    AlreadyDecidedError,
    InvalidDecisionError,
    NotFoundError,
)
from moderation.domain.log_entry import LogEntry
from moderation.domain.ports import Store
from moderation.domain.triage import Outcome, QueueStatus
from moderation.grounds import load_grounds
from tests.factories import NOON, THREAT_TEXT, an_assessed_comment

GROUNDS = load_grounds()
REF = CommentRef("hemsidan", "1")


@pytest.fixture(autouse=True)
def _a_queued_comment(store: Store) -> None:
    intake.record([an_assessed_comment()], store=store, now=lambda: NOON)


def a_decision(action: Action = Action.HIDE, **more: object) -> Decision:
    complete: dict[Action, dict[str, Any]] = {
        Action.HIDE: {
            "ground": "bbs_olaga_hot",
            "reasons": " Hot om våld.\n",
            "obvious": True,
            "obvious_because": "Det är rakt på sak.",
        },
        Action.KEEP: {"keep_reason": KeepReason.CRITICISM},
        Action.ESCALATE: {"escalate_to": "kommunjuristen", "reasons": "Gränsfall."},
        Action.RESTORE: {"reasons": "Kommentaren var kritik."},
    }
    fields: dict[str, Any] = {
        "comment_id": 1,
        "moderator": "eva",
        "decided_at": NOON,
        **complete[action],
        **more,
    }
    return Decision(action=action, **fields)


def made(store: Store, action: Action = Action.HIDE, **more: object) -> LogEntry:
    return decide(a_decision(action, **more), store=store, grounds=GROUNDS)


def item(store: Store) -> tuple[QueueStatus, Outcome]:
    found = store.queue_item(1)
    assert found is not None
    return found.status, found.outcome


def actions(store: Store) -> list[object]:
    return [entry.payload["action"] for entry in store.log_entries()]


def desired(store: Store) -> list[Visibility]:
    return [delivery.desired for delivery in store.deliveries(REF)]


def test_hiding_closes_the_item_seals_the_log_and_enqueues_the_delivery(
    store: Store,
) -> None:
    entry = made(store)

    assert item(store) == (QueueStatus.DECIDED, Outcome.HIDDEN)
    assert list(store.log_entries()) == [entry]
    [delivery] = store.deliveries(REF)
    assert delivery.desired is Visibility.HIDDEN
    assert delivery.status is DeliveryStatus.PENDING
    assert delivery.entry_number == entry.number
    assert log.verify(store).is_sound


def test_the_entry_seals_who_did_what_when_and_on_which_ground(store: Store) -> None:
    payload = made(store).payload

    assert payload["action"] == "hide"
    assert payload["moderator"] == "eva"
    assert payload["at"] == NOON.isoformat()
    assert payload["obvious"] is True
    assert (payload["channel"], payload["external_id"]) == ("hemsidan", "1")
    assert (payload["version"], payload["comment_id"]) == (1, 1)
    assert payload["ground"] == {
        "id": "bbs_olaga_hot",
        "revision": 1,
        "statute": "Brottsbalken (1962:700)",
        "section": "4 kap. 5 §",
    }


def test_the_entry_keeps_what_the_machine_had_said(store: Store) -> None:
    advice = made(store).payload["advice"]

    assert advice == {
        "recommendation": "review",
        "score": 0.9,
        "ruleset": "regler-1",
        "model": "modell-1",
        "not_assessed": [],
        "findings": [
            {
                "category": "threat",
                "source": "rule:threat-exempel",
                "confidence": 0.9,
                "start": 0,
                "end": 15,
            }
        ],
    }


def test_free_texts_lie_beside_the_sealed_payload_each_with_its_own_salt(
    store: Store,
) -> None:
    entry = made(store)

    assert {name: text.text for name, text in entry.texts.items()} == {
        "text": THREAT_TEXT,
        "author": "Kommuninvånaren",
        "reasons": "Hot om våld.",
        "obvious_because": "Det är rakt på sak.",
    }
    assert len({text.salt for text in entry.texts.values()}) == 4
    assert all(len(text.salt) == 32 for text in entry.texts.values())


def test_keeping_is_logged_and_sends_nothing_to_the_source(store: Store) -> None:
    entry = made(store, Action.KEEP)

    assert item(store) == (QueueStatus.DECIDED, Outcome.KEPT)
    assert entry.payload["keep_reason"] == "criticism"
    assert entry.payload["ground"] is None
    assert desired(store) == []


def test_escalating_leaves_the_item_for_somebody_else_to_decide(store: Store) -> None:
    entry = made(store, Action.ESCALATE)

    assert item(store) == (QueueStatus.ESCALATED, Outcome.NONE)
    assert entry.texts["escalate_to"].text == "kommunjuristen"
    assert desired(store) == []

    made(store, moderator="lena", expected=QueueStatus.ESCALATED)

    assert item(store) == (QueueStatus.DECIDED, Outcome.HIDDEN)
    assert actions(store) == ["escalate", "hide"]


def test_the_second_decision_on_a_comment_is_refused(store: Store) -> None:
    made(store)

    with pytest.raises(AlreadyDecidedError):
        made(store, Action.KEEP, moderator="bo")

    assert item(store) == (QueueStatus.DECIDED, Outcome.HIDDEN)
    assert actions(store) == ["hide"]
    assert desired(store) == [Visibility.HIDDEN]


def test_a_decision_on_what_has_been_escalated_meanwhile_is_refused(
    store: Store,
) -> None:
    made(store, Action.ESCALATE)

    with pytest.raises(AlreadyDecidedError):
        made(store, Action.HIDE, moderator="bo")

    assert actions(store) == ["escalate"]


def test_a_hidden_comment_can_be_restored_once(store: Store) -> None:
    made(store)

    made(store, Action.RESTORE, moderator="lena")

    assert item(store) == (QueueStatus.DECIDED, Outcome.RESTORED)
    assert desired(store) == [Visibility.HIDDEN, Visibility.VISIBLE]
    with pytest.raises(AlreadyDecidedError):
        made(store, Action.RESTORE, moderator="lena")
    assert actions(store) == ["hide", "restore"]


def test_a_comment_that_was_never_hidden_cannot_be_restored(store: Store) -> None:
    with pytest.raises(AlreadyDecidedError):
        made(store, Action.RESTORE)

    assert item(store) == (QueueStatus.OPEN, Outcome.NONE)
    assert actions(store) == []


def test_an_incomplete_decision_changes_nothing(store: Store) -> None:
    with pytest.raises(InvalidDecisionError):
        made(store, reasons="")

    assert item(store) == (QueueStatus.OPEN, Outcome.NONE)
    assert actions(store) == []
    assert desired(store) == []


def test_a_ground_that_was_not_yet_law_on_the_day_is_refused(store: Store) -> None:
    before_the_law = datetime(2023, 6, 30, 12, tzinfo=UTC)

    with pytest.raises(InvalidDecisionError, match="ground_not_in_force"):
        made(store, decided_at=before_the_law)


def test_the_day_that_chooses_the_ground_is_the_swedish_day(store: Store) -> None:
    after_midnight_in_sweden = datetime(2023, 6, 30, 22, 30, tzinfo=UTC)

    entry = made(store, decided_at=after_midnight_in_sweden)

    assert entry.payload["at"] == "2023-06-30T22:30:00+00:00"


def test_a_decision_on_a_comment_that_is_not_stored_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError):
        made(store, comment_id=99)

    assert actions(store) == []
