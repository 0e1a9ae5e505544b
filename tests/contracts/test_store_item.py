"""What the page about one comment asks of the store, on both databases."""

import re

import pytest
from sqlalchemy.exc import DBAPIError

from moderation import collaboration, decisions, erasing, log
from moderation.domain.comment import CommentRef
from moderation.domain.decision import Action, Decision
from moderation.domain.delivery import Visibility
from moderation.domain.erasure import ERASED_TEXT, Erasure
from moderation.domain.errors import AlreadyDecidedError, NotFoundError
from moderation.domain.reveal import RevealPlace
from moderation.domain.search import SearchFilter
from moderation.domain.triage import Outcome, QueueFilter, QueueStatus
from moderation.grounds import load_grounds
from moderation.storage import SqlStore
from tests.databases import dump, execute
from tests.factories import (
    NOON,
    a_clean_comment,
    a_clean_verdict,
    a_payload,
    a_user,
    an_assessed_comment,
)

WORD = "Zxqvhemligheten"
QUOTED = "Qwzcitatet"
REF = CommentRef("hemsidan", "1")


def record(store: SqlStore, *texts: str, external_id: str = "1") -> None:
    author = QUOTED if external_id == "1" else "Någon annan"
    for text in texts:
        comment = an_assessed_comment(text, external_id=external_id, author=author)
        with store.transaction() as tx:
            tx.record_many([comment], received_at=NOON)


def reveal(store: SqlStore, place: RevealPlace = RevealPlace.QUEUE) -> None:
    with store.transaction() as tx:
        tx.record_reveal(user="eva", comment_id=1, place=place, at=NOON)


class TestVerdicts:
    def test_the_advice_on_many_is_read_at_once(self, store: SqlStore) -> None:
        record(store, WORD)
        with store.transaction() as tx:
            tx.record_many([a_clean_comment(external_id="2")], received_at=NOON)

        found = store.verdicts([1, 2, 99])

        assert found == {1: store.verdict(1), 2: store.verdict(2)}
        assert store.verdicts([]) == {}


class TestReveals:
    def test_they_come_newest_first_a_page_at_a_time(self, store: SqlStore) -> None:
        record(store, WORD)
        for place in (RevealPlace.QUEUE, RevealPlace.SEARCH, RevealPlace.LOG):
            reveal(store, place)

        newest, middle = store.reveals(limit=2)
        [oldest] = store.reveals(limit=2, before=middle.number)

        places = [newest.place, middle.place, oldest.place]
        assert places == [RevealPlace.LOG, RevealPlace.SEARCH, RevealPlace.QUEUE]
        assert (oldest.user, oldest.at, oldest.comment_id) == ("eva", NOON, 1)
        assert oldest.ref == REF

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE reveals SET user_name = 'bo'",
            "DELETE FROM reveals",
            "UPDATE erased_comments SET user_name = 'bo'",
            "DELETE FROM erased_comments",
        ],
    )
    def test_what_was_noted_cannot_be_changed(
        self, store: SqlStore, database_url: str, change: str
    ) -> None:
        record(store, WORD)
        reveal(store)
        erasing.erase(1, user="eva", store=store, at=NOON)
        before = dump(database_url)

        with pytest.raises(DBAPIError, match="kan inte ändras"):
            execute(database_url, change)

        assert dump(database_url) == before


class TestRemoving:
    def test_only_a_hidden_comment_can_be_removed(self, store: SqlStore) -> None:
        record(store, WORD)

        with store.transaction() as tx:
            assert not tx.remove_queue_item(1, at=NOON)
            tx.close_queue_item(
                1,
                expected=QueueStatus.OPEN,
                status=QueueStatus.DECIDED,
                outcome=Outcome.HIDDEN,
                at=NOON,
            )
            assert tx.remove_queue_item(1, at=NOON)
            assert not tx.remove_queue_item(1, at=NOON)
            assert not tx.restore_queue_item(1, at=NOON)

        item = store.queue_item(1)
        assert item is not None
        assert item.outcome is Outcome.REMOVED


@pytest.fixture
def talked_about(store: SqlStore) -> SqlStore:
    """Store a comment of two versions that was discussed, escalated and hidden."""
    with store.transaction() as tx:
        tx.add_user(a_user("eva"))
        tx.add_user(a_user("bo"))
    record(store, f"{WORD} ett.", f"{WORD} två.")
    record(store, "Något helt annat.", external_id="2")
    said = {"reasons": [QUOTED]}
    collaboration.save_draft(2, said, user="bo", at=NOON, store=store)
    collaboration.write_note(2, f"@bo {QUOTED}", author="eva", at=NOON, store=store)
    decisions.decide(
        Decision(
            comment_id=2,
            action=Action.ESCALATE,
            moderator="eva",
            decided_at=NOON,
            escalate_to="bo",
            reasons=QUOTED,
        ),
        store=store,
        grounds=load_grounds(),
    )
    collaboration.take_over(2, user="bo", why=QUOTED, at=NOON, store=store)
    return store


def found(store: SqlStore, word: str) -> int:
    page = store.search(SearchFilter(words=(word.lower(),)), limit=10)
    return len(page.hits)


