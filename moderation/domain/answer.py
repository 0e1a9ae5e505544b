"""What is written to somebody whose comment was decided on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from moderation.domain.decision import MAX_TEXT, has_gap
from moderation.domain.errors import UppsiktError


class AnswerKind(StrEnum):
    """What an answer is, as the log calls it."""

    NOTICE = "answer_notice"
    """Tells an author that the comment was hidden, why, and how to object."""
    REPLY = "answer_reply"
    """Answers a question in a comment that stays."""


class Signature(StrEnum):
    """Who stands below an answer."""

    FUNCTION = "function"
    """The function only: nobody is named where a threat is feared."""
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who the municipality is in an answer."""

    function: str
    """What stands below an answer in place of a name."""
    contact: str
    """Where somebody who objects can turn; empty where nobody has said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTemplate:
    """One row of the dated table. It is replaced by a newer row, never edited."""

    id: str
    """The ground's, for a notice."""
    revision: int
    kind: AnswerKind
    name: str
    """What a list calls it; a notice is called as its ground."""
    frame: str
    """The row whose text surrounds this one, or empty."""
    signature: Signature
    """What is proposed; a person may choose the other."""
    text: str
    """With {placeholders} for the program, and ### gaps ### for the person."""
    advice: str
    """What to think of before anything is sent, or empty."""
    in_force_from: date | None
    in_force_to: date | None
    source: str
    reviewed: date
    """Senast granskad."""


class ConcernKind(StrEnum):
    """What an answer must not do."""

    CONFIRMS = "confirms"
    """Tells that somebody is, or is not, a client, patient or pupil."""
    IDENTITY_NUMBER = "identity_number"
    CONSEQUENCES = "consequences"
    """Threatens with what will happen to the author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """A place in an answer that should not be sent as it stands."""

    kind: ConcernKind
    rule: str
    start: int
    """Where it begins, counted in characters of the text."""
    line: int
    """1, 2, 3 …"""
    quote: str
    why: str
    """In Swedish."""
    instead: str
    """What to write in its place, in Swedish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody sent, as it is to be kept."""

    comment_id: int
    kind: AnswerKind
    decision: int
    """The log entry of the decision that it is about."""
    seen: int
    """The last log entry of the comment when the page was opened."""
    template: str
    template_revision: int
    signature: Signature
    text: str
    sure_because: str = ""
    """Why it was sent although the guard had concerns."""
    concerns: tuple[Concern, ...] = ()
    by: str
    at: datetime


class AnswerProblem(StrEnum):
    """What keeps an answer from being saved."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    GAP_LEFT = "gap_left"
    CONCERNS = "concerns"
    """The guard has found something, and no reason is given, or it is a new one."""


PROBLEM: Final[Mapping[AnswerProblem, str]] = {
    AnswerProblem.EMPTY: "Skriv texten som du har skickat.",
    AnswerProblem.TOO_LONG: "Texten är för lång. Korta den till 10 000 tecken.",
    AnswerProblem.GAP_LEFT: (
        "Det finns luckor kvar i texten. Byt ut allt mellan ### och ### "
        "mot dina egna ord."
    ),
    AnswerProblem.CONCERNS: (
        "Det finns något i texten som inte bör skickas. Ändra det, eller skriv "
        "varför du är säker på att det kan stå kvar."
    ),
}
"""The same in Swedish."""


class InvalidAnswerError(UppsiktError):
    """The answer cannot be saved as it is."""

    def __init__(self, problem: AnswerProblem) -> None:
        super().__init__(PROBLEM[problem])
        self.problem = problem


class AnswerTooLateError(UppsiktError):
    """Something has happened to the comment since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Något har hänt med kommentaren sedan du öppnade sidan. "
            "Titta i historiken innan du sparar."
        )


def check_answer(answer: Answer) -> None:
    """Raise InvalidAnswerError with the first problem that an answer has."""
    written = answer.text, answer.sure_because
    if not answer.text.strip():
        raise InvalidAnswerError(AnswerProblem.EMPTY)
    if any(len(text) > MAX_TEXT for text in written):
        raise InvalidAnswerError(AnswerProblem.TOO_LONG)
    if any(map(has_gap, written)):
        raise InvalidAnswerError(AnswerProblem.GAP_LEFT)
    if answer.concerns and not answer.sure_because.strip():
        raise InvalidAnswerError(AnswerProblem.CONCERNS)
