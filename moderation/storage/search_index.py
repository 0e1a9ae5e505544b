"""Keeps the words of comments and decisions, to search by."""

from collections.abc import Iterable
from datetime import UTC, datetime
from operator import itemgetter
from typing import Final

from sqlalchemy import Connection

from moderation.domain.log_entry import LogEntry
from moderation.domain.search import SearchKind, words_of
from moderation.storage.bulk import Values
from moderation.storage.stemming import stem

SEARCHED_TEXTS: Final = ("reasons", "obvious_because", "reference")
"""Of a decision. The comment itself has its own row; names are not searched."""

_SECOND: Final = 31
"""Bits of a row's number below the second."""
_KIND: Final = 29
_CODES: Final = {SearchKind.COMMENT: 0, SearchKind.DECISION: 1}
_KINDS: Final = {code: kind for kind, code in _CODES.items()}
_LAST_SECOND: Final = 2**32 - 1

_INSERT: Final = (
    "INSERT INTO search_documents (id, number, comment_id, channel, words) VALUES "
)
_SQLITE: Final = f"{_INSERT}(:id, :number, :comment_id, :channel, :words)"
# The words are stemmed here for both databases: PostgreSQL's own «swedish» knows fewer
# forms (it leaves badhuset as it is), and what is found must be what is marked.
_POSTGRESQL: Final = (
    f"{_INSERT}(%(id)s, %(number)s, %(comment_id)s, %(channel)s, "
    "to_tsvector('simple', %(words)s))"
)


def first_id(at: datetime) -> int:
    """Return the least number of a row from a moment.

    Numbers rise with time: the newest are found first, and a period is a range,
    without sorting what was found.
    """
    seconds = int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
    return min(max(seconds, 0), _LAST_SECOND) << _SECOND


def kind_of(document_id: int) -> SearchKind:
    """Return what a row is about."""
    return _KINDS[document_id >> _KIND & 3]


def document(  # noqa: PLR0913 - The columns of one row.
    kind: SearchKind,
    number: int,
    *,
    at: datetime,
    comment_id: int | None,
    channel: str,
    text: str,
) -> Values:
    """Return a row for index_documents; number is the comment's or the log entry's."""
    code = _CODES[kind] << _KIND | number & (1 << _KIND) - 1
    return {
        "id": first_id(at) | code,
        "number": number,
        "comment_id": comment_id,
        "channel": channel,
        "words": " ".join(map(stem, words_of(text))),
    }


def index_documents(connection: Connection, documents: Iterable[Values]) -> None:
    """Add rows to what is searched."""
    # SQLite writes its index out whenever a number is less than the one before.
    rows = sorted(documents, key=itemgetter("id"))
    if not rows:
        return
    is_sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(_SQLITE if is_sqlite else _POSTGRESQL, rows)


def index_decision(connection: Connection, entry: LogEntry) -> None:
    """Let the free texts of a log entry be found."""
    texts = [entry.texts[name].text for name in SEARCHED_TEXTS if name in entry.texts]
    if not any(texts):
        return
    payload = entry.payload
    comment_id = payload.get("comment_id")
    row = document(
        SearchKind.DECISION,
        entry.number,
        at=datetime.fromisoformat(str(payload["at"])),
        comment_id=comment_id if isinstance(comment_id, int) else None,
        channel=str(payload["channel"]),
        text="\n".join(texts),
    )
    index_documents(connection, [row])
