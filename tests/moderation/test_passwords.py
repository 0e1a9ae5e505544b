import pytest
from argon2 import PasswordHasher

from moderation.passwords import (
    HASH_OF_NOBODY,
    hash_password,
    problem_with,
    temporary_password,
    verify_password,
)


def test_the_right_password_fits_and_a_wrong_one_does_not() -> None:
    kept = hash_password("ett långt lösenord")

    assert verify_password("ett långt lösenord", kept)
    assert not verify_password("ett annat lösenord", kept)


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert hash_password("lösenord") != hash_password("lösenord")


def test_an_unknown_name_and_a_damaged_hash_never_fit() -> None:
    assert not verify_password("vad som helst", None)
    assert not verify_password("vad som helst", "inte en hash")


def test_an_unknown_name_is_compared_as_thoroughly_as_a_known_one() -> None:
    assert not PasswordHasher().check_needs_rehash(HASH_OF_NOBODY)


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("fyra ord i en rad", ""),
        ("båten bor vid bryggan", ""),
        ("elva tecken", "minst 12"),
        ("x" * 1_001, "högst 1000"),
        ("Anna.Berg.Anna.Berg", "liknar namnet"),
        ("anna berg 2026", "liknar namnet"),
        ("annaberg1-annaberg1", "liknar namnet"),
    ],
)
def test_a_new_password_is_long_and_more_than_the_name(
    password: str, told: str
) -> None:
    problem = problem_with(password, names=("bo", "Anna Berg"))

    assert told in problem
    assert bool(problem) is bool(told)


def test_an_empty_name_hinders_no_password() -> None:
    assert not problem_with("fyra ord i en rad", names=("", " "))


def test_temporary_passwords_are_good_enough_and_never_the_same() -> None:
    made = {temporary_password() for _ in range(100)}

    assert len(made) == 100
    assert not any(problem_with(one, names=("eva",)) for one in made)
