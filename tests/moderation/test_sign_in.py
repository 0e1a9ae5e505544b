from concurrent.futures import ThreadPoolExecutor

from moderation import sign_in
from moderation.domain.ports import Store
from tests.factories import NOON


def attempt(store: Store, name: str = "eva", address: str = "") -> sign_in.Attempt:
    return sign_in.begin(store, name=name, address=address, at=NOON)


def test_guesses_at_the_same_moment_all_count(store: Store) -> None:
    with ThreadPoolExecutor(12) as pool:
        attempts = list(pool.map(lambda _: attempt(store), range(12)))

    assert sum(not one.is_refused for one in attempts) == sign_in.FREE_FOR_NAME


def test_an_attempt_that_was_refused_does_not_lengthen_the_wait(store: Store) -> None:
    for _ in range(5):
        last = attempt(store)

    assert {attempt(store).wait_until for _ in range(10)} == {last.wait_until}


def test_a_success_forgets_the_name_and_the_address(store: Store) -> None:
    for _ in range(4):
        attempt(store, address="192.0.2.7")
    sign_in.succeed(store, attempt(store, address="192.0.2.7"))

    assert attempt(store, address="192.0.2.7").wait_until is None


def test_half_way_takes_back_only_its_own_attempt(store: Store) -> None:
    for _ in range(3):
        attempt(store)
    sign_in.half_way(store, attempt(store))

    assert attempt(store).wait_until is None
    assert attempt(store).wait_until is not None


def test_half_way_after_a_success_in_another_tab_leaves_nothing_counted(
    store: Store,
) -> None:
    begun, other = attempt(store), attempt(store)
    sign_in.succeed(store, other)

    sign_in.half_way(store, begun)

    assert [attempt(store).wait_until for _ in range(4)] == [None] * 4
    assert attempt(store).wait_until is not None


def test_no_attempt_is_taken_back_twice(store: Store) -> None:
    begun = attempt(store)
    sign_in.half_way(store, begun)
    sign_in.half_way(store, begun)

    assert [attempt(store).wait_until for _ in range(4)] == [None] * 4
    assert attempt(store).wait_until is not None


def test_a_name_and_an_address_that_look_alike_are_counted_apart(store: Store) -> None:
    for _ in range(5):
        attempt(store, "192.0.2.7")

    assert not attempt(store, "eva", "192.0.2.7").is_refused


def test_a_name_that_no_database_could_store_is_counted(store: Store) -> None:
    assert not attempt(store, "\ud800\0" + "x" * 100_000).is_refused
