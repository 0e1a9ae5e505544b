import re
from pathlib import Path

import pytest

from moderation import log
from moderation.domain.search import SearchFilter
from moderation.domain.triage import QueueFilter, QueueStatus
from moderation.storage import open_store
from tests.bench import load
from tests.bench.load_report import Kind, is_good, report
from tests.bench.visits import Answer, Call

TINY = ["--comments", "400", "--open-items", "60", "--decisions", "40"]
BRIEF = ["--seconds", "2", "--rate", "10", "--each", "1", "--databases", "sqlite"]


def an_answer(seconds: float = 0.02, *, status: int = 200, size: int = 900) -> Answer:
    call = Call(kind="item", path="/kommentar/1")
    return Answer(call=call, seconds=seconds, status=status, size=size)


def test_a_tiny_archive_is_filled_served_and_driven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = load.main([*TINY, *BRIEF, "--keep", str(tmp_path)])

    told = capsys.readouterr().out
    assert ended == 0, told
    for kind in ("queue", "item", "search, two words", "decide: hide", "figures, 30"):
        assert re.search(rf"^{kind}.* +[1-9][0-9]* ", told, re.MULTILINE), told
    store = open_store(str(tmp_path / "load.sqlite3"))
    assert store.count_comments() == 400
    assert log.verify(store).is_sound
    assert store.log_head().number > 40
    assert 40 < store.count_queue(QueueFilter()) < 80
    assert store.count_queue(QueueFilter(status=QueueStatus.DECIDED)) > 40
    assert store.search(SearchFilter(words=("kommunen",)), limit=5).hits
    store.close()


def test_another_size_is_no_reason_to_measure_what_is_kept(tmp_path: Path) -> None:
    (tmp_path / "sqlite.json").write_text(
        '{"shape": {"comments": 1}, "view": 1, "items": [], "long_items": [], '
        '"places": [], "common": [], "middling": [], "rare": []}',
        encoding="utf-8",
    )

    with pytest.raises(SystemExit, match="an archive of another size"):
        load.main([*TINY, *BRIEF, "--keep", str(tmp_path)])


def test_the_percentiles_are_of_the_nearest_rank_and_beside_the_goal() -> None:
    answers = [an_answer(n / 1_000) for n in range(1, 101)]
    kind = Kind.of("item", answers, 0.03)

    assert [kind.within(part) for part in (50, 95, 99, 100)] == [
        0.05,
        0.095,
        0.099,
        0.1,
    ]
    [row] = [line for line in report("sqlite", [kind]) if line.startswith("item")]
    assert row.split()[1:7] == ["100", "50", "95", "99", "100", "30.0"]
    assert row.endswith("p95 < 150 met")


def test_a_goal_that_is_missed_is_said_to_be() -> None:
    late = Kind.of("decide: hide", [an_answer(0.101)], None)

    assert any(line.endswith("p95 < 100 MISSED") for line in report("sqlite", [late]))
    assert is_good([late])


def test_a_wrong_answer_and_a_large_page_are_told_and_the_first_fails_the_run() -> None:
    wrong = Kind.of("item", [an_answer(), an_answer(status=500)], None)
    large = Kind.of("queue", [an_answer(size=100_000)], None)

    told = report("sqlite", [wrong, large])
    assert "WRONG: item: 500 × 1" in told
    assert "TOO LARGE: queue" in told
    assert not is_good([wrong])
    assert is_good([large])
