"""Which key does what, for each user."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from moderation.domain.errors import UppsiktError


class Command(StrEnum):
    """What a key may do. The value is the key where nobody has chosen another."""

    NEXT = "j"
    PREVIOUS = "k"
    HIDE = "d"
    KEEP = "b"
    ESCALATE = "e"
    PARK = "p"
    UNSURE = "o"
    UNDO = "z"
    NOTE = "n"
    REPLY = "r"
    THREAD = "t"
    REVEAL = "v"
    MARK = "x"
    OTHER_QUEUE = "g"
    CHILD_ABUSE = "c"
    SEARCH = "/"
    HELP = "?"


ALIASES: Final = MappingProxyType({"f": Command.KEEP, "a": Command.KEEP})
"""What people know from other tools; a key somebody has chosen comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcuts:
    """A user's keys: those chosen, the others as they come."""

    is_on: bool = True
    chosen: Mapping[Command, str] = field(default_factory=dict)

    def key_of(self, command: Command) -> str:
        """Return the key that does it."""
        return self.chosen.get(command, command.value)

    def by_key(self) -> dict[str, Command]:
        """Return what every key does, the aliases included."""
        # A key that somebody chose before a command of ours took it stays theirs.
        chosen_last = sorted(Command, key=self.chosen.__contains__)
        keys = {self.key_of(command): command for command in chosen_last}
        return {**ALIASES, **keys}


class ShortcutError(UppsiktError):
    """A key cannot be used so."""

    def __init__(self, command: Command, message: str) -> None:
        super().__init__(message)
        self.command = command


def chosen_shortcuts(keys: Mapping[Command, str], *, is_on: bool) -> Shortcuts:
    """Return a user's choice, or raise ShortcutError naming the first bad key.

    Digits choose grounds and reasons, and cannot be taken.
    """
    wanted = {command: keys.get(command, command.value) for command in Command}
    taken: dict[str, Command] = {}
    for command, key in wanted.items():
        _check(command, key)
        if key in taken:
            msg = f"Tangenten {key} är vald två gånger. Välj en annan för en av dem."
            raise ShortcutError(command, msg)
        taken[key] = command
    changed = {c: key for c, key in wanted.items() if key != c.value}
    return Shortcuts(is_on=is_on, chosen=changed)


def _check(command: Command, key: str) -> None:
    is_one_sign = len(key) == 1 and key.isprintable() and not key.isspace()
    if not is_one_sign or key.isupper():
        msg = "Skriv ett enda tecken: en liten bokstav eller ett skiljetecken."
        raise ShortcutError(command, msg)
    if key.isdigit():
        msg = "Siffrorna väljer skäl och grund. Välj ett annat tecken."
        raise ShortcutError(command, msg)
