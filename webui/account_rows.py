"""What was done to an account, as a table shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from moderation.accounts import SERVER
from moderation.domain import labels
from moderation.domain.account import AccountEvent
from webui.language import _
from webui.log_rows import display_names


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One event in words."""

    at: datetime
    done: str
    actor: str
    detail: str


def account_rows(events: Iterable[AccountEvent]) -> list[AccountRow]:
    """Return events with words and names in place of codes."""
    names = display_names()
    return [
        AccountRow(
            at=event.at,
            done=_(labels.ACCOUNT_CHANGE[event.change]),
            actor=_actor(event.actor, names),
            detail=event.detail,
        )
        for event in events
    ]


def _actor(name: str, names: dict[str, str]) -> str:
    return _("kommandoraden på servern") if name == SERVER else names.get(name, name)
