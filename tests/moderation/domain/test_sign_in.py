from datetime import timedelta

from moderation.domain.sign_in import FORGOTTEN_AFTER, Failures, one_less, one_more
from tests.factories import NOON

LATER = NOON + timedelta(minutes=10)


def failures(count: int, *, blocked: bool = False) -> Failures:
    until = LATER if blocked else None
    return Failures(count=count, last_at=NOON, blocked_until=until)


def test_failures_are_free_until_the_last_free_one() -> None:
    assert one_more(None, at=NOON, free=5) == failures(1)
    assert one_more(failures(3), at=NOON, free=5) == failures(4)
    assert one_more(failures(4), at=NOON, free=5).blocked_until == NOON + timedelta(
        seconds=30
    )


def test_no_wait_is_longer_than_a_quarter_of_an_hour() -> None:
    long_after = one_more(failures(10_000), at=NOON, free=5)

    assert long_after.blocked_until == NOON + timedelta(minutes=15)


def test_old_failures_are_forgotten() -> None:
    at = NOON + FORGOTTEN_AFTER

    assert one_more(failures(4), at=at, free=5).count == 5
    assert one_more(failures(4), at=at + timedelta(seconds=1), free=5).count == 1


def test_a_wait_ends_at_its_moment() -> None:
    assert failures(5, blocked=True).blocks(NOON)
    assert not failures(5, blocked=True).blocks(LATER)
    assert not failures(4).blocks(NOON)


def test_taking_back_an_attempt_lifts_the_wait_only_where_it_caused_it() -> None:
    assert one_less(failures(5, blocked=True), free=5) == failures(4)
    assert one_less(failures(6, blocked=True), free=5) == failures(5, blocked=True)
