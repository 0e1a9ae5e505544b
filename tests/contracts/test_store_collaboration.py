"""What every store does for people who work side by side."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from moderation.domain.collaboration import (
    LEASE,
    AssignedEntry,
    Assignment,
    Draft,
    Function,
    ItemEvent,
    ItemEventKind,
    Lease,
)
from moderation.domain.comment import CommentRef
from moderation.domain.ports import Store
from moderation.domain.triage import Outcome, QueueStatus
from moderation.storage import SqlStore
from tests.databases import dump, execute
from tests.factories import NOON, a_user, an_assessed_comment

REF = CommentRef("hemsidan", "1")
LATER = NOON + timedelta(minutes=5)
RUN_OUT = NOON + LEASE


@pytest.fixture(autouse=True)
def three_items(store: Store) -> None:
    with store.transaction() as tx:
        tx.record_many(
            [an_assessed_comment(external_id=str(n)) for n in (1, 2, 3)],
            received_at=NOON,
        )
        for name in ("eva", "bo"):
            tx.add_user(a_user(name))


def move(store: Store, comment_id: int, status: QueueStatus) -> None:
    with store.transaction() as tx:
        assert tx.close_queue_item(
            comment_id,
            expected=QueueStatus.OPEN,
            status=status,
            outcome=Outcome.NONE,
            at=NOON,
        )


def an_assignment(comment_id: int = 1, **more: object) -> Assignment:
    fields = {
        "status": QueueStatus.PARKED,
        "user": "eva",
        "due": date(2026, 3, 5),
        "reason": "Väntar på svar.",
        "given_by": "bo",
        "given_at": NOON,
        **more,
    }
    return Assignment(comment_id=comment_id, **fields)  # type: ignore[arg-type]


def assign(store: Store, *assignments: Assignment) -> None:
    with store.transaction() as tx:
        for one in assignments:
            tx.assign(one)


def ids(found: Sequence[AssignedEntry]) -> list[int]:
    return [one.entry.stored.id for one in found]


class TestLeases:
    def test_a_free_item_is_held_and_a_held_one_is_not_given(
        self, store: Store
    ) -> None:
        with store.transaction() as tx:
            first = tx.hold(1, "eva", at=NOON)
            second = tx.hold(1, "bo", at=LATER)

        assert (
            first
            == second
            == Lease(comment_id=1, holder="eva", since=NOON, until=RUN_OUT)
        )
        assert store.leases([1, 2], at=LATER) == {1: first}
        assert store.leases([1, 2], at=RUN_OUT) == {}
        assert store.leases([], at=NOON) == {}

    def test_the_holder_goes_on_from_when_it_began(self, store: Store) -> None:
        with store.transaction() as tx:
            tx.hold(1, "eva", at=NOON)
            renewed = tx.hold(1, "eva", at=LATER)

        assert (renewed.since, renewed.until) == (NOON, LATER + LEASE)

    @pytest.mark.parametrize("name", ["eva", "bo"])
    def test_what_has_run_out_begins_anew(self, name: str, store: Store) -> None:
        with store.transaction() as tx:
            tx.hold(1, "eva", at=NOON)
            lease = tx.hold(1, name, at=RUN_OUT)

        assert (lease.holder, lease.since) == (name, RUN_OUT)

    def test_only_the_holder_lets_go(self, store: Store) -> None:
        with store.transaction() as tx:
            tx.hold(1, "eva", at=NOON)
            tx.release(1, "bo")
        assert store.leases([1], at=NOON)

        with store.transaction() as tx:
            tx.release(1, "eva")
        assert store.leases([1], at=NOON) == {}

    def test_taking_over_says_from_whom(self, store: Store) -> None:
        with store.transaction() as tx:
            tx.hold(1, "eva", at=NOON)
            assert tx.take_over(1, "bo", at=LATER) == "eva"
            assert tx.take_over(1, "bo", at=LATER) == ""
            assert tx.take_over(2, "bo", at=LATER) == ""

        held = store.leases([1, 2], at=LATER)
        assert {lease.holder for lease in held.values()} == {"bo"}
        assert held[1].since == LATER

    def test_of_many_at_once_one_gets_it(self, store: Store) -> None:
        def try_it(name: str) -> str:
            with store.transaction() as tx:
                return tx.hold(1, name, at=NOON).holder

        with ThreadPoolExecutor(8) as pool:
            holders = set(pool.map(try_it, [f"n{number}" for number in range(16)]))

        assert len(holders) == 1


class TestDrafts:
    def test_the_last_one_counts_and_only_for_its_writer(self, store: Store) -> None:
        older = Draft(user="eva", comment_id=1, fields={"a": ["å\n"]}, saved_at=NOON)
        newer = Draft(user="eva", comment_id=1, fields={"b": []}, saved_at=LATER)
        with store.transaction() as tx:
            tx.save_draft(older)
        assert store.draft("eva", 1) == older

        with store.transaction() as tx:
            tx.save_draft(newer)

        assert store.draft("eva", 1) == newer
        assert store.draft("bo", 1) is None
        assert store.draft("eva", 2) is None

    def test_settling_ends_all_but_other_peoples_drafts(self, store: Store) -> None:
        others = Draft(user="bo", comment_id=1, fields={}, saved_at=NOON)
        with store.transaction() as tx:
            tx.hold(1, "eva", at=NOON)
            tx.assign(an_assignment())
            tx.save_draft(Draft(user="eva", comment_id=1, fields={}, saved_at=NOON))
            tx.save_draft(others)

        with store.transaction() as tx:
            tx.settle(1, by="eva")
            assert tx.unassign(1, QueueStatus.PARKED) is None

        assert store.leases([1], at=NOON) == {}
        assert store.draft("eva", 1) is None
        assert store.draft("bo", 1) == others


class TestAssignments:
    def test_it_counts_only_in_its_status(self, store: Store) -> None:
        assign(store, an_assignment())
        assert store.assignments([1]) == {}

        move(store, 1, QueueStatus.PARKED)

        assert store.assignments([1, 2]) == {1: an_assignment()}

    def test_a_new_one_replaces_the_old_in_the_same_status(self, store: Store) -> None:
        move(store, 1, QueueStatus.PARKED)
        escalated = an_assignment(
            status=QueueStatus.ESCALATED, user="", function=Function.LAWYER, due=None
        )
        later = an_assignment(user="bo", was=QueueStatus.ESCALATED)
        assign(store, an_assignment(), escalated, later)

        assert store.assignments([1]) == {1: later}
        with store.transaction() as tx:
            assert tx.unassign(1, QueueStatus.PARKED) == later
            assert tx.unassign(1, QueueStatus.PARKED) is None
            assert tx.unassign(1, QueueStatus.ESCALATED) == escalated

    def test_parked_items_come_ones_own_first_then_by_last_day(
        self, store: Store
    ) -> None:
        for number, user, day in ((1, "bo", 6), (2, "eva", 9), (3, "bo", 5)):
            move(store, number, QueueStatus.PARKED)
            assign(store, an_assignment(number, user=user, due=date(2026, 3, day)))

        assert ids(store.parked(first="eva", limit=10)) == [2, 3, 1]
        assert ids(store.parked(first="eva", limit=1, offset=1)) == [3]

    def test_a_person_finds_what_is_theirs_and_their_functions(
        self, store: Store
    ) -> None:
        status = QueueStatus.ESCALATED
        for number in (1, 2, 3):
            move(store, number, status)
        assign(
            store,
            an_assignment(1, status=status, user="eva", due=None),
            an_assignment(2, status=status, user="", function=Function.LAWYER),
            an_assignment(3, status=status, user="", function=Function.MANAGER),
        )

        def found(user: str, *functions: Function) -> list[int]:
            return ids(store.assigned_to(user, functions, status=status, limit=9))

        assert found("eva") == [1]
        assert found("eva", Function.LAWYER) == [2, 1]
        assert found("bo", Function.LAWYER, Function.MANAGER) == [2, 3]
        assert found("bo") == []
        [entry] = store.assigned_to("eva", (), status=status, limit=1)
        assert entry.assignment.comment_id == entry.entry.item.comment_id == 1
        assert entry.entry.item.status is status

    def test_functions_are_those_that_were_set_last(self, store: Store) -> None:
        with store.transaction() as tx:
            tx.set_functions("eva", [Function.LAWYER, Function.MANAGER])
            tx.set_functions("bo", [Function.SECURITY])
            tx.set_functions("eva", [Function.DATA_PROTECTION, Function.LAWYER])
            tx.set_functions("bo", [])

        assert store.user_functions() == {
            "eva": {Function.LAWYER, Function.DATA_PROTECTION}
        }


class TestNotesAndEvents:
    def test_events_stand_in_their_order_for_all_versions(self, store: Store) -> None:
        parked = ItemEvent(
            comment_id=1,
            kind=ItemEventKind.PARKED,
            by="eva",
            at=NOON,
            other="bo",
            due=date(2026, 3, 5),
            text="Väntar.",
        )
        with store.transaction() as tx:
            tx.record_many([an_assessed_comment("Jag slår dig.")], received_at=LATER)
        newest = store.versions(REF)[-1].id
        resumed = ItemEvent(
            comment_id=newest, kind=ItemEventKind.RESUMED, by="bo", at=LATER
        )
        with store.transaction() as tx:
            tx.record_event(parked)
            tx.record_event(resumed)

        assert store.item_events(REF) == [parked, resumed]
        assert store.item_events(CommentRef("hemsidan", "2")) == []

    def test_a_note_is_unread_for_those_it_names_until_they_read_it(
        self, store: Store
    ) -> None:
        with store.transaction() as tx:
            for text in ("Först", "Sedan"):
                tx.add_note(1, text, author="eva", mentions=["bo", "lena"], at=NOON)
        first, second = store.notes(REF)
        assert (first.text, first.author, first.at) == ("Först", "eva", NOON)
        unread = store.unread_mentions("bo", limit=9)
        assert [one.note for one in unread] == [second, first]
        assert unread[0].stored.comment.ref == REF

        with store.transaction() as tx:
            tx.mark_read(second.id, "bo", at=LATER)
            tx.mark_read(first.id, "eva", at=LATER)

        assert [one.note for one in store.unread_mentions("bo", limit=9)] == [first]
        assert len(store.unread_mentions("lena", limit=1)) == 1
        assert store.unread_mentions("eva", limit=9) == []

    @pytest.mark.parametrize(
        "change", ["UPDATE notes SET text = 'annat'", "DELETE FROM notes"]
    )
    def test_nobody_changes_a_note_from_outside(
        self, change: str, store: SqlStore, database_url: str
    ) -> None:
        with store.transaction() as tx:
            tx.add_note(1, "Först", author="eva", mentions=[], at=NOON)
        before = dump(database_url)

        with pytest.raises(DBAPIError, match="kan inte ändras eller tas bort"):
            execute(database_url, change)

        assert dump(database_url) == before
