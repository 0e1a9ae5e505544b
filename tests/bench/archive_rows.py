"""Rows of a generated archive: comments, plausible advice, a queue and a sealed log.

Texts are put together from halves of the generated comments, each half stemmed once.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from moderation.decisions import advice_payload
from moderation.domain.category import CATEGORIES, FLAGGING, Category
from moderation.domain.comment import CommentRef
from moderation.domain.finding import Detection, Finding, Span
from moderation.domain.ground import Ground
from moderation.domain.log_entry import Head, canonical, next_entry, salted
from moderation.domain.search import SearchKind, words_of
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.urgency import Source, decided_rank
from moderation.domain.verdict import Policy, Verdict, assess
from moderation.storage.bulk import Values
from moderation.storage.comments import from_verdict
from moderation.storage.queue_items import new_item
from moderation.storage.search_index import document
from moderation.storage.stemming import stem
from moderation.storage.types import utc_text
from tests.bench.scan import comments

POOL = 100_000
"""Generated comments whose halves the texts are made of."""
SPAN = timedelta(days=3 * 365)
LONG = 100_000
"""Characters of the longest comments."""
CHANNELS = (
    "facebook-kommunen",
    "hemsidan",
    "instagram",
    "medborgarforslag",
    "e-dialog",
    "youtube",
    "fritid",
    "bibliotek",
    "skola",
    "bygglov",
)
MODERATORS = ("eva", "bo", "siv", "ali", "lena", "mia", "per", "uno")
_RULESET, _MODEL = "regler-1", "modell-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How large an archive is made."""

    comments: int
    open_items: int
    decisions: int


