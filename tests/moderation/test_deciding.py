"""Gaps, the lamp, time limits, undoing, deciding together, and likeness."""

from datetime import timedelta
from typing import Any

import pytest

from moderation import intake, log
from moderation.decisions import decide, decide_together
from moderation.domain.category import Category
from moderation.domain.comment import CommentRef
from moderation.domain.decision import Action, Decision, KeepReason
from moderation.domain.delivery import Visibility
from moderation.domain.errors import (
    AlreadyDecidedError,
    InvalidDecisionError,
    Problem,
)
from moderation.domain.log_entry import LogEntry
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.user import Role
from moderation.domain.verdict import Assessed
from moderation.grounds import load_grounds
from moderation.overdue import escalate_overdue
from moderation.similar import similar_decisions
from moderation.storage import SqlStore
from moderation.undoing import UndoRefusedError, may_undo, undo
from tests.factories import NOON, a_finding, a_user, a_verdict, an_assessed_comment

GROUNDS = load_grounds()
EVA = a_user("eva")
BO = a_user("bo")
LENA = a_user("lena", role=Role.OFFICER)
KIM = a_user("kim", role=Role.READER)
DAY = timedelta(days=1)
COMPLETE: dict[Action, dict[str, Any]] = {
    Action.HIDE: {"ground": "gdpr_personuppgift", "reasons": "En adress."},
    Action.KEEP: {"keep_reason": KeepReason.OPINION},
    Action.ESCALATE: {"escalate_to": "jurist", "reasons": "Gränsfall."},
    Action.RESTORE: {"reasons": "Det var kritik."},
    Action.REMOVE: {"ground": "gdpr_personuppgift", "reasons": "Spritt vidare."},
}


def record(store: SqlStore, *assessed: Assessed) -> None:
    intake.record(assessed, store=store, now=lambda: NOON)


def a_decision(action: Action = Action.HIDE, **more: object) -> Decision:
    fields: dict[str, Any] = {
        "comment_id": 1,
        "moderator": "eva",
        "decided_at": NOON,
        **COMPLETE[action],
        **more,
    }
    return Decision(action=action, **fields)


def made(store: SqlStore, action: Action = Action.HIDE, **more: object) -> LogEntry:
    return decide(a_decision(action, **more), store=store, grounds=GROUNDS)


def state(store: SqlStore, comment_id: int = 1) -> tuple[QueueStatus, Outcome]:
    item = store.queue_item(comment_id)
    assert item is not None
    return item.status, item.outcome


def desired(store: SqlStore, external_id: str = "1") -> list[Visibility]:
    ref = CommentRef("hemsidan", external_id)
    return [delivery.desired for delivery in store.deliveries(ref)]


def refused(store: SqlStore, action: Action = Action.HIDE, **more: object) -> Problem:
    with pytest.raises(InvalidDecisionError) as caught:
        made(store, action, **more)
    assert list(store.log_entries()) == []
    return caught.value.problem


class TestGapsAndTheCard:
    @pytest.mark.parametrize(
        "more",
        [
            {"reasons": "Hot mot ### vem ###."},
            {"reasons": "Hot.", "reference": "### § ###"},
            {"reasons": "Hot.", "obvious_because": "### fyll i ###"},
        ],
    )
    def test_a_gap_left_in_a_text_is_refused(
        self, more: dict[str, str], sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())

        assert refused(sqlite_store, **more) is Problem.GAP_LEFT

    def test_a_gap_left_in_an_escalation_is_refused(
        self, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())

        problem = refused(sqlite_store, Action.ESCALATE, escalate_to="### roll ###")
        assert problem is Problem.GAP_LEFT

    def test_number_signs_that_are_no_gap_may_be_written(
        self, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())

        assert made(sqlite_store, reasons="### Rubrik\nRegel #3 och #4.").number == 1

    def test_section_5_cannot_be_used_outside_the_act(
        self, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())
        obvious = {"obvious": True, "obvious_because": "Rakt på sak."}

        problem = refused(
            sqlite_store, ground="bbs_olaga_hot", covered=False, **obvious
        )
        assert problem is Problem.NOT_COVERED
        entry = made(sqlite_store, ground="bbs_olaga_hot", covered=True, **obvious)
        assert entry.payload["covered"] is True


