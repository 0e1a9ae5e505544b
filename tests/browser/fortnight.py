"""A fortnight of made-up work on the sample comments, for pictures and for looking."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from moderation import collaboration, decisions, intake, tasks
from moderation.bootstrap import Services
from moderation.connectors.files import open_reader
from moderation.domain.category import Category
from moderation.domain.comment import Comment
from moderation.domain.decision import Action, Decision, KeepReason
from moderation.domain.delivery import Handling
from moderation.domain.triage import QueueEntry, QueueFilter
from moderation.domain.user import Role, User
from moderation.passwords import hash_password
from moderation.paths import samples_folder

DAYS: Final = 14
PASSWORD: Final = "ett långt lösenord"
PEOPLE: Final = (
    ("eva", "Eva Lind", Role.MODERATOR),
    ("bo", "Bo Ek", Role.MODERATOR),
    ("lena", "Lena Åberg", Role.OFFICER),
    ("kim", "Kim Ros", Role.READER),
    ("admin", "Ada Min", Role.ADMIN),
)
_RECENT: Final = 5
_OF_FOUR: Final = 4
"""Of four comments that wait in the last days, three are left to be looked at."""
_SURE: Final = 0.7
_BY_HAND: Final = 8
"""Tasks that somebody has reported on already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """What somebody decides about comments of one category."""

    action: Action
    ground: str = ""
    reasons: str = ""
    keep_reason: KeepReason | None = None
    escalate_to: str = ""


_KEEP: Final = _Act(action=Action.KEEP, keep_reason=KeepReason.WRONG_FINDING)
_ACTS: Final[Mapping[Category | None, _Act]] = MappingProxyType(
    {
        Category.THREAT: _Act(
            action=Action.HIDE,
            ground="bbs_olaga_hot",
            reasons="Skribenten lovar våld mot en namngiven tjänsteperson.",
        ),
        Category.HATE: _Act(
            action=Action.HIDE,
            ground="bbs_hets_mot_folkgrupp",
            reasons="Kommentaren uttrycker missaktning för en hel folkgrupp.",
        ),
        Category.PERSONAL_DATA: _Act(
            action=Action.HIDE,
            ground="gdpr_personnummer",
            reasons="Kommentaren innehåller någon annans personnummer.",
        ),
        Category.SECRECY: _Act(
            action=Action.ESCALATE,
            escalate_to="jurist",
            reasons="Kan uppgiften komma från socialtjänsten?",
        ),
        Category.SPAM: _Act(
            action=Action.HIDE,
            ground="regel_reklam",
            reasons="Annons utan samband med inlägget. Regel 4.",
        ),
    }
)


def fill(services: Services, last: datetime) -> None:
    """Store what came and what was decided during the fortnight that ends at last."""
    _add_people(services)
    rows = open_reader(samples_folder() / "comments.csv")
    comments = [row for row in rows if isinstance(row, Comment)]
    for day, part in enumerate(_parts(comments)):
        morning = last - timedelta(days=DAYS - 1 - day, hours=3)
        _receive(services, part, morning)
        _decide(services, morning, is_recent=day >= DAYS - _RECENT)
    _report_tasks(services, last - timedelta(hours=2))
    _share_work(services, last)


def _add_people(services: Services) -> None:
    hashed = hash_password(PASSWORD)
    with services.store.transaction() as tx:
        for name, display_name, role in PEOPLE:
            tx.add_user(
                User(
                    name=name,
                    display_name=display_name,
                    role=role,
                    password_hash=hashed,
                )
            )


def _parts(comments: Sequence[Comment]) -> Iterator[Sequence[Comment]]:
    """Divide them over the days, with more towards the end."""
    weights = [3 + day % 5 + day // 3 for day in range(DAYS)]
    begin = 0
    for day in range(DAYS):
        end = round(len(comments) * sum(weights[: day + 1]) / sum(weights))
        yield comments[begin:end]
        begin = end


def _receive(services: Services, part: Sequence[Comment], at: datetime) -> None:
    written = [replace(one, posted_at=at - timedelta(minutes=9)) for one in part]
    assessed = intake.assess_many(
        written, detector=services.detector, policy=services.policy
    )
    intake.record(assessed, store=services.store, now=lambda: at)


def _decide(services: Services, morning: datetime, *, is_recent: bool) -> None:
    waiting = services.store.queue(QueueFilter(), limit=100, after=None)
    for number, entry in enumerate(waiting):
        if is_recent and number % _OF_FOUR:
            continue
        moderator = ("eva", "bo")[number % 2]
        at = morning + timedelta(minutes=11 + 17 * number)
        decisions.decide(
            _decision(entry, moderator, at),
            store=services.store,
            grounds=services.grounds,
        )


def _decision(entry: QueueEntry, moderator: str, at: datetime) -> Decision:
    act = _ACTS.get(entry.item.category, _KEEP) if _is_plain(entry) else _KEEP
    is_bbs = act.ground.startswith("bbs_")
    return Decision(
        comment_id=entry.item.comment_id,
        action=act.action,
        moderator=moderator,
        decided_at=at,
        ground=act.ground,
        reference="Regel 4" if act.ground == "regel_reklam" else "",
        covered=True if is_bbs else None,
        obvious=True if is_bbs else None,
        obvious_because="Orden går inte att läsa på annat sätt." if is_bbs else "",
        keep_reason=act.keep_reason,
        escalate_to=act.escalate_to,
        reasons=act.reasons,
    )


def _is_plain(entry: QueueEntry) -> bool:
    """Say whether something other than the classifier is sure of the category."""
    return any(
        found.category is entry.item.category
        and found.source != "classifier"
        and found.confidence >= _SURE
        for found in entry.verdict.findings
    )


def _report_tasks(services: Services, at: datetime) -> None:
    for task in services.store.tasks(limit=_BY_HAND):
        report = tasks.Report(
            delivery_id=task.delivery.id,
            attempts=task.delivery.attempts,
            handling=Handling.CONFIRMED,
            note="Kommentaren syns inte längre i utloggat läge.",
            by="bo",
            at=at,
        )
        tasks.handle(report, store=services.store)


def _share_work(services: Services, last: datetime) -> None:
    """Let Bo hold one, park one and write a note on a third."""
    held, parked, noted = services.store.queue(QueueFilter(), limit=7, after=None)[4:7]
    started = last - timedelta(minutes=4)
    store = services.store
    collaboration.hold(held.item.comment_id, user="bo", at=started, store=store)
    collaboration.park(
        collaboration.Parking(
            comment_id=parked.item.comment_id,
            owner="bo",
            due=date(last.year, last.month, last.day) + timedelta(days=1),
            reason="Frågar förvaltningen om uppgiften stämmer.",
            expected=parked.item.status,
        ),
        user="bo",
        at=started,
        store=store,
    )
    collaboration.write_note(
        noted.item.comment_id,
        "@eva Samma skribent fick svar av kontaktcenter i fredags.",
        author="bo",
        at=started,
        store=store,
    )
