"""Makes a comment of a row, or says what is wrong with it."""

from datetime import datetime
from typing import Final

from moderation.connectors.files.dates import to_utc
from moderation.connectors.files.row import MAX_CHARACTERS, Row
from moderation.domain.comment import Comment, CommentRef
from moderation.domain.ports import BadRow

_NO_TEXT: Final = "Raden saknar text: fyll i kommentaren eller ta bort raden."
_NOT_TEXT: Final = (
    "Kommentaren är inte text utan ett annat slags värde: spara den som text."
)
_NUL: Final = "Raden innehåller NUL-tecken, som inte kan sparas: ta bort dem."
_SURROGATE: Final = (
    "Raden innehåller ett halvt tecken (ett ensamt surrogat), som inte kan sparas: "
    "exportera filen på nytt eller ta bort tecknet."
)
TOO_LONG: Final = (
    f"Raden är längre än {MAX_CHARACTERS:_} tecken".replace("_", " ")
    + ": dela upp den, eller kontrollera att filen har radbrytningar."
)


class CommentMaker:
    """Makes comments of rows and counts the dates that could not be read."""

    def __init__(self, *, default_channel: str) -> None:
        self._default_channel = default_channel
        self.unreadable_dates = 0

    def make(self, row: Row) -> Comment | BadRow:
        """Return a comment, its text verbatim, or what is wrong with the row."""
        number, fields = row
        text, posted_at, *others = fields
        if not isinstance(text, str):
            reason = _NO_TEXT if text is None else _NOT_TEXT
            return BadRow(row=number, reason=reason)
        if not text or text.isspace():
            return BadRow(row=number, reason=_NO_TEXT)
        own_id, author, channel, thread, parent, url = [
            value.strip() if isinstance(value, str) else _plain(value)
            for value in others
        ]
        comment = Comment(
            ref=CommentRef(channel or self._default_channel, own_id or str(number)),
            text=text,
            author=author,
            posted_at=self._date(posted_at) if posted_at else None,
            thread=thread,
            parent=parent,
            url=url,
        )
        problem = _problem(comment)
        return comment if problem is None else BadRow(row=number, reason=problem)

    def _date(self, value: object) -> datetime | None:
        moment = to_utc(value)
        if moment is None and str(value).strip():
            self.unreadable_dates += 1
        return moment


def _problem(comment: Comment) -> str | None:
    """Return why a comment cannot be kept as it stands, or None."""
    ref = comment.ref
    beside = f"{comment.author}{comment.thread}{comment.parent}{comment.url}"
    everything = f"{comment.text}{ref.channel}/{ref.external_id}{beside}"
    if len(everything) > MAX_CHARACTERS:
        return TOO_LONG
    if "\0" in everything:
        return _NUL
    try:
        everything.encode()
    except UnicodeEncodeError:
        return _SURROGATE
    return None


def _plain(value: object) -> str:
    """Return a number or a date as text, and nothing for what has parts."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict | list | bytes | bool) or value is None:
        return ""
    return str(value)