class TestTheCriticismLamp:
    def test_hiding_criticism_needs_a_hundred_characters(
        self, sqlite_store: SqlStore
    ) -> None:
        rude = a_verdict(a_finding(Category.PROFANITY))
        record(sqlite_store, an_assessed_comment("Fan vad dyrt!", verdict=rude))

        problem = refused(sqlite_store, reasons=" " * 50 + "å" * 99)
        assert problem is Problem.CRITICISM_NEEDS_MORE
        entry = made(sqlite_store, reasons="å" * 100)
        assert entry.payload["criticism_lamp"] is True

    def test_keeping_criticism_needs_no_words(self, sqlite_store: SqlStore) -> None:
        rude = a_verdict(a_finding(Category.PROFANITY))
        record(sqlite_store, an_assessed_comment("Fan vad dyrt!", verdict=rude))

        assert made(sqlite_store, Action.KEEP).payload["criticism_lamp"] is True

    def test_the_log_says_that_the_lamp_was_dark(self, sqlite_store: SqlStore) -> None:
        record(sqlite_store, an_assessed_comment())

        assert made(sqlite_store).payload["criticism_lamp"] is False


class TestUndoing:
    @pytest.mark.parametrize("action", [Action.HIDE, Action.KEEP, Action.ESCALATE])
    def test_an_undone_decision_lets_the_item_wait_again(
        self, action: Action, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())
        entry = made(sqlite_store, action)

        reversal = undo(entry.number, user=EVA, store=sqlite_store, at=NOON)

        assert state(sqlite_store) == (QueueStatus.OPEN, Outcome.NONE)
        assert reversal.payload["action"] == "undo"
        assert reversal.payload["undoes"] == entry.number
        assert reversal.payload["undone_action"] == action
        hidden = [Visibility.HIDDEN, Visibility.VISIBLE]
        assert desired(sqlite_store) == (hidden if action is Action.HIDE else [])
        assert log.verify(sqlite_store).is_sound

    def test_what_was_escalated_before_waits_as_escalated_again(
        self, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())
        made(sqlite_store, Action.ESCALATE)
        kept = made(sqlite_store, Action.KEEP, expected=QueueStatus.ESCALATED)

        undo(kept.number, user=EVA, store=sqlite_store, at=NOON)

        assert state(sqlite_store) == (QueueStatus.ESCALATED, Outcome.NONE)

    def test_only_the_latest_decision_can_be_undone_and_only_once(
        self, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())
        escalated = made(sqlite_store, Action.ESCALATE)
        kept = made(sqlite_store, Action.KEEP, expected=QueueStatus.ESCALATED)

        with pytest.raises(AlreadyDecidedError):
            undo(escalated.number, user=EVA, store=sqlite_store, at=NOON)
        undo(kept.number, user=EVA, store=sqlite_store, at=NOON)
        with pytest.raises(AlreadyDecidedError):
            undo(kept.number, user=EVA, store=sqlite_store, at=NOON)
        assert len(list(sqlite_store.log_entries())) == 3

    def test_an_edited_comment_is_not_reopened(self, sqlite_store: SqlStore) -> None:
        record(sqlite_store, an_assessed_comment())
        entry = made(sqlite_store)
        record(sqlite_store, an_assessed_comment("Jag ska slå dig gul nu."))

        with pytest.raises(AlreadyDecidedError):
            undo(entry.number, user=EVA, store=sqlite_store, at=NOON)
        assert state(sqlite_store) == (QueueStatus.DECIDED, Outcome.HIDDEN)

    def test_who_may_undo_what_and_until_when(self, sqlite_store: SqlStore) -> None:
        record(sqlite_store, an_assessed_comment())
        entry = made(sqlite_store)
        in_time = NOON + timedelta(minutes=10)
        too_late = in_time + timedelta(microseconds=1)

        assert may_undo(entry, EVA, in_time)
        assert not may_undo(entry, EVA, too_late)
        assert not may_undo(entry, BO, in_time)
        assert not may_undo(entry, KIM, in_time)
        assert may_undo(entry, LENA, too_late)
        with pytest.raises(UndoRefusedError, match="tio minuter"):
            undo(entry.number, user=EVA, store=sqlite_store, at=too_late)

    def test_a_reversal_cannot_itself_be_undone(self, sqlite_store: SqlStore) -> None:
        record(sqlite_store, an_assessed_comment())
        reversal = undo(
            made(sqlite_store).number, user=EVA, store=sqlite_store, at=NOON
        )

        assert not may_undo(reversal, LENA, NOON)


