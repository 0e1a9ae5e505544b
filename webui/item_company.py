"""Who else is at an item, who is to see to it, and what was said about it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from moderation import collaboration
from moderation.domain import labels
from moderation.domain.collaboration import (
    Assignment,
    Draft,
    ItemEvent,
    ItemEventKind,
    Lease,
    Note,
)
from moderation.domain.receivers import who_see
from moderation.domain.triage import QueueEntry, QueueStatus
from moderation.domain.user import User
from webui.grounds import today
from webui.item_page import ItemPage
from webui.language import _
from webui.log_rows import display_names
from webui.services import services
from webui.times import clock, day


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """What happened to an item, in words."""

    told: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """All that an item's page says about the others."""

    lease: Lease | None
    """Who decides on it now, if anybody does."""
    is_hindered: bool
    """Whether that is somebody else."""
    held: str
    """«Anna bedömer sedan 09:41», where it is somebody else."""
    is_parked: bool
    assigned: str
    """Who is to see to it and by when, in words."""
    answer_due: str
    """«Svar senast 5 mars 2026 – försenat», where an escalation has a last day."""
    reason: str
    """Why it was put aside."""
    draft: Draft | None
    events: Sequence[EventRow]
    notes: Sequence[Note]
    names: Mapping[str, str]
    """What users are called on the screen, by user name."""
    deciders: Sequence[User]
    """With whom an item can be parked."""


def company(page: ItemPage, user: User) -> Company:
    """Gather it, and take or renew the lease where the user may decide."""
    store, ref = services().store, page.stored.comment.ref
    users = store.users()
    names = {one.name: one.display_name for one in users}
    lease = _lease(page, user)
    hindered = lease is not None and lease.hinders(user.name, at=services().now())
    assignment = store.assignments([page.stored.id]).get(page.stored.id)
    return Company(
        lease=lease,
        is_hindered=hindered,
        held=held_words(lease, names) if lease is not None and hindered else "",
        is_parked=assignment is not None and assignment.status is QueueStatus.PARKED,
        assigned="" if assignment is None else assigned_words(assignment, names),
        answer_due="" if assignment is None else due_words(assignment),
        reason="" if assignment is None else assignment.reason,
        draft=store.draft(user.name, page.stored.id),
        events=[_event_row(event, names) for event in store.item_events(ref)],
        notes=store.notes(ref),
        names=names,
        deciders=deciders(who_see(users, ref.channel), user),
    )


def deciders(users: Iterable[User], user: User) -> list[User]:
    """Return with whom an item can be parked, oneself first."""
    able = [one for one in users if one.is_active and one.may_decide]
    return sorted(able, key=lambda one: one.name != user.name)


def _lease(page: ItemPage, user: User) -> Lease | None:
    """Return who holds the item after this look at it; readers never do."""
    if not page.waits:
        return None
    store, at, comment_id = services().store, services().now(), page.stored.id
    if not user.may_decide:
        return store.leases([comment_id], at=at).get(comment_id)
    return collaboration.hold(comment_id, user=user.name, at=at, store=store)


def queue_company(entries: Sequence[QueueEntry]) -> Mapping[int, list[str]]:
    """Return what a page of the queue says about the others, by comment."""
    store = services().store
    ids = [entry.stored.id for entry in entries]
    names = display_names()
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for lease in store.leases(ids, at=services().now()).values():
        lines[lease.comment_id].append(held_words(lease, names))
    for assignment in store.assignments(ids).values():
        lines[assignment.comment_id].append(assigned_words(assignment, names))
    return lines


def held_words(lease: Lease, names: Mapping[str, str]) -> str:
    """Return who is deciding: «Anna bedömer sedan 09:41»."""
    name = names.get(lease.holder, lease.holder)
    return _("%(name)s bedömer sedan %(time)s", name=name, time=clock(lease.since))


def assigned_words(assignment: Assignment, names: Mapping[str, str]) -> str:
    """Return who is to see to it and by when: «Parkerad hos Bo till 3 mars 2026»."""
    is_parked = assignment.status is QueueStatus.PARKED
    who = names.get(assignment.user, assignment.user)
    if assignment.function is not None:
        who = _(labels.FUNCTION[assignment.function])
    who = who or _("någon utanför Uppsikt")
    words = _("Eskalerad till %(name)s", name=who)
    if is_parked:
        words = _("Parkerad hos %(name)s", name=who)
    if assignment.due is None:
        return words
    due = _("senast %(day)s", day=day(assignment.due))
    if assignment.is_overdue(today()):
        due = _("senast %(day)s – försenad", day=day(assignment.due))
    return f"{words}, {due}"


def due_words(assignment: Assignment) -> str:
    """Return when an answer is due, or nothing: «Svar senast 5 mars 2026»."""
    if assignment.due is None:
        return ""
    due = day(assignment.due)
    if assignment.is_overdue(today()):
        return _("Svar senast %(day)s – försenat", day=due)
    return _("Svar senast %(day)s", day=due)


def _event_row(event: ItemEvent, names: Mapping[str, str]) -> EventRow:
    who = {
        "by": names.get(event.by, event.by),
        "other": names.get(event.other, event.other),
        "due": "" if event.due is None else day(event.due),
    }
    told = {
        ItemEventKind.TAKEN_OVER: _("%(by)s tog över från %(other)s", **who),
        ItemEventKind.PARKED: _("%(by)s parkerade hos %(other)s till %(due)s", **who),
        ItemEventKind.RESUMED: _(
            "%(by)s tog tillbaka kommentaren från parkeringen", **who
        ),
        ItemEventKind.ANSWER_DUE: _("%(by)s bad om svar senast %(due)s", **who),
    }
    return EventRow(told=told[event.kind], text=event.text, at=event.at)
