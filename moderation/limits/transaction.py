"""A change made by somebody who is limited to some channels."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from moderation.domain.collaboration import Assignment, Draft, ItemEvent
from moderation.domain.comment import CommentRef
from moderation.domain.delivery import Delivery
from moderation.domain.erasure import Erasure
from moderation.domain.errors import NotFoundError
from moderation.domain.log_entry import LogEntry
from moderation.domain.ports import Transaction
from moderation.domain.ports_deciding import HideDeadline
from moderation.domain.watch import WatchReceipt

CHECKED: Final = frozenset(
    {
        "add_note",
        "append_to_log",
        "assign",
        "clear_hide_deadline",
        "close_queue_item",
        "drop_draft",
        "enqueue_delivery",
        "erase_comment",
        "hold",
        "record_event",
        "release",
        "remove_queue_item",
        "restore_queue_item",
        "save_draft",
        "set_hide_deadline",
        "settle",
        "settle_delivery",
        "supersede_deliveries",
        "take_over",
        "unassign",
    }
)
"""What changes something about one comment."""
PASSED_ON: Final = frozenset(
    {
        # Accounts, keys and signing in.
        "account",
        "clear_sign_in_failures",
        "confirm_second_factor",
        "count_active_admins",
        "note_account_event",
        "remove_second_factor",
        "replace_recovery_codes",
        "save_shortcuts",
        "save_sign_in_failures",
        "save_user",
        "set_second_factor",
        "sign_in_failures",
        "use_recovery_code",
        "use_step",
        # What belongs to the user alone.
        "add_view",
        "change_view",
        "delete_view",
        "mark_read",
    }
)
"""What changes nothing that belongs to a channel."""
REFUSED: Final = frozenset(
    {
        "add_invitation",
        "add_user",
        "advance_run",
        "is_invited",
        "reassess_many",
        "record_many",
        "set_functions",
        "set_second_factor_roles",
        "start_run",
        "use_invitation",
        "withdraw_invitation",
    }
)
"""For the operator and the administrator, who see all channels."""


@dataclass(frozen=True, slots=True)
class LimitedTransaction:
    """What the port Transaction promises, and no change of another channel's.

    Raises NotFoundError where something belongs to another: then all is rolled back.
    """

    _changes: Transaction
    _channels: frozenset[str]
    _channel_of: Callable[[int], str]
    """Returns the channel of a comment, by its id."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any method of the port
        """Return a change, with the look at its channel that it needs."""
        if name in PASSED_ON:
            return getattr(self._changes, name)
        if name in CHECKED:
            return self._checked(getattr(self._changes, name))
        msg = f"{name} is not for somebody limited to some channels."
        raise AttributeError(msg)

    def record_reveal(self, *, comment_id: int, **about: Any) -> None:  # noqa: ANN401 - as the port has them
        """Note that somebody looked at masked text in one of the channels."""
        self._refuse_other([comment_id])
        self._changes.record_reveal(comment_id=comment_id, **about)

    def sign_watch(self, **receipt: Any) -> WatchReceipt | None:  # noqa: ANN401 - as the port has them
        """Add a receipt with none but the channels, or None if something waits."""
        return self._changes.sign_watch(**{**receipt, "channels": self._channels})

    def _checked(self, change: Callable[..., Any]) -> Callable[..., Any]:
        def checked(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the port has them
            self._refuse_other(given)
            return change(*given, **named)

        return checked

    def _refuse_other(self, given: Iterable[object]) -> None:
        """Refuse what is about another channel, or about none that can be told."""
        found = {self._subject_channel(subject) for subject in given} - {None}
        if not found or not found <= self._channels:
            msg = "Det finns inte i någon av dina kanaler: välj något annat i listan."
            raise NotFoundError(msg)

    def _subject_channel(self, subject: object) -> str | None:
        """Return the channel of what a change is about; None for what is no subject."""
        match subject:
            case int():
                return self._channel_of(subject)
            case (CommentRef() as ref) | Delivery(ref=ref) | Erasure(ref=ref):
                return ref.channel
            case Draft() | Assignment() | ItemEvent() | HideDeadline():
                return self._channel_of(subject.comment_id)
            case LogEntry(payload=said) | (Mapping() as said) if "channel" in said:
                return str(said["channel"])
            case _:
                return None
