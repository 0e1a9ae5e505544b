from moderation.domain.ports import RecordTally
from moderation.domain.run import RunTally


def test_tallies_of_runs_add_up() -> None:
    one = RunTally(seen=5, newly_flagged=1, changed=2, failed=3)

    assert one + one == RunTally(seen=10, newly_flagged=2, changed=4, failed=6)
    assert one + RunTally() == one


def test_tallies_of_recorded_chunks_add_up() -> None:
    one = RecordTally(new=5, known=1, queued=2)

    assert one + one == RecordTally(new=10, known=2, queued=4)