class TestHidingForATime:
    def test_the_comment_is_escalated_when_its_time_has_passed(
        self, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())
        entry = made(sqlite_store, ground="tillfallig_dolj", hide_until=NOON + DAY)

        assert escalate_overdue(sqlite_store, at=NOON + DAY / 2) == 0
        assert escalate_overdue(sqlite_store, at=NOON + DAY) == 1
        assert escalate_overdue(sqlite_store, at=NOON + DAY) == 0

        assert state(sqlite_store) == (QueueStatus.ESCALATED, Outcome.HIDDEN)
        automatic = sqlite_store.log_entry(2)
        assert automatic.payload["is_automatic"] is True
        assert automatic.payload["parent"] == entry.number
        assert automatic.texts["escalate_to"].text == "ansvarig"
        assert not may_undo(automatic, LENA, NOON + DAY)
        assert log.verify(sqlite_store).is_sound

    def test_what_is_kept_afterwards_is_shown_again(
        self, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())
        made(sqlite_store, hide_until=NOON + DAY)
        escalate_overdue(sqlite_store, at=NOON + DAY)

        kept = made(
            sqlite_store,
            Action.KEEP,
            expected=QueueStatus.ESCALATED,
            decided_at=NOON + DAY,
        )

        shown = [Visibility.HIDDEN, Visibility.VISIBLE]
        assert desired(sqlite_store) == shown
        undo(kept.number, user=EVA, store=sqlite_store, at=NOON + DAY)
        assert desired(sqlite_store) == [*shown, Visibility.HIDDEN]
        assert state(sqlite_store) == (QueueStatus.ESCALATED, Outcome.HIDDEN)

    @pytest.mark.parametrize("action", [Action.RESTORE, Action.UNDO])
    def test_what_is_restored_in_time_is_not_escalated(
        self, action: Action, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())
        entry = made(sqlite_store, hide_until=NOON + DAY)
        if action is Action.UNDO:
            undo(entry.number, user=EVA, store=sqlite_store, at=NOON)
        else:
            made(sqlite_store, Action.RESTORE, moderator="lena")

        assert escalate_overdue(sqlite_store, at=NOON + DAY) == 0
        assert sqlite_store.hide_deadline(1) is None

    @pytest.mark.parametrize(
        ("more", "problem"),
        [
            ({"ground": "tillfallig_dolj"}, Problem.NO_DEADLINE),
            ({"hide_until": NOON}, Problem.DEADLINE_OUT_OF_RANGE),
            ({"hide_until": NOON + 31 * DAY}, Problem.DEADLINE_OUT_OF_RANGE),
        ],
    )
    def test_a_time_limit_lies_ahead_and_near(
        self, more: dict[str, object], problem: Problem, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, an_assessed_comment())

        assert refused(sqlite_store, **more) is problem


