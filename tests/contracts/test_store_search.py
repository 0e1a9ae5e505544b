"""What every store does when texts are searched."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from moderation.domain.comment import CommentRef
from moderation.domain.ports import Store
from moderation.domain.search import (
    SearchFilter,
    SearchHit,
    SearchKind,
    SearchPage,
    read_query,
)
from moderation.domain.stop_words import STOP_WORDS
from moderation.domain.triage import Outcome, QueueFilter, QueueStatus
from moderation.storage import open_store
from moderation.storage.engine import open_engine
from tests.databases import copy_to_older, execute
from tests.factories import (
    NOON,
    a_clean_comment,
    a_log_text,
    a_payload,
    an_assessed_comment,
)

LATER = NOON + timedelta(days=1)


def found(
    store: Store,
    words: str,
    *,
    limit: int = 50,
    before: int | None = None,
    **more: object,
) -> SearchPage:
    chosen = SearchFilter(words=read_query(words), **more)  # type: ignore[arg-type]  # As a test names them.
    return store.search(chosen, limit=limit, before=before)


def names(page: SearchPage) -> list[str]:
    return [hit.stored.comment.ref.external_id for hit in page.hits if hit.stored]


def say(
    store: Store,
    text: str,
    external_id: str = "1",
    *,
    at: datetime = NOON,
    channel: str = "hemsidan",
) -> None:
    comment = a_clean_comment(
        text, external_id=external_id, posted_at=at, channel=channel
    )
    with store.transaction() as tx:
        tx.record_many([comment], received_at=NOON)


def test_a_word_is_found_in_all_its_forms(store: Store) -> None:
    say(store, "Kommunens badhus är stängt.", "1")
    say(store, "Vilka kommuner har badhusen öppna?", "2", at=LATER)
    say(store, "Tack för lekplatsen!", "3")

    assert names(found(store, "kommunen")) == ["2", "1"]
    assert names(found(store, "BADHUSET kommun")) == ["2", "1"]
    assert names(found(store, "lekplatser")) == ["3"]


def test_the_words_found_are_marked_in_the_text(store: Store) -> None:
    say(store, "Hoten: vi hotar, sa ho\u00adtet.")

    [hit] = found(store, "hot").hits

    assert [span.of(hit.text) for span in hit.marks] == [
        "Hoten",
        "hotar",
        "ho\u00adtet",
    ]


def test_the_text_that_is_stored_is_as_it_was_written(store: Store) -> None:
    say(store, "KOMMUNENS badhus!")

    [hit] = found(store, "kommun").hits

    assert hit.text == "KOMMUNENS badhus!"
    assert hit.stored is not None
    assert hit.stored.comment.text == "KOMMUNENS badhus!"


def test_every_word_must_occur(store: Store) -> None:
    say(store, "Badhuset är stängt.", "1")
    say(store, "Bron är stängd.", "2")

    assert names(found(store, "stängt badhus")) == ["1"]
    assert names(found(store, "badhus bro")) == []


def test_no_name_is_searched(store: Store) -> None:
    with store.transaction() as tx:
        comment = a_clean_comment(author="Kommuninvånaren Ek", url="https://ek.example")
        tx.record_many([comment], received_at=NOON)
        texts = {"author": a_log_text("Ek"), "escalate_to": a_log_text("Ek")}
        tx.append_to_log(a_payload(moderator="ek"), texts)

    assert found(store, "ek").hits == ()


def test_a_decision_is_found_by_its_reasons(store: Store) -> None:
    with store.transaction() as tx:
        tx.record_many([an_assessed_comment()], received_at=NOON)
    [stored] = store.versions(CommentRef("hemsidan", "1"))
    with store.transaction() as tx:
        tx.append_to_log(
            a_payload(comment_id=stored.id, at=LATER.isoformat()),
            {"reasons": a_log_text("Uttalat våld mot tjänstemannen.")},
        )

    [hit] = found(store, "tjänsteman").hits

    assert hit.kind is SearchKind.DECISION
    assert (hit.number, hit.at, hit.channel) == (1, LATER, "hemsidan")
    assert hit.text == "Uttalat våld mot tjänstemannen."
    assert hit.stored == stored


def test_a_hit_tells_where_its_item_stands(store: Store) -> None:
    with store.transaction() as tx:
        tx.record_many([an_assessed_comment("Hot om bron")], received_at=NOON)
    say(store, "Bron är fin", "2")

    flagged, clean = sorted(found(store, "bron").hits, key=lambda hit: hit.number)

    assert flagged.item == store.queue_item(flagged.number)
    assert clean.item is None


def test_hits_can_be_narrowed_by_channel_state_and_period(store: Store) -> None:
    say(store, "Bron", "forum", channel="forum")
    say(store, "Bron", "senare", at=LATER)
    with store.transaction() as tx:
        tx.record_many(
            [an_assessed_comment("Bron", external_id="hot")], received_at=NOON
        )
    [hot] = store.versions(CommentRef("hemsidan", "hot"))

    assert names(found(store, "bron", channel="forum")) == ["forum"]
    assert names(found(store, "bron", status=QueueStatus.OPEN)) == ["hot"]
    assert names(found(store, "bron", since=LATER)) == ["senare"]
    assert sorted(names(found(store, "bron", until=LATER))) == ["forum", "hot"]
    with store.transaction() as tx:
        tx.close_queue_item(
            hot.id,
            expected=QueueStatus.OPEN,
            status=QueueStatus.DECIDED,
            outcome=Outcome.KEPT,
            at=LATER,
        )
    assert names(found(store, "bron", status=QueueStatus.OPEN)) == []
    assert names(found(store, "bron", status=QueueStatus.DECIDED)) == ["hot"]


def test_pages_follow_each_other_without_a_gap(store: Store) -> None:
    for number in range(7):
        say(store, "Bron", str(number), at=NOON + timedelta(seconds=number))

    first = found(store, "bron", limit=3)
    second = found(store, "bron", limit=3, before=first.older)
    third = found(store, "bron", limit=3, before=second.older)

    assert names(first) + names(second) + names(third) == list("6543210")
    assert third.older is None


def test_a_rare_filter_is_looked_for_in_a_bounded_number_of_texts(
    store: Store,
) -> None:
    say(store, "Bron", "forum", channel="forum", at=NOON - timedelta(days=1))
    many = [
        a_clean_comment("Bron", external_id=str(number), posted_at=None)
        for number in range(3_000)
    ]
    with store.transaction() as tx:
        tx.record_many(many, received_at=NOON)

    first = found(store, "bron", channel="forum")
    second = found(store, "bron", channel="forum", before=first.older)

    assert names(first) == []
    assert first.older is not None
    assert names(second) == ["forum"]
    assert second.older is None


def test_dates_beyond_all_reason_are_searched_too(store: Store) -> None:
    say(store, "Bron", "forr", at=datetime.fromisoformat("0999-01-01T00:00+00:00"))
    say(store, "Bron", "sedan", at=datetime.fromisoformat("9998-01-01T00:00+00:00"))

    assert names(found(store, "bron")) == ["sedan", "forr"]


@pytest.mark.parametrize(
    "text",
    [
        "NEAR bron",
        '"bron',
        "bron*",
        "words:bron",
        "bron'); --",
        "-bron",
        "^bron &|!<->",
    ],
)
def test_no_sign_is_an_operator(text: str, store: Store) -> None:
    say(store, "Bron words near", "1")

    assert names(found(store, text)) == ["1"]


def test_very_long_texts_and_strange_letters_can_be_stored_and_searched(
    store: Store,
) -> None:
    say(store, "bron " + " ".join(f"ord{n:x}" for n in range(40_000)), "1")
    say(store, "ꓘ 𝔟𝔯𝔬 ﷽ ² ½ ა " + "x" * 5_000, "2", at=LATER)

    assert names(found(store, "bron")) == ["1"]
    assert found(store, "𝔟𝔯𝔬 ꓘ").hits is not None


def test_a_comment_that_is_removed_is_found_no_more(
    store: Store, database_url: str
) -> None:
    say(store, "Bron")
    execute(database_url, "DELETE FROM verdicts", "DELETE FROM comments")

    assert found(store, "bron").hits == ()


def test_what_was_stored_before_there_was_a_search_is_found(
    empty_database_url: str, tmp_path: Path
) -> None:
    source = str(tmp_path / "source.sqlite3")
    with closing(open_store(source)) as store:
        with store.transaction() as tx:
            tx.record_many([an_assessed_comment("Bron")], received_at=NOON)
        [stored] = store.versions(CommentRef("hemsidan", "1"))
        with store.transaction() as tx:
            texts = {"reasons": a_log_text("Bron är hotad."), "author": a_log_text("E")}
            tx.append_to_log(a_payload(comment_id=stored.id), texts)
            tx.append_to_log(a_payload(), texts)
        before = found(store, "bron").hits
        queued = store.queue(QueueFilter(), limit=10)
    copy_to_older(source, empty_database_url, revision="0005")

    with closing(open_store(empty_database_url)) as again:
        after = found(again, "bron").hits
        queued_after = again.queue(QueueFilter(), limit=10)

    assert queued_after == queued
    assert len(queued) == 1
    assert len(before) == 3
    assert sorted(after, key=key) == sorted(before, key=key)


def key(hit: SearchHit) -> tuple[str, int]:
    return hit.kind, hit.number


def test_the_words_passed_over_are_those_of_postgresql(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    with engine.connect() as connection:
        kept = [
            word
            for word in sorted(STOP_WORDS)
            if connection.exec_driver_sql(
                "SELECT length(to_tsvector('swedish', %s))", (word,)
            ).scalar()
        ]
    engine.dispose()

    assert kept == []
