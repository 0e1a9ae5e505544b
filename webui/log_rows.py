"""A log entry as a person reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from moderation.domain import labels
from moderation.domain.answer import AnswerKind, Signature
from moderation.domain.decision import Action
from moderation.domain.delivery import Handling
from moderation.domain.ground import Ground
from moderation.domain.log_entry import LogEntry
from webui.language import _, lazy
from webui.masking import masked_log_text
from webui.services import services
from webui.times import when

_KNOWN: Final = frozenset({*Action, *Handling, *AnswerKind})
_SIGNED: Final = {
    Signature.FUNCTION.value: lazy("med enhetens namn"),
    Signature.NAME.value: lazy("med eget namn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One entry in words. What a damaged entry lacks is empty."""

    number: int
    at: datetime | None
    action: str
    """The code, for colours; done is the word."""
    done: str
    channel: str
    external_id: str
    version: str
    comment_id: int | None
    ground: Ground | None
    """As it stood in the revision that was decided on."""
    ground_name: str
    obvious: str
    keep_reason: str
    moderator: str
    ruleset: str
    model: str
    text: str
    masked_text: str
    """The same as lists show it."""
    author: str
    reasons: str
    obvious_because: str
    escalate_to: str
    reference: str
    observed: str
    """What somebody saw at the source, having carried a decision out there."""
    answer: str
    """What somebody sent to the author."""
    about: int | None
    """The number of the decision that an entry about what followed it belongs to."""
    seal: str
    previous_seal: str
    more: tuple[tuple[str, str], ...]
    """What else the entry says, as names and values."""
    links: tuple[tuple[str, int], ...]
    """Other entries that it belongs with."""


def display_names() -> dict[str, str]:
    """Return what users are called on the screen, by user name."""
    return {user.name: user.display_name for user in services().store.users()}


def log_row(entry: LogEntry, names: Mapping[str, str]) -> LogRow:
    """Put an entry into words."""
    payload = entry.payload
    ground_code = _mapping(payload.get("ground"))
    ground = _ground(ground_code)
    advice = _mapping(payload.get("advice"))
    action = str(payload.get("action", ""))
    moderator = str(payload.get("moderator", ""))
    comment_id = payload.get("comment_id")
    about = payload.get("decision")
    return LogRow(
        number=entry.number,
        at=_moment(payload.get("at")),
        action=action if action in _KNOWN else "",
        done=_(labels.action(action)),
        channel=str(payload.get("channel", "")),
        external_id=str(payload.get("external_id", "")),
        version=str(payload.get("version", "")),
        comment_id=comment_id if isinstance(comment_id, int) else None,
        ground=ground,
        ground_name=ground.short_name if ground else str(ground_code.get("id", "")),
        obvious=_(labels.yes_no(payload.get("obvious"))),
        keep_reason=_(labels.keep_reason(str(payload.get("keep_reason") or ""))),
        moderator=names.get(moderator, moderator),
        ruleset=str(advice.get("ruleset", "")),
        model=str(advice.get("model", "")),
        text=_text(entry, "text"),
        masked_text=masked_log_text(entry),
        author=_text(entry, "author"),
        reasons=_text(entry, "reasons"),
        obvious_because=_text(entry, "obvious_because"),
        escalate_to=_text(entry, "escalate_to"),
        reference=_text(entry, "reference"),
        observed=_text(entry, "observed"),
        answer=_text(entry, "answer"),
        about=about if isinstance(about, int) else None,
        seal=entry.seal,
        previous_seal=entry.previous_seal,
        more=tuple(_more(payload)),
        links=tuple(_links(payload)),
    )


def _more(payload: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if covered := labels.yes_no(payload.get("covered")):
        yield _("Omfattas av BBS-lagen (2 §)?"), _(covered)
    if payload.get("criticism_lamp") is True:
        yield _("Kritiklampan"), _("lyste när beslutet fattades")
    if payload.get("hide_until"):
        yield _("Dold till"), when(_moment(payload["hide_until"]))
    if payload.get("is_automatic") is True:
        yield _("Automatiskt"), _("tidsgränsen hade passerat")
    if payload.get("cause") == "child_abuse_material":
        yield _("Därför"), _("misstänkt övergrepp mot barn; texten är raderad")
    if signed := _SIGNED.get(str(payload.get("signature"))):
        yield _("Undertecknat"), signed
    if isinstance(payload.get("together"), int):
        told = _("%(number)s kommentarer, samma text", number=payload["together"])
        yield _("Beslutad tillsammans"), told


def _links(payload: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    for name, word in (("undoes", _("Ångrar")), ("parent", _("Hör till"))):
        number = payload.get(name)
        if isinstance(number, int):
            yield word, number


def _ground(code: Mapping[str, object]) -> Ground | None:
    revision = code.get("revision")
    if not isinstance(revision, int):
        return None
    return services().grounds.revision(str(code.get("id", "")), revision)


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _text(entry: LogEntry, name: str) -> str:
    text = entry.texts.get(name)
    return text.text if text is not None else ""
