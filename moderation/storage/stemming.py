"""Brings Swedish words to the form that is searched by: hoten and hotet to hot."""

from collections.abc import Collection
from functools import lru_cache
from threading import local
from typing import Final

import snowballstemmer

from moderation.domain.finding import Span
from moderation.domain.search import placed_words


class _Stemmer(local):
    """One for each thread: a stemmer keeps the word it works on."""

    def __init__(self) -> None:
        self.swedish = snowballstemmer.stemmer("swedish")


_STEMMER: Final = _Stemmer()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a word in small letters."""
    return str(_STEMMER.swedish.stemWord(word))


def marks(text: str, words: Collection[str]) -> tuple[Span, ...]:
    """Return where any of the words stands in a text, in any form."""
    wanted = {stem(word) for word in words}
    return tuple(span for word, span in placed_words(text) if stem(word) in wanted)
