from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from moderation import batch, intake
from moderation.domain.errors import StorageError
from moderation.domain.finding import Detection
from moderation.domain.ports import Transaction
from moderation.domain.run import Run, RunTally
from moderation.domain.triage import QueueFilter
from moderation.domain.verdict import Policy
from moderation.storage import SqlStore, open_store
from tests.databases import dump
from tests.factories import NOON, a_clean_comment, a_comment
from tests.fakes import FakeDetector

TEXTS = (
    "Tack för lekplatsen.",
    "ett hotord här",
    "Fint väder.",
    "ett glåpord här",
    "Hej hej.",
)
POLICY = Policy()


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "CHUNK", 2)


@pytest.fixture
def archive(store: SqlStore) -> SqlStore:
    """Return a store where all comments were once found to be clean."""
    clean = [a_clean_comment(t, external_id=str(i)) for i, t in enumerate(TEXTS)]
    intake.record(clean, store=store, now=lambda: NOON)
    return store


class StoppingDetector(FakeDetector):
    """Is stopped, as by Ctrl+C, when it meets a text."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self._at = at

    def detect_many(self, texts: Sequence[str]) -> list[Detection]:
        if self._at in texts:
            raise KeyboardInterrupt
        return super().detect_many(texts)


class CountingDetector(FakeDetector):
    """Remembers the texts it was asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def detect_many(self, texts: Sequence[str]) -> list[Detection]:
        self.asked += texts
        return super().detect_many(texts)


class ForgetfulStore:
    """A store that cannot save the advice on one comment."""

    def __init__(self, store: SqlStore, unsaved: int) -> None:
        self._store = store
        self._unsaved = unsaved

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        return getattr(self._store, name)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._store.transaction() as tx:
            yield ForgetfulTransaction(tx, self._unsaved)  # type: ignore[misc]


class ForgetfulTransaction:
    def __init__(self, tx: Transaction, unsaved: int) -> None:
        self._tx = tx
        self._unsaved = unsaved

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a change has
        return getattr(self._tx, name)

    def reassess_many(self, verdicts: dict[int, Any], **more: Any) -> RunTally:  # noqa: ANN401 - passed on
        tally = self._tx.reassess_many(verdicts, **more)
        if self._unsaved in verdicts:
            msg = "Databasen är låst."
            raise StorageError(msg)
        return tally


def rescan(store: Any, detector: FakeDetector | None = None, **more: Any) -> Run:  # noqa: ANN401 - passed on
    return batch.rescan(
        detector=detector or FakeDetector(),
        store=store,
        policy=POLICY,
        now=lambda: NOON + timedelta(days=1),
        **more,
    )


def test_the_whole_archive_is_assessed_with_todays_rules(archive: SqlStore) -> None:
    run = rescan(archive, FakeDetector(ruleset="regler-2"))

    assert run.tally.seen == 5
    assert run.tally.newly_flagged == 2
    assert run.tally.failed == 0
    assert run.finished_at == NOON + timedelta(days=1)
    assert archive.last_run() == run
    assert archive.count_queue(QueueFilter()) == 2
    assert {archive.verdict(i).ruleset for i in range(1, 6)} == {"regler-2"}


def test_an_empty_archive_gives_a_finished_run_of_nothing(store: SqlStore) -> None:
    run = rescan(store)

    assert run.tally == RunTally()
    assert run.finished_at is not None


def test_the_night_twice_is_as_once(archive: SqlStore, database_url: str) -> None:
    rescan(archive)
    after_one = {k: v for k, v in dump(database_url).items() if k != "runs"}

    second = rescan(archive)

    after_two = {k: v for k, v in dump(database_url).items() if k != "runs"}
    assert after_two == after_one
    assert (second.tally.seen, second.tally.newly_flagged) == (5, 0)
    assert second.tally.changed == 0


def test_a_stopped_run_continues_where_it_was_stopped(archive: SqlStore) -> None:
    with pytest.raises(KeyboardInterrupt):
        rescan(archive, StoppingDetector(TEXTS[3]))
    stopped = archive.unfinished_run(since=None)
    assert stopped is not None
    assert (stopped.last_comment_id, stopped.tally.seen) == (2, 2)
    detector = CountingDetector()

    run = rescan(archive, detector)

    assert detector.asked == list(TEXTS[2:])
    assert run.id == stopped.id
    assert (run.tally.seen, run.tally.newly_flagged) == (5, 2)
    assert archive.unfinished_run(since=None) is None


def test_a_stopped_and_continued_run_ends_as_one_that_was_never_stopped(
    archive: SqlStore, database_url: str, tmp_path: Path
) -> None:
    other_url = str(tmp_path / "annan.sqlite3")
    other = open_store(other_url)
    clean = [a_clean_comment(t, external_id=str(i)) for i, t in enumerate(TEXTS)]
    intake.record(clean, store=other, now=lambda: NOON)
    rescan(other)
    other.close()

    with pytest.raises(KeyboardInterrupt):
        rescan(archive, StoppingDetector(TEXTS[3]))
    rescan(archive)

    ours, others = dump(database_url), dump(other_url)
    assert ours["queue_items"] == others["queue_items"]
    assert ours["verdicts"] == others["verdicts"]


def test_a_run_with_other_rules_begins_anew(archive: SqlStore) -> None:
    with pytest.raises(KeyboardInterrupt):
        rescan(archive, StoppingDetector(TEXTS[3]))

    run = rescan(archive, FakeDetector(ruleset="regler-2"))

    assert run.id == 2
    assert run.tally.seen == 5


def test_a_chunk_that_cannot_be_saved_is_counted_and_the_rest_is_done(
    archive: SqlStore,
) -> None:
    run = rescan(ForgetfulStore(archive, unsaved=2))

    assert (run.tally.seen, run.tally.failed) == (5, 2)
    assert run.tally.newly_flagged == 1
    assert run.finished_at is not None
    assert archive.last_run() == run
    assert archive.queue_item(2) is None
    assert archive.queue_item(4) is not None


def test_a_failed_last_chunk_is_counted_in_the_finished_run(archive: SqlStore) -> None:
    run = rescan(ForgetfulStore(archive, unsaved=5))

    assert (run.tally.seen, run.tally.failed) == (5, 1)
    assert archive.last_run() == run


def test_a_failed_chunk_is_logged_without_any_text(
    archive: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    rescan(ForgetfulStore(archive, unsaved=2))

    assert "After comment 0" in caplog.text
    assert not [text for text in TEXTS if text in caplog.text]


def test_since_limits_to_what_was_received_from_then(archive: SqlStore) -> None:
    later = NOON + timedelta(hours=1)
    assessed = intake.assess_many(
        [a_comment("Senare.", external_id="9")], detector=FakeDetector(), policy=POLICY
    )
    intake.record(assessed, store=archive, now=lambda: later)
    detector = CountingDetector()

    run = rescan(archive, detector, since=later)

    assert detector.asked == ["Senare."]
    assert run.since == later


def test_progress_tells_how_many_each_chunk_was(archive: SqlStore) -> None:
    counts: list[int] = []

    rescan(archive, on_progress=counts.append)

    assert counts == [2, 2, 1]


def test_only_the_text_shown_today_is_assessed(archive: SqlStore) -> None:
    edited = replace(a_comment("Ändrad text."), ref=a_comment(external_id="0").ref)
    assessed = intake.assess_many([edited], detector=FakeDetector(), policy=POLICY)
    intake.record(assessed, store=archive, now=lambda: NOON)
    detector = CountingDetector()

    rescan(archive, detector)

    assert TEXTS[0] not in detector.asked
    assert "Ändrad text." in detector.asked
