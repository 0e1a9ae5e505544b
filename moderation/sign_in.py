"""Signing in: counted before it is tried, so that guesses at once all count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from moderation.domain.ports import Store
from moderation.domain.sign_in import Failures, one_less, one_more

FREE_FOR_NAME: Final = 5
"""The fifth failure in a row for a name makes the next attempt wait."""
FREE_FOR_ADDRESS: Final = 20
"""A whole office may share one address, and its typing mistakes add up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at signing in, counted as a failure until it turns out well."""

    counted: Mapping[str, int]
    """How many failures are free, by the key of what they are counted for."""
    is_refused: bool
    """Too early: nothing was counted, and the password must not be looked at."""
    wait_until: datetime | None
    """When the next attempt may be made, unless this one turns out well."""


def begin(store: Store, *, name: str, address: str, at: datetime) -> Attempt:
    """Count an attempt, the same way whether or not the name exists."""
    counted = _counted(name, address)
    with store.transaction() as tx:
        before = tx.sign_in_failures(list(counted))
        blocks = {key: one for key, one in before.items() if one.blocks(at)}
        if blocks:
            return Attempt(counted=counted, is_refused=True, wait_until=_last(blocks))
        after = {
            key: one_more(before.get(key), at=at, free=free)
            for key, free in counted.items()
        }
        tx.save_sign_in_failures(after)
    return Attempt(counted=counted, is_refused=False, wait_until=_last(after))


def succeed(store: Store, attempt: Attempt) -> None:
    """Forget the failures: somebody has signed in."""
    with store.transaction() as tx:
        tx.clear_sign_in_failures(list(attempt.counted))


def half_way(store: Store, attempt: Attempt) -> None:
    """Take this attempt back, and nothing else: the second step is still to come."""
    with store.transaction() as tx:
        counts = tx.sign_in_failures(list(attempt.counted))
        tx.save_sign_in_failures(
            {
                key: one_less(one, free=attempt.counted[key])
                for key, one in counts.items()
            }
        )


def _counted(name: str, address: str) -> dict[str, int]:
    """Return what the attempt counts for; the keys tell nothing to a reader."""
    keys = {_key("name", name): FREE_FOR_NAME}
    if address:
        keys[_key("address", address)] = FREE_FOR_ADDRESS
    return keys


def _key(kind: str, what: str) -> str:
    return sha256(f"{kind}\0{what}".encode("utf-8", "surrogatepass")).hexdigest()


def _last(failures: Mapping[str, Failures]) -> datetime | None:
    times = [one.blocked_until for one in failures.values() if one.blocked_until]
    return max(times, default=None)
