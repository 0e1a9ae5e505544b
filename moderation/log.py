"""The removal log: check the chain, hand it out."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TextIO

from moderation.domain import labels
from moderation.domain.log_entry import Head, LogEntry, first_broken
from moderation.domain.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What checking the whole chain came to."""

    entries: int
    broken_at: int | None
    """The number of the first entry that does not fit, or None where all do."""

    @property
    def is_sound(self) -> bool:
        """Whether every entry fits."""
        return self.broken_at is None


def verify(store: Store) -> Verification:
    """Check every seal from the first entry to the last, in constant memory.

    A decision made meanwhile moves the end of the chain: then it is checked again.
    """
    while True:
        head = store.log_head()
        result = _check(store, head)
        if result.is_sound or store.log_head() == head:
            return result


def _check(store: Store, head: Head) -> Verification:
    count = 0

    def counted() -> Iterator[LogEntry]:
        nonlocal count
        for entry in store.log_entries():
            count += 1
            yield entry

    broken_at = first_broken(counted(), head)
    return Verification(entries=count, broken_at=broken_at)


CSV_HEADINGS: Final = (
    "nummer",
    "tidpunkt",
    "åtgärd",
    "kanal",
    "kommentar",
    "version",
    "grund",
    "lagrum",
    "hänvisning",
    "uppenbart",
    "uppenbart därför att",
    "skäl att behålla",
    "motivering",
    "eskalerad till",
    "beslutad av",
    "skriven av",
    "text",
    "regelsamling",
    "modell",
    "sigill",
)


_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What begins a formula; the wide forms are read as the narrow ones."""


def export_csv(entries: Iterable[LogEntry], stream: TextIO) -> int:
    """Write entries for a Swedish Excel and return how many.

    Semicolons, a byte order mark, and no text that a spreadsheet would run.
    """
    stream.write("\ufeff")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(CSV_HEADINGS)
    count = 0
    for entry in entries:
        writer.writerow([harmless(cell) for cell in _row(entry)])
        count += 1
    return count


def export_json(entries: Iterable[LogEntry], stream: TextIO) -> int:
    """Write entries as JSON lines, with all that is needed to check the chain."""
    count = 0
    for entry in entries:
        line = {
            "number": entry.number,
            "payload": dict(entry.payload),
            "texts": {
                name: {"salt": text.salt, "text": text.text}
                for name, text in entry.texts.items()
            },
            "previous_seal": entry.previous_seal,
            "seal": entry.seal,
        }
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def _row(entry: LogEntry) -> tuple[str, ...]:
    payload = entry.payload
    ground = _mapping(payload.get("ground"))
    advice = _mapping(payload.get("advice"))
    return (
        str(entry.number),
        str(payload.get("at", "")),
        labels.action(str(payload.get("action", ""))),
        str(payload.get("channel", "")),
        str(payload.get("external_id", "")),
        str(payload.get("version", "")),
        str(ground.get("id", "")),
        " ".join(str(ground[k]) for k in ("statute", "section") if k in ground),
        _text(entry, "reference"),
        labels.yes_no(payload.get("obvious")),
        _text(entry, "obvious_because"),
        labels.keep_reason(str(payload.get("keep_reason") or "")),
        _text(entry, "reasons") or _text(entry, "observed"),
        _text(entry, "escalate_to"),
        str(payload.get("moderator", "")),
        _text(entry, "author"),
        _text(entry, "text") or _text(entry, "answer"),
        str(advice.get("ruleset", "")),
        str(advice.get("model", "")),
        entry.seal,
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _text(entry: LogEntry, name: str) -> str:
    text = entry.texts.get(name)
    return text.text if text is not None else ""


def harmless(cell: str) -> str:
    """Keep a spreadsheet from running a comment as a formula.

    White space before the sign is no protection: some programs drop it.
    """
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA_SIGNS) else cell
