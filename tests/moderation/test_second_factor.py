from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from moderation import second_factor
from moderation.domain.account import SecondFactor
from moderation.storage import SqlStore
from tests.factories import NOON, a_user


@pytest.fixture
def factor(sqlite_store: SqlStore) -> SecondFactor:
    with sqlite_store.transaction() as tx:
        tx.add_user(a_user())
    second_factor.begin(sqlite_store, "eva")
    begun = sqlite_store.second_factor("eva")
    assert begun is not None
    return begun


def test_the_address_names_the_program_the_user_and_the_key() -> None:
    key = second_factor.new_key()

    address = urlsplit(second_factor.key_address(key, "eva"))

    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert address.path == "/Uppsikt:eva"
    assert parse_qs(address.query) == {"secret": [key], "issuer": ["Uppsikt"]}


def test_a_key_has_at_least_160_bits() -> None:
    assert len(second_factor.new_key()) * 5 >= 160


@pytest.mark.parametrize(
    ("seconds", "fits"), [(-61, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_clock_may_be_half_a_minute_wrong(
    seconds: int,
    fits: bool,  # noqa: FBT001 - a row of the table above
    factor: SecondFactor,
    sqlite_store: SqlStore,
) -> None:
    code = pyotp.TOTP(factor.key).at(NOON + timedelta(seconds=seconds))

    codes = second_factor.confirm(sqlite_store, factor, code, at=NOON)

    assert bool(codes) is fits


def test_the_code_that_turned_it_on_does_not_open_the_door(
    factor: SecondFactor, sqlite_store: SqlStore
) -> None:
    code = pyotp.TOTP(factor.key).at(NOON)
    second_factor.confirm(sqlite_store, factor, code, at=NOON)

    assert not second_factor.opens(sqlite_store, factor, code, at=NOON)


def test_recovery_codes_are_not_stored_as_they_are(
    factor: SecondFactor, sqlite_store: SqlStore
) -> None:
    code = pyotp.TOTP(factor.key).at(NOON)
    codes = second_factor.confirm(sqlite_store, factor, code, at=NOON)

    with sqlite_store.transaction() as tx:
        assert not any(tx.use_recovery_code("eva", one) for one in codes)
    assert second_factor.opens(sqlite_store, factor, codes[0], at=NOON)


def test_beginning_anew_does_not_remove_a_key_that_counts(
    factor: SecondFactor, sqlite_store: SqlStore
) -> None:
    code = pyotp.TOTP(factor.key).at(NOON)
    second_factor.confirm(sqlite_store, factor, code, at=NOON)

    second_factor.begin(sqlite_store, "eva")

    kept = sqlite_store.second_factor("eva")
    assert kept is not None
    assert (kept.key, kept.is_confirmed) == (factor.key, True)