class TestDecidingTogether:
    def together(self, store: SqlStore, *ids: int, **more: object) -> list[LogEntry]:
        return decide_together(a_decision(**more), ids, store=store, grounds=GROUNDS)

    def copies(self, count: int) -> list[Assessed]:
        return [an_assessed_comment(external_id=str(n)) for n in range(1, count + 1)]

    def test_each_comment_has_an_entry_that_names_the_first(
        self, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, *self.copies(3))

        entries = self.together(sqlite_store, 3, 1, 2)

        assert [entry.payload["comment_id"] for entry in entries] == [1, 2, 3]
        assert entries[0].payload["together"] == 3
        assert [entry.payload.get("parent") for entry in entries] == [None, 1, 1]
        for number in ("1", "2", "3"):
            assert desired(sqlite_store, number) == [Visibility.HIDDEN]
        assert log.verify(sqlite_store).is_sound

    def test_one_that_is_decided_already_stops_them_all(
        self, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, *self.copies(3))
        made(sqlite_store, Action.KEEP, comment_id=2)

        with pytest.raises(AlreadyDecidedError):
            self.together(sqlite_store, 1, 2, 3)

        assert state(sqlite_store, 1) == (QueueStatus.OPEN, Outcome.NONE)
        assert len(list(sqlite_store.log_entries())) == 1

    def test_texts_that_differ_by_a_sign_are_refused(
        self, sqlite_store: SqlStore
    ) -> None:
        other = an_assessed_comment("Jag ska slå dig!", external_id="2")
        record(sqlite_store, an_assessed_comment(), other)

        with pytest.raises(InvalidDecisionError, match="not_same_text"):
            self.together(sqlite_store, 1, 2)
        assert list(sqlite_store.log_entries()) == []

    @pytest.mark.parametrize(
        ("ids", "problem"), [((), "nothing_chosen"), (tuple(range(1, 52)), "too_many")]
    )
    def test_at_least_one_and_at_most_fifty(
        self, ids: tuple[int, ...], problem: str, sqlite_store: SqlStore
    ) -> None:
        record(sqlite_store, *self.copies(51))

        with pytest.raises(InvalidDecisionError, match=problem):
            self.together(sqlite_store, *ids)


class TestLikeness:
    def test_the_same_text_comes_first_and_then_rare_words_in_common(
        self, sqlite_store: SqlStore
    ) -> None:
        texts = [
            "Bygglovet på Storgatan är en skandal",
            "Vilken skandal att bygglovet på Storgatans kulle drog ut",
            "Bygglovet på Storgatan är en skandal",
            "Snöröjningen fungerade inte alls i vintras hos oss",
            "Tack för bibliotekets fina öppettider",
        ]
        record(
            sqlite_store,
            *(
                an_assessed_comment(text, external_id=str(number))
                for number, text in enumerate(texts, 1)
            ),
        )
        for comment_id in (2, 3, 4, 5):
            made(sqlite_store, Action.KEEP, comment_id=comment_id)

        found = similar_decisions(sqlite_store.comment(1), sqlite_store)

        assert [one.entry.payload["comment_id"] for one in found] == [3, 2]
        assert [one.is_same_text for one in found] == [True, False]
        assert {"skandal", "storgatan"} <= set(found[1].shared)

    def test_what_was_undone_and_what_is_its_own_history_is_left_out(
        self, sqlite_store: SqlStore
    ) -> None:
        record(
            sqlite_store,
            an_assessed_comment(),
            an_assessed_comment(external_id="2"),
        )
        entry = made(sqlite_store, comment_id=2)
        undo(entry.number, user=EVA, store=sqlite_store, at=NOON)
        made(sqlite_store, Action.KEEP)

        assert similar_decisions(sqlite_store.comment(1), sqlite_store) == []
        [found] = similar_decisions(sqlite_store.comment(2), sqlite_store)
        assert found.entry.payload["action"] == "keep"
