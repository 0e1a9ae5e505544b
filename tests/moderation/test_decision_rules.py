import pytest

from moderation.domain.category import Category
from moderation.domain.decision import Action
from moderation.domain.errors import Problem
from moderation.storage import SqlStore
from tests.factories import a_finding, a_verdict, an_assessed_comment
from tests.moderation.made_decisions import made, record, refused


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