class TestErasing:
    def test_every_text_of_the_comment_is_gone_and_the_chain_is_whole(
        self, talked_about: SqlStore, database_url: str
    ) -> None:
        assert WORD in str(dump(database_url))
        assert found(talked_about, WORD) == 2

        entry = erasing.erase(2, user="eva", store=talked_about, at=NOON)

        left = str(dump(database_url))
        assert not re.search(f"{WORD}|{QUOTED}", left, re.IGNORECASE)
        assert "Något helt annat." in left
        assert found(talked_about, WORD) == found(talked_about, QUOTED) == 0
        assert log.verify(talked_about).is_sound
        assert entry.texts == {}
        assert entry.payload["action"] == "erase"
        assert talked_about.erasure(REF) == Erasure(
            ref=REF, entry_number=entry.number, user="eva", at=NOON
        )

    def test_address_and_time_remain_and_the_item_has_left_the_queue(
        self, talked_about: SqlStore
    ) -> None:
        erasing.erase(1, user="eva", store=talked_about, at=NOON)

        stored = talked_about.comment(2)
        assert stored.comment.text == ERASED_TEXT
        assert stored.comment.author == ""
        assert stored.comment.url == "https://kommunen.example/kommentar/1"
        assert stored.comment.posted_at == NOON
        assert talked_about.verdict(2).findings == ()
        item = talked_about.queue_item(2)
        assert item is not None
        assert (item.status, item.outcome) == (QueueStatus.DECIDED, Outcome.ERASED)
        [waiting] = talked_about.queue(QueueFilter(), limit=10)
        assert waiting.stored.id == 3
        assert talked_about.leases([2], at=NOON) == {}

    def test_removing_it_from_the_source_becomes_the_only_task(
        self, talked_about: SqlStore
    ) -> None:
        entry = erasing.erase(2, user="eva", store=talked_about, at=NOON)

        [task] = talked_about.tasks(limit=10)
        assert task.delivery.desired is Visibility.REMOVED
        assert task.delivery.entry_number == entry.number
        assert task.text == ERASED_TEXT

    def test_the_text_is_not_taken_in_again(self, talked_about: SqlStore) -> None:
        erasing.erase(2, user="eva", store=talked_about, at=NOON)

        with talked_about.transaction() as tx:
            tally = tx.record_many(
                [
                    an_assessed_comment(f"{WORD} ett."),
                    an_assessed_comment(f"{WORD} tre."),
                    an_assessed_comment("En ny.", external_id="3"),
                ],
                received_at=NOON,
            )

        assert (tally.new, tally.known) == (1, 2)
        assert len(talked_about.versions(REF)) == 2
        assert found(talked_about, WORD) == 0

    def test_advice_worked_out_before_does_not_come_back(
        self, talked_about: SqlStore
    ) -> None:
        advice = talked_about.verdict(2)
        erasing.erase(2, user="eva", store=talked_about, at=NOON)

        with talked_about.transaction() as tx:
            tx.reassess_many({2: advice, 3: a_clean_verdict()}, at=NOON)

        assert talked_about.verdict(2).findings == ()
        assert not talked_about.verdict(3).is_flagged

    def test_a_comment_that_nobody_queued_can_be_erased(self, store: SqlStore) -> None:
        with store.transaction() as tx:
            tx.record_many([a_clean_comment(WORD)], received_at=NOON)

        erasing.erase(1, user="eva", store=store, at=NOON)

        assert store.comment(1).comment.text == ERASED_TEXT
        assert store.queue_item(1) is None

    def test_the_second_time_is_refused_and_nothing_is_sealed(
        self, talked_about: SqlStore
    ) -> None:
        entry = erasing.erase(2, user="eva", store=talked_about, at=NOON)

        with pytest.raises(AlreadyDecidedError):
            erasing.erase(1, user="bo", store=talked_about, at=NOON)
        with pytest.raises(NotFoundError):
            erasing.erase(99, user="bo", store=talked_about, at=NOON)

        assert talked_about.log_head().number == entry.number

    def test_of_two_at_once_the_later_changes_nothing(
        self, talked_about: SqlStore
    ) -> None:
        first = erasing.erase(2, user="eva", store=talked_about, at=NOON)

        late = Erasure(ref=REF, entry_number=first.number, user="bo", at=NOON)
        with talked_about.transaction() as tx:
            again = tx.append_to_log(a_payload(action="erase"), {})
            assert again.number > first.number
            assert not tx.erase_comment(late)

        erasure = talked_about.erasure(REF)
        assert erasure is not None
        assert erasure.user == "eva"

    def test_texts_cannot_be_erased_without_a_sealed_entry(
        self, talked_about: SqlStore, database_url: str
    ) -> None:
        before = dump(database_url)
        for change in (
            "DELETE FROM log_texts",
            "DELETE FROM notes",
            (
                "INSERT INTO erased_comments "
                "VALUES ('hemsidan', '1', 1, 'eva', '2026-03-02 11:00:00')"
            ),
        ):
            with pytest.raises(DBAPIError, match="ändras"):
                execute(database_url, change)

        assert dump(database_url) == before
        assert talked_about.erasure(REF) is None

    def test_another_comments_texts_still_cannot_be_erased(
        self, talked_about: SqlStore, database_url: str
    ) -> None:
        erasing.erase(2, user="eva", store=talked_about, at=NOON)
        collaboration.write_note(
            3, "En fråga.", author="eva", at=NOON, store=talked_about
        )

        with pytest.raises(DBAPIError, match="En anteckning kan inte ändras"):
            execute(database_url, "DELETE FROM notes")

    def test_the_traces_are_wiped(self, talked_about: SqlStore) -> None:
        erasing.erase(2, user="eva", store=talked_about, at=NOON)

        assert talked_about.wipe()
        assert log.verify(talked_about).is_sound
        assert found(talked_about, "annat") == 1
