"""What the grounds mean, and how they are arranged on the screen."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from moderation.domain.ground import Ground
from moderation.domain.swedish_time import swedish_day
from webui.language import lazy
from webui.services import services

bp: Final = Blueprint("grounds", __name__)

_BBS: Final = lazy("BBS-lagen 5 § – måste bort om det är uppenbart")
_OTHER: Final = lazy("Övrigt")
_GROUPS: Final = {
    "brott": lazy("Brott utanför BBS-lagen"),
    "gdpr": lazy("Dataskydd"),
    "osl": lazy("Sekretess"),
    "regel": lazy("Kommunens publicerade regler"),
}
_ORDER: Final = (_BBS, *_GROUPS.values(), _OTHER)


@dataclass(frozen=True, slots=True)
class GroundGroup:
    """Grounds of one kind, in the table's order."""

    name: str
    grounds: tuple[Ground, ...]


def today() -> date:
    """Return the day whose grounds apply, by the day it is in Sweden."""
    return swedish_day(services().now())


def ground_groups(on: date) -> list[GroundGroup]:
    """Return the grounds in force on a day, by kind."""
    grounds = services().grounds.in_force(on).values()
    groups = (
        GroundGroup(str(name), tuple(g for g in grounds if _group(g) is name))
        for name in _ORDER
    )
    return [group for group in groups if group.grounds]


def _group(ground: Ground) -> str:
    if ground.in_bbs_5:
        return _BBS
    return _GROUPS.get(ground.id.partition("_")[0], _OTHER)


@bp.get("/grunder")
def show() -> ResponseReturnValue:
    """Explain every ground in force today."""
    return render_template("grounds/list.html", groups=ground_groups(today()))
