from argon2 import PasswordHasher

from moderation.passwords import HASH_OF_NOBODY, hash_password, verify_password


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
