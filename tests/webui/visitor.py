"""A person at the web pages, without a browser."""

import re
from dataclasses import dataclass
from datetime import datetime

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.detection.personal_data import find_personal_data
from moderation.domain.answer import Sender
from moderation.domain.ground import GroundTable
from moderation.domain.ports import Clock
from moderation.domain.ports_answers import PersonalDataFinder
from moderation.storage import SqlStore

PASSWORD = "ett långt lösenord"
HIDING = {
    "action": "hide",
    "expected": "open",
    "ground": "bbs_olaga_hot",
    "obvious": "ja",
    "obvious_because": "Texten lovar våld.",
    "reasons": "Hot mot en tjänsteperson.",
}
KEEPING = {"action": "keep", "expected": "open", "keep_reason": "criticism"}
ESCALATING = {
    "action": "escalate",
    "expected": "open",
    "escalate_to": "jurist",
    "reasons": "Är det ett hot?",
}
RESTORING = {"action": "restore", "reasons": "Det var ett citat."}


SENDER = Sender(
    function="Kommunikationsenheten",
    contact="kontakt@kommunen.example.se eller 08-46500400",
)


@dataclass(frozen=True)
class PageServices:
    """The parts that the pages need, with a clock that stands still."""

    store: SqlStore
    grounds: GroundTable
    moment: datetime
    sender: Sender = SENDER

    @property
    def find_personal_data(self) -> PersonalDataFinder:
        return find_personal_data

    @property
    def now(self) -> Clock:
        return lambda: self.moment


@dataclass(frozen=True)
class Visitor:
    """Reads pages and sends forms as they stand on them."""

    client: FlaskClient

    def get(self, address: str) -> TestResponse:
        return self.client.get(address)

    def send(self, address: str, **fields: str) -> TestResponse:
        """Send a form with the token of a page that was read before."""
        return self.client.post(address, data={"csrf_token": self.token(), **fields})

    def decide(self, comment_id: int, fields: dict[str, str]) -> TestResponse:
        return self.send(f"/kommentar/{comment_id}/beslut", **fields)

    def token(self) -> str:
        page = self.client.get("/grunder", follow_redirects=True).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found is not None
        return found[1]
