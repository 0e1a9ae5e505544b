"""Search for words in comments and decisions. There is no search for persons."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.comment import StoredComment
from moderation.domain.errors import UppsiktError
from moderation.domain.finding import Span
from moderation.domain.stop_words import STOP_WORDS
from moderation.domain.triage import QueueItem, QueueStatus

MAX_QUERY: Final = 200
"""Characters in what is searched for."""
MAX_WORDS: Final = 10
MAX_HITS: Final = 50
"""Hits a page."""
MAX_SEARCHED: Final = 100_000
"""Characters of a text that can be found. Databases refuse to index much longer."""
_LONGEST_WORD: Final = 60

_INSIDE: Final = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
"""Accents on their own, and what cannot be seen: they do not part a word."""
_WORD: Final = re.compile(rf"[^\W_][^\W_{_INSIDE}]*(?:[{_INSIDE}]+[^\W_{_INSIDE}]*)*")
_LEFT_OUT: Final = re.compile(f"[{_INSIDE}]")


class SearchKind(StrEnum):
    """What a hit is."""

    COMMENT = "comment"
    DECISION = "decision"


class QueryProblem(StrEnum):
    """Why a query cannot be searched for."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_COMMON = "too_common"


class InvalidQueryError(UppsiktError):
    """There is nothing in the query to search for, or too much."""

    def __init__(self, problem: QueryProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """Which words, and where to look. Empty means everywhere."""

    words: tuple[str, ...]
    """As read_query returns them. All of them must occur, in any form."""
    channel: str = ""
    channels: ChannelLimit = None
    """Within which the channel is chosen."""
    status: QueueStatus | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Limits when it was written, or received where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One text where the words occur."""

    kind: SearchKind
    number: int
    """The comment's id, or the log entry's number."""
    at: datetime
    channel: str
    text: str
    marks: tuple[Span, ...]
    """Where the words stand in the text."""
    stored: StoredComment | None
    item: QueueItem | None
    """The comment's item, or None if it never was queued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Hits, the newest first, and where to go on."""

    hits: tuple[SearchHit, ...]
    older: int | None
    """Hand in as before to look further; None where all has been looked through."""


def words_of(text: str) -> list[str]:
    """Return the words of a text, in small letters."""
    return [_plain(word) for word in _WORD.findall(text[:MAX_SEARCHED])]


def placed_words(text: str) -> list[tuple[str, Span]]:
    """Return the words of a text in small letters, each with its place."""
    return [
        (_plain(match[0]), Span(match.start(), match.end()))
        for match in _WORD.finditer(text[:MAX_SEARCHED])
    ]


def read_query(text: str) -> tuple[str, ...]:
    """Return the words to search for. Raises InvalidQueryError where there are none.

    Signs are no operators: whatever is not a letter or a digit parts words.
    """
    if len(text) > MAX_QUERY:
        raise InvalidQueryError(QueryProblem.TOO_LONG)
    words = dict.fromkeys(words_of(text))
    if not words:
        raise InvalidQueryError(QueryProblem.EMPTY)
    telling = tuple(word for word in words if word not in STOP_WORDS)
    if not telling:
        raise InvalidQueryError(QueryProblem.TOO_COMMON)
    if len(telling) > MAX_WORDS:
        raise InvalidQueryError(QueryProblem.TOO_MANY)
    return telling


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()[:_LONGEST_WORD]
    composed = unicodedata.normalize("NFC", word).lower()
    return _LEFT_OUT.sub("", composed)[:_LONGEST_WORD]
