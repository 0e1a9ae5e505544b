"""What the queue's address says: which part of it, and as it was at which time."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from wtforms import BooleanField, Form, StringField

from moderation.domain.category import FLAGGING, Category
from moderation.domain.triage import QueueFilter, QueueStatus
from moderation.domain.urgency import Place, Source
from webui.forms import line
from webui.language import lazy
from webui.numbers import row_number

SHOWN_STATUSES: Final = (
    QueueStatus.OPEN,
    QueueStatus.ESCALATED,
    QueueStatus.DECIDED,
)
AGES: Final = {
    "1d": (lazy("Mer än ett dygn"), timedelta(days=1)),
    "3d": (lazy("Mer än tre dygn"), timedelta(days=3)),
    "7d": (lazy("Mer än en vecka"), timedelta(days=7)),
}
SOURCES: Final = {
    Source.RULE: lazy("En regel"),
    Source.CLASSIFIER: lazy("Språkmodellen"),
    Source.PERSONAL_DATA: lazy("Sökningen efter personuppgifter"),
}
_PLACE: Final = re.compile(r"(-?[0-9]{1,19})_([0-9]{1,18})", re.ASCII)
_LAST_MOMENT: Final = 4_000_000_000_000
"""Milliseconds; later moments cannot be read as dates."""


class QueueForm(Form):
    """Which part of the queue to show. There is no field for persons."""

    kanal = StringField(filters=[line])
    kategori = StringField(filters=[line])
    kalla = StringField(filters=[line])
    alder = StringField(filters=[line])
    status = StringField(filters=[line])
    ejbedomda = BooleanField()
    tid = StringField(filters=[line])
    efter = StringField(filters=[line])

    @property
    def list_status(self) -> QueueStatus:
        """The status to list; one that does not exist counts as what is open."""
        status = self.status.data
        return QueueStatus(status) if status in SHOWN_STATUSES else QueueStatus.OPEN

    @property
    def kept(self) -> dict[str, Any]:
        """The filter as it stands in an address."""
        status = self.list_status
        kept = {
            "kanal": str(self.kanal.data)[:200],
            "kategori": self.kategori.data if self.kategori.data in FLAGGING else "",
            "kalla": self.kalla.data if self.kalla.data in set(Source) else "",
            "alder": self.alder.data if self.alder.data in AGES else "",
            "status": "" if status is QueueStatus.OPEN else status.value,
            "ejbedomda": "y" if self.ejbedomda.data else "",
        }
        return {name: str(value) for name, value in kept.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the status has been chosen."""
        return bool(set(self.kept) - {"status"})

    @property
    def after(self) -> Place | None:
        """The place in the list to go on from."""
        found = _PLACE.fullmatch(str(self.efter.data))
        if found is None:
            return None
        rank = min(int(found[1]), 2**63 - 1)
        return Place(max(rank, -(2**63)), int(found[2]))

    def made_at(self, now: datetime) -> datetime:
        """Return when the list that is being read was made."""
        then = row_number(self.tid.data)
        if then is None or then > _LAST_MOMENT:
            return now
        return min(datetime.fromtimestamp(then / 1_000, tz=UTC), now)

    def chosen(self, at: datetime) -> QueueFilter:
        """Return the filter; a value that does not exist counts as none."""
        kept = self.kept
        age = AGES[kept["alder"]][1] if "alder" in kept else timedelta()
        return QueueFilter(
            status=self.list_status,
            channel=kept.get("kanal", ""),
            category=Category(kept["kategori"]) if "kategori" in kept else None,
            source=Source(kept["kalla"]) if "kalla" in kept else None,
            unassessed_only="ejbedomda" in kept,
            opened_by=at - age,
        )


def place_text(place: Place) -> str:
    """Return a place as it stands in an address."""
    return f"{place.rank}_{place.comment_id}"


def moment_text(moment: datetime) -> str:
    """Return a moment as it stands in an address: rounded up, so that all fits."""
    return str(int(moment.timestamp() * 1_000) + 1)
