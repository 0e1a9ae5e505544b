"""What the forms for deciding carry, beyond the four plain decisions."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from wtforms import Form, StringField

from moderation.domain.decision import Action, Decision, has_gap
from moderation.domain.errors import Problem
from moderation.domain.ground import Ground
from webui.forms import DecisionForm

DAYS: Final = (1, 3, 7, 14)
"""How long a comment may be hidden for a time, as choices."""
_MORE_FIELDS: Final = {
    Problem.NOT_COVERED: "covered",
    Problem.CRITICISM_NEEDS_MORE: "reasons",
    Problem.NO_DEADLINE: "hide_days",
    Problem.DEADLINE_OUT_OF_RANGE: "hide_days",
    Problem.NOTHING_CHOSEN: "ids",
    Problem.TOO_MANY: "ids",
    Problem.NOT_SAME_TEXT: "ids",
}
_PLACE: Final = re.compile(r"(?:.*/(kommentar|logg)/)?([0-9]{1,15})(?:[/?#].*)?\Z")


class CardForm(DecisionForm):
    """A decision made with the BBS card."""

    covered = StringField(default="")
    hide_days = StringField(default="")

    def field_of(self, problem: Problem) -> str:
        """Return the name of the field to point at."""
        if problem is Problem.GAP_LEFT:
            texts = ("reasons", "obvious_because", "reference", "escalate_to")
            return next(n for n in texts if has_gap(str(self[n].data)))
        return _MORE_FIELDS.get(problem) or super().field_of(problem)

    def decision(
        self,
        *,
        action: Action,
        comment_id: int,
        ground: Ground | None,
        moderator: str,
        at: datetime,
    ) -> Decision:
        """Return what the form says; answers to questions not put are left out."""
        plain = super().decision(
            action=action,
            comment_id=comment_id,
            ground=ground,
            moderator=moderator,
            at=at,
        )
        asks_covered = ground is not None and ground.in_bbs_5
        covered = {"ja": True, "nej": False}.get(str(self.covered.data))
        return replace(
            plain,
            covered=covered if asks_covered else None,
            hide_until=self._until(at) if action is Action.HIDE else None,
        )

    def _until(self, at: datetime) -> datetime | None:
        days = str(self.hide_days.data)
        known = {str(day): timedelta(days=day) for day in DAYS}
        return at + known[days] if days in known else None


class JumpForm(Form):
    """A number, or an address of a page of ours."""

    till = StringField(default="")

    @property
    def place(self) -> tuple[str, int] | None:
        """The kind of page and its number, or None where neither can be read."""
        found = _PLACE.match(str(self.till.data).strip()[:500])
        return None if found is None else (found[1] or "kommentar", int(found[2]))
