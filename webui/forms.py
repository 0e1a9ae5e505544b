"""What the pages' forms carry. The domain checks what a decision must have."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from wtforms import DateField, Form, PasswordField, StringField
from wtforms.validators import (
    AnyOf,
    DataRequired,
    Length,
    Optional,
    Regexp,
    ValidationError,
)

from moderation import passwords
from moderation.domain.decision import (
    MAX_TEXT,
    WITH_GROUND,
    Action,
    Decision,
    KeepReason,
)
from moderation.domain.errors import Problem
from moderation.domain.ground import Ground
from moderation.domain.log_entry import LogFilter
from moderation.domain.swedish_time import STOCKHOLM
from moderation.domain.triage import WAITING, QueueStatus
from moderation.domain.user import Role
from webui.language import lazy, told

_FIRST_DAY: Final = date(1970, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)
"""Days beyond these cannot be turned into another time zone, and filter nothing."""

_TEXTS: Final = ("reasons", "obvious_because", "reference", "escalate_to")
_FIELD_OF: Final = {
    Problem.NO_GROUND: "ground",
    Problem.GROUND_NOT_IN_FORCE: "ground",
    Problem.GROUND_NOT_ALLOWED: "ground",
    Problem.NO_REASONS: "reasons",
    Problem.NOT_ANSWERED_OBVIOUS: "obvious",
    Problem.NO_OBVIOUS_SENTENCE: "obvious_because",
    Problem.NOT_OBVIOUS: "obvious",
    Problem.NO_REFERENCE: "reference",
    Problem.NO_KEEP_REASON: "keep_reason",
    Problem.NO_RECEIVER: "escalate_to",
    Problem.BLIND_RECEIVER: "escalate_to",
    Problem.BAD_DEADLINE: "due",
}


def line(text: str | None) -> str:
    """Return a line without the NUL that databases refuse, and without edges."""
    return (text or "").replace("\0", "").strip()


def prose(text: str | None) -> str:
    """Return a longer text as it was typed: browsers send line ends as two signs."""
    return (text or "").replace("\0", "").replace("\r\n", "\n")


def _text(clean: Callable[[str | None], str]) -> StringField:
    return StringField(filters=[clean])


class SignInForm(Form):
    """Name and password."""

    user_name = _text(line)
    password = PasswordField()


class DecisionForm(Form):
    """Everything that any of the four decisions may carry."""

    action = _text(line)
    expected = _text(line)
    ground = _text(line)
    reference = _text(prose)
    obvious = _text(line)
    obvious_because = _text(prose)
    keep_reason = _text(line)
    escalate_to = _text(prose)
    reasons = _text(prose)
    due = _text(line)

    @property
    def chosen(self) -> Action | None:
        """The action, or None where the form names none that exists."""
        return Action(self.action.data) if self.action.data in set(Action) else None

    @property
    def expected_status(self) -> QueueStatus | None:
        """The status that was seen, or None where nothing can be decided in it."""
        seen = self.expected.data
        return QueueStatus(seen) if seen in WAITING else None

    def field_of(self, problem: Problem) -> str:
        """Return the name of the field to point at."""
        if problem is not Problem.TOO_LONG:
            return _FIELD_OF[problem]
        return next(n for n in _TEXTS if len(str(self[n].data)) > MAX_TEXT)

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
        asks_obvious = ground is not None and ground.in_bbs_5
        asks_reference = ground is not None and ground.needs_reference
        obvious = {"ja": True, "nej": False}.get(str(self.obvious.data))
        reason = self.keep_reason.data if action is Action.KEEP else ""
        return Decision(
            comment_id=comment_id,
            action=action,
            moderator=moderator,
            decided_at=at,
            expected=self.expected_status or QueueStatus.OPEN,
            ground=str(self.ground.data) if action in WITH_GROUND else "",
            reference=str(self.reference.data) if asks_reference else "",
            obvious=obvious if asks_obvious else None,
            obvious_because=str(self.obvious_because.data) if asks_obvious else "",
            keep_reason=KeepReason(reason) if reason in set(KeepReason) else None,
            escalate_to=str(self.escalate_to.data) if action is Action.ESCALATE else "",
            reasons=str(self.reasons.data),
        )


class LogForm(Form):
    """Which part of the log to show."""

    fran = DateField(lazy("Från och med"), validators=[Optional()])
    till = DateField(lazy("Till och med"), validators=[Optional()])
    kanal = _text(line)
    grund = _text(line)
    handlaggare = _text(line)
    atgard = _text(line)

    @property
    def chosen(self) -> LogFilter:
        """The filter; days are Swedish days, the last one included."""
        last = self.till.data and min(self.till.data, LAST_DAY)
        return LogFilter(
            since=midnight(self.fran.data),
            until=midnight(last + timedelta(days=1) if last else None),
            channel=str(self.kanal.data),
            ground=str(self.grund.data),
            moderator=str(self.handlaggare.data),
            action=str(self.atgard.data),
        )


def midnight(day: date | None) -> datetime | None:
    """Return when a Swedish day begins, or None where none is given."""
    if day is None:
        return None
    sensible = min(max(day, _FIRST_DAY), LAST_DAY)
    return datetime.combine(sensible, time(), STOCKHOLM).astimezone(UTC)


def display_name_field() -> StringField:
    """Return the field for what a user is called on the screen."""
    return StringField(
        filters=[line],
        validators=[
            DataRequired(lazy("Skriv namnet som ska synas.")),
            Length(max=100, message=lazy("Korta namnet till 100 tecken.")),
        ],
    )


def role_field() -> StringField:
    """Return the field for a user's role."""
    return StringField(
        filters=[line],
        validators=[
            DataRequired(lazy("Välj en roll.")),
            AnyOf(list(Role), message=lazy("Välj en av rollerna.")),
        ],
    )


class UserForm(Form):
    """A new user."""

    user_name = StringField(
        filters=[line],
        validators=[
            DataRequired(lazy("Skriv ett användarnamn.")),
            Regexp(
                r"[a-z0-9._-]{2,40}\Z",
                message=lazy(
                    "Använd 2–40 små bokstäver a–z, siffror, punkt, - eller _."
                ),
            ),
        ],
    )
    display_name = display_name_field()
    role = role_field()
    password = PasswordField(validators=[DataRequired(lazy("Skriv ett lösenord."))])

    def validate_password(self, field: PasswordField) -> None:
        """Ask for what cannot be guessed from the names."""
        names = (str(self.user_name.data), str(self.display_name.data))
        if problem := passwords.problem_with(str(field.data), names=names):
            raise ValidationError(told(problem))
