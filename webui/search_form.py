"""What the search page's form carries."""

from datetime import timedelta
from typing import Final

from wtforms import DateField, Form, StringField
from wtforms.validators import Optional

from moderation.domain.search import (
    MAX_QUERY,
    MAX_WORDS,
    QueryProblem,
    SearchFilter,
    read_query,
)
from moderation.domain.triage import QueueStatus
from webui.forms import LAST_DAY, line, midnight
from webui.language import lazy

STATES: Final = (
    QueueStatus.OPEN,
    QueueStatus.ESCALATED,
    QueueStatus.PARKED,
    QueueStatus.DECIDED,
)
_PROBLEMS: Final = {
    QueryProblem.EMPTY: lazy(
        "Skriv ett ord att söka efter, med bokstäver eller siffror."
    ),
    QueryProblem.TOO_LONG: lazy(
        "Sökningen är för lång. Korta den till %(longest)s tecken."
    ),
    QueryProblem.TOO_MANY: lazy("Sök på högst %(most)s ord åt gången."),
    QueryProblem.TOO_COMMON: lazy(
        "De orden finns i nästan alla texter. Lägg till ett ord som säger mer."
    ),
}


def problem_words(problem: QueryProblem) -> str:
    """Return what is wrong with a search, in a sentence."""
    return _PROBLEMS[problem] % {"longest": MAX_QUERY, "most": MAX_WORDS}


class SearchForm(Form):
    """Which words to look for, and where. There is no field for persons."""

    fraga = StringField(filters=[line])
    kanal = StringField(filters=[line])
    status = StringField(filters=[line])
    fran = DateField(lazy("Från och med"), validators=[Optional()])
    till = DateField(lazy("Till och med"), validators=[Optional()])

    @property
    def typed(self) -> str:
        """What to show in the box: all of it, unless it is far too long."""
        return str(self.fraga.data)[: MAX_QUERY + 1]

    @property
    def kept(self) -> dict[str, str]:
        """The search as it stands in an address."""
        days = {f.name: str(f.data) for f in (self.fran, self.till) if f.data}
        texts = {"fraga": self.typed, "kanal": self.kanal.data, "status": self._state}
        return days | {name: str(text) for name, text in texts.items() if text}

    def chosen(self) -> SearchFilter:
        """Return what to look for. Raises InvalidQueryError where it cannot be."""
        last = self.till.data and min(self.till.data, LAST_DAY)
        return SearchFilter(
            words=read_query(str(self.fraga.data)),
            channel=str(self.kanal.data),
            status=QueueStatus(self._state) if self._state else None,
            since=midnight(self.fran.data),
            until=midnight(last + timedelta(days=1) if last else None),
        )

    @property
    def _state(self) -> str:
        return str(self.status.data) if self.status.data in STATES else ""
