import pytest

from moderation import log
from moderation.decisions import decide_together
from moderation.domain.decision import Action
from moderation.domain.delivery import Visibility
from moderation.domain.errors import AlreadyDecidedError, InvalidDecisionError
from moderation.domain.log_entry import LogEntry
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.verdict import Assessed
from moderation.storage import SqlStore
from tests.factories import an_assessed_comment
from tests.moderation.made_decisions import (
    GROUNDS,
    a_decision,
    desired,
    made,
    record,
    state,
)


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
