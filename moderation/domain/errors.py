"""What can go wrong, by our own names. The screens turn each into Swedish."""

from enum import StrEnum


class UppsiktError(Exception):
    """Something failed; the message says in Swedish what, where and what to do."""


class AlreadyDecidedError(UppsiktError):
    """Somebody else has decided, or the item has changed, since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Någon annan har redan beslutat om kommentaren. "
            "Ladda om sidan för att se beslutet."
        )


class HeldByOtherError(UppsiktError):
    """Somebody else is deciding on the item now."""

    def __init__(self) -> None:
        super().__init__(
            "Någon annan bedömer kommentaren just nu. "
            "Vänta, eller ta över och skriv varför."
        )


class NotFoundError(UppsiktError):
    """What was asked for is not stored."""


class StorageError(UppsiktError):
    """The database cannot be used: locked, read-only, missing, newer, or broken."""


class FileError(UppsiktError):
    """A file of comments cannot be read at all."""


class DetectionError(UppsiktError):
    """A rule file or a model cannot be trusted and is refused."""


class SettingsError(UppsiktError):
    """A setting is unknown or has a value that cannot be used."""


class Problem(StrEnum):
    """What is missing from, or wrong with, a decision."""

    NO_GROUND = "no_ground"
    GROUND_NOT_IN_FORCE = "ground_not_in_force"
    GROUND_NOT_ALLOWED = "ground_not_allowed"
    NO_REASONS = "no_reasons"
    NOT_ANSWERED_OBVIOUS = "not_answered_obvious"
    NO_OBVIOUS_SENTENCE = "no_obvious_sentence"
    NOT_OBVIOUS = "not_obvious"
    NO_REFERENCE = "no_reference"
    NO_KEEP_REASON = "no_keep_reason"
    NO_RECEIVER = "no_receiver"
    BLIND_RECEIVER = "blind_receiver"
    BAD_DEADLINE = "bad_deadline"
    TOO_LONG = "too_long"
    GAP_LEFT = "gap_left"
    NOT_COVERED = "not_covered"
    CRITICISM_NEEDS_MORE = "criticism_needs_more"
    NO_DEADLINE = "no_deadline"
    DEADLINE_OUT_OF_RANGE = "deadline_out_of_range"
    NOTHING_CHOSEN = "nothing_chosen"
    TOO_MANY = "too_many"
    NOT_SAME_TEXT = "not_same_text"


class InvalidDecisionError(UppsiktError):
    """The decision lacks something that it must have."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class LastAdminError(UppsiktError):
    """Without this account nobody could administer any more."""

    def __init__(self) -> None:
        super().__init__(
            "Det här är den sista administratören som kan logga in: "
            "ge först någon annan rollen."
        )