@dataclass(frozen=True, slots=True)
class Half:
    """Half of a generated comment, and the words that it is found by."""

    text: str
    stems: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A verdict, and its columns."""

    verdict: Verdict
    columns: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """A comment that goes to the queue."""

    comment_id: int
    ref: CommentRef
    text: str
    verdict: Verdict
    at: datetime


@dataclass(slots=True, kw_only=True)
class Rows:
    """Rows of one chunk, by table."""

    comments: list[Values] = field(default_factory=list)
    verdicts: list[Values] = field(default_factory=list)
    queue_items: list[Values] = field(default_factory=list)
    assignments: list[Values] = field(default_factory=list)
    log_entries: list[Values] = field(default_factory=list)
    log_texts: list[Values] = field(default_factory=list)
    deliveries: list[Values] = field(default_factory=list)
    documents: list[Values] = field(default_factory=list)


def halves(size: int) -> list[Half]:
    """Return the halves of that many generated comments."""
    made = []
    for text in comments(size):
        words = text.split()
        middle = len(words) // 2
        for part in (words[:middle], words[middle:]):
            half = " ".join(part)
            made.append(Half(half, " ".join(map(stem, words_of(half)))))
    return made


class Generator:
    """Makes the rows in the order of time; the same ones for the same end."""

    def __init__(
        self, shape: Shape, grounds: Sequence[Ground], head: Head, *, end: datetime
    ) -> None:
        self._chance = random.Random(1998_112)
        self._shape = shape
        self._grounds = grounds
        self._began = end - SPAN
        self._step = SPAN / (shape.comments + 1)
        self.head = head
        self.halves = halves(min(POOL, shape.comments // 5 + 100))
        self._clean = [self._advice(()) for _ in range(200)]
        self._flagged = [self._advice(self._findings()) for _ in range(2_000)]
        flagged = shape.open_items + shape.decisions
        self._every = max(shape.comments // flagged, 1)
        self._share_open = shape.open_items / flagged
        self._opened = self._decided = 0
        self.long_ids: list[int] = []

    def chunk(self, first: int, ids: Sequence[int]) -> Rows:
        """Return the rows of the next comments; the first has this number in all."""
        rows = Rows()
        for number, comment_id in enumerate(ids, first):
            self._add(rows, number, comment_id)
        return rows

    def _add(self, rows: Rows, number: int, comment_id: int) -> None:
        at = self._began + self._step * (number + 1)
        is_flagged = number % self._every == 0
        advice = self._chance.choice(self._flagged if is_flagged else self._clean)
        text, stems = self._text(number, comment_id)
        ref = CommentRef(CHANNELS[self._channel()], f"c{number}")
        rows.comments.append(self._comment(number, comment_id, ref, text, at))
        rows.verdicts.append(
            {"comment_id": comment_id, **advice.columns, "assessed_at": utc_text(at)}
        )
        place = {"at": at, "comment_id": comment_id, "channel": ref.channel}
        found = document(SearchKind.COMMENT, comment_id, **place, text="")
        rows.documents.append(found | {"words": stems})
        if is_flagged:
            flagged = Flagged(
                comment_id=comment_id,
                ref=ref,
                text=text,
                verdict=advice.verdict,
                at=at,
            )
            self._queue(rows, flagged)

    def _channel(self) -> int:
        """Return one of the channels; the first half of them have most comments."""
        return min(int(self._chance.expovariate(0.45)), len(CHANNELS) - 1)

    def _text(self, number: int, comment_id: int) -> tuple[str, str]:
        one, other = self._chance.choice(self.halves), self._chance.choice(self.halves)
        text, stems = f"{one.text} {other.text}", f"{one.stems} {other.stems}"
        if number % (self._every * 500) or number > self._shape.comments // 4:
            return text, stems
        self.long_ids.append(comment_id)
        times = LONG // (len(text) + 1)
        return " ".join([text] * times), " ".join([stems] * times)

    def _comment(
        self, number: int, comment_id: int, ref: CommentRef, text: str, at: datetime
    ) -> Values:
        return {
            "id": comment_id,
            "channel": ref.channel,
            "external_id": ref.external_id,
            "version": 1,
            "text": text,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "author": f"skribent {number % 5000}",
            "posted_at": utc_text(at),
            "thread": _thread(number),
            "parent": "",
            "url": f"https://kommunen.example/{ref.channel}/{number}",
            "received_at": utc_text(at + timedelta(minutes=1)),
            "is_current": True,
        }

    def _advice(self, findings: tuple[Finding, ...]) -> Advice:
        scores = tuple(round(self._chance.random() * 0.2, 4) for _ in CATEGORIES)
        detection = Detection(findings=findings, scores=scores)
        verdict = assess(detection, Policy(), ruleset=_RULESET, model=_MODEL)
        return Advice(verdict, from_verdict(verdict))

    def _findings(self) -> tuple[Finding, ...]:
        count = self._chance.choice((1, 1, 1, 2, 3))
        return tuple(self._finding() for _ in range(count))

    def _finding(self) -> Finding:
        category = Category(self._chance.choice(FLAGGING))
        kind = self._chance.choice((Source.RULE, Source.RULE, Source.CLASSIFIER))
        if category is Category.PERSONAL_DATA:
            kind = Source.PERSONAL_DATA
        named = "" if kind is Source.CLASSIFIER else f":{category.value}-exempel"
        start = self._chance.randrange(6)
        return Finding(
            category=category,
            source=f"{kind.value}{named}",
            confidence=round(self._chance.uniform(0.5, 1), 3),
            explanation="Kan vara något som en person bör se på.",
            span=Span(start, start + self._chance.randint(2, 8)),
        )

    def _queue(self, rows: Rows, flagged: Flagged) -> None:
        item = new_item(
            flagged.comment_id,
            channel=flagged.ref.channel,
            verdict=flagged.verdict,
            status=QueueStatus.OPEN,
            at=flagged.at + timedelta(minutes=1),
        )
        rows.queue_items.append(item)
        seen = self._opened + self._decided + 1
        if self._opened < self._share_open * seen:
            self._opened += 1
            return
        self._decided += 1
        decided_at = flagged.at + timedelta(hours=self._chance.uniform(0.1, 3))
        action = self._chance.choice(("hide", "keep"))
        if self._decided % 100 == 0:
            action = "escalate"
            item["status"] = QueueStatus.ESCALATED.value
            rows.assignments.append(_assignment(flagged.comment_id, decided_at))
        else:
            outcome = Outcome.HIDDEN if action == "hide" else Outcome.KEPT
            item["status"] = QueueStatus.DECIDED.value
            item["outcome"] = outcome.value
            item["decided_at"] = utc_text(decided_at)
            item["rank"] = decided_rank(decided_at)
        self._seal(rows, flagged, action, decided_at)

    def _seal(self, rows: Rows, flagged: Flagged, action: str, at: datetime) -> None:
        hides, ref = action == "hide", flagged.ref
        ground = self._chance.choice(self._grounds) if hides else None
        payload = {
            "action": action,
            "at": at.isoformat(),
            "moderator": self._chance.choice(MODERATORS),
            "channel": ref.channel,
            "external_id": ref.external_id,
            "version": 1,
            "comment_id": flagged.comment_id,
            "ground": ground and _ground_payload(ground),
            "obvious": True if hides else None,
            "keep_reason": None if hides else "criticism",
            "from": "open",
            "advice": advice_payload(flagged.verdict),
        }
        reasons = self._chance.choice(self.halves)
        texts = salted(
            {"text": flagged.text, "author": "skribent", "reasons": reasons.text}
        )
        entry = next_entry(self.head, payload, texts)
        self.head = Head(number=entry.number, seal=entry.seal)
        rows.log_entries.append(
            {
                "number": entry.number,
                "action": action,
                "channel": ref.channel,
                "external_id": ref.external_id,
                "ground": ground.id if ground else "",
                "moderator": str(payload["moderator"]),
                "at": at.isoformat(timespec="microseconds"),
                "payload": canonical(entry.payload),
                "previous_seal": entry.previous_seal,
                "seal": entry.seal,
            }
        )
        rows.log_texts += [
            {"number": entry.number, "name": name, "salt": one.salt, "text": one.text}
            for name, one in entry.texts.items()
        ]
        place = {
            "at": at,
            "comment_id": flagged.comment_id,
            "channel": ref.channel,
        }
        found = document(SearchKind.DECISION, entry.number, **place, text="")
        rows.documents.append(found | {"words": reasons.stems})
        if hides:
            rows.deliveries.append(self._delivery(entry.number, ref, at))

    def _delivery(self, number: int, ref: CommentRef, at: datetime) -> Values:
        is_recent = self._decided > self._shape.decisions - 500
        return {
            "entry_number": number,
            "channel": ref.channel,
            "external_id": ref.external_id,
            "desired": "hidden",
            "status": "pending" if is_recent else "delivered",
            "attempts": 0,
            "due_at": utc_text(at),
            "note": "",
        }


def texts_of(pool: Sequence[Half]) -> Iterator[str]:
    """Yield the words of the texts."""
    for half in pool:
        yield from words_of(half.text)


def now_in_whole_seconds() -> datetime:
    """Return the end of the archive's time."""
    return datetime.now(UTC).replace(microsecond=0)


def _thread(number: int) -> str:
    """Return one of many small threads, and for each tenth comment a large one."""
    if number % 10 == 0:
        return f"stor {number // 50_000}"
    return f"liten {number // 20}"


def _assignment(comment_id: int, at: datetime) -> Values:
    return {
        "comment_id": comment_id,
        "status": QueueStatus.ESCALATED.value,
        "user_name": "lena",
        "function": None,
        "due": None,
        "reason": "Är det ett hot?",
        "given_by": "bo",
        "given_at": utc_text(at),
        "was": QueueStatus.OPEN.value,
    }


def _ground_payload(ground: Ground) -> dict[str, object]:
    return {
        "id": ground.id,
        "revision": ground.revision,
        "statute": ground.statute,
        "section": ground.section,
    }
