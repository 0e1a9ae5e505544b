"""The removal log: entries that nobody changes, each sealing the one before."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from moderation.domain.channel_limit import ChannelLimit

GENESIS: Final = "0" * 64
"""The seal before the first entry."""


@dataclass(frozen=True, slots=True)
class LogText:
    """A free text of an entry. Only its digest is sealed, so that it can be erased.

    The salt is erased with the text: without it a short text could be guessed
    from its digest.
    """

    salt: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 over salt and text, in hexadecimal."""
        return hashlib.sha256(f"{self.salt}\n{self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One sealed entry."""

    number: int
    """1, 2, 3 … without gaps."""
    payload: Mapping[str, object]
    """What is sealed: numbers, codes, times, and the digests of the free texts."""
    previous_seal: str
    seal: str
    texts: Mapping[str, LogText]
    """The free texts that have not been erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the chain as the store remembers it."""

    number: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which entries to list. Empty means all."""

    since: datetime | None = None
    until: datetime | None = None
    channel: str = ""
    channels: ChannelLimit = None
    """Within which the channel is chosen."""
    ground: str = ""
    moderator: str = ""
    action: str = ""


def canonical(payload: Mapping[str, object]) -> str:
    """Return the one way to write a payload: JSON, sorted keys, no spaces."""
    return json.dumps(
        payload, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def seal(previous_seal: str, payload: Mapping[str, object]) -> str:
    """Return the seal of an entry: SHA-256 over the seal before and the payload."""
    return hashlib.sha256(f"{previous_seal}\n{canonical(payload)}".encode()).hexdigest()


def next_entry(
    head: Head, payload: Mapping[str, object], texts: Mapping[str, LogText]
) -> LogEntry:
    """Return the entry that follows the head, with its number and seal."""
    number = head.number + 1
    sealed = {
        **payload,
        "number": number,
        "digests": {name: text.digest for name, text in texts.items()},
    }
    return LogEntry(
        number=number,
        payload=sealed,
        previous_seal=head.seal,
        seal=seal(head.seal, sealed),
        texts=texts,
    )


def first_broken(entries: Iterable[LogEntry], head: Head) -> int | None:
    """Return the number of the first entry that does not fit the chain.

    Where all fit but the store remembers more than there is, that is the number
    of the first missing entry.
    """
    last = Head(number=0, seal=GENESIS)
    for entry in entries:
        if not _fits(entry, last):
            return min(entry.number, last.number + 1)
        last = Head(number=entry.number, seal=entry.seal)
    return None if last == head else min(last.number + 1, head.number + 1)


def _fits(entry: LogEntry, last: Head) -> bool:
    digests = entry.payload.get("digests")
    return (
        entry.number == last.number + 1
        and entry.payload.get("number") == entry.number
        and entry.previous_seal == last.seal
        and entry.seal == seal(last.seal, entry.payload)
        and isinstance(digests, dict)
        and all(digests.get(n) == text.digest for n, text in entry.texts.items())
    )


def salted(texts: Mapping[str, str]) -> dict[str, LogText]:
    """Return texts as the log keeps them, each with a salt; empty ones left out."""
    return {
        name: LogText(salt=secrets.token_hex(16), text=text)
        for name, text in texts.items()
        if text
    }
