from tests.bench.compare import comparison, loading
from tests.bench.pace import Pace
from tests.bench.scan import Measured

OURS = Measured(
    name="scan",
    comments=1000,
    seconds=2.0,
    processor_seconds=1.0,
    peak_megabytes=243.4,
)
PRESIDIO = Pace(comments=30, seconds=0.3, processor_seconds=0.2)
LETTER_GROUPS = Pace(comments=100, seconds=0.5, processor_seconds=0.4)


def test_a_ratio_is_of_comments_a_second_not_of_seconds() -> None:
    lines = comparison(OURS, PRESIDIO, LETTER_GROUPS)

    assert "a/b: 5.00 by the clock, 6.67 by processor time" in lines
    assert "a/c: 2.50 by the clock, 4.00 by processor time" in lines


def test_each_of_the_three_has_its_own_row_and_rates() -> None:
    lines = comparison(OURS, PRESIDIO, LETTER_GROUPS)
    rates = [[w for w in line.split() if w.endswith("/s")] for line in lines]

    assert [found for found in rates if found] == [
        ["500/s", "1,000/s"],
        ["100/s", "150/s"],
        ["200/s", "250/s"],
    ]


def test_the_peak_memory_shown_is_that_of_the_scan() -> None:
    lines = comparison(OURS, PRESIDIO, LETTER_GROUPS)

    assert "peak memory of a: 243 MB" in lines


def test_a_pace_reads_the_same_in_another_process() -> None:
    assert Pace.from_json(PRESIDIO.to_json()) == PRESIDIO


def test_loading_times_and_the_size_of_the_artifact_have_two_decimals() -> None:
    figures = {"rules": 0.614, "model": 0.173, "artifact_megabytes": 1.443785}

    assert loading(figures) == [
        "load the rules: 0.61 s",
        "load the model: 0.17 s",
        "the model's artifact: 1.44 MB",
    ]
