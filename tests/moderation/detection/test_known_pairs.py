import numpy as np
import pytest

from moderation.detection.known_pairs import KnownPairs
from moderation.detection.lexicon import Lexicon
from moderation.detection.normalise import Normaliser
from moderation.detection.word_table import WordTable


@pytest.fixture
def table() -> WordTable:
    return WordTable(Normaliser(Lexicon([], [])))


def test_a_pair_is_found_where_its_first_word_stands(table: WordTable) -> None:
    pairs = KnownPairs(table, [("åk", "hem"), ("du", "är")])
    chunk = table.chunk(["du är på väg åk hem nu"])

    assert pairs.at(chunk.rows, chunk.starts).tolist() == [1, -1, -1, -1, 0, -1, -1]


def test_a_pair_is_not_found_across_two_texts(table: WordTable) -> None:
    pairs = KnownPairs(table, [("åk", "hem")])
    chunk = table.chunk(["åk", "hem", "", "åk", "", "hem åk"])

    assert pairs.at(chunk.rows, chunk.starts).tolist() == [-1] * 5


def test_pairs_are_counted_text_by_text(table: WordTable) -> None:
    pairs = KnownPairs(table, [("åk", "hem"), ("du", "är")])
    chunk = table.chunk(["åk hem åk hem", "", "du är"])

    counts = pairs.per_text(pairs.at(chunk.rows, chunk.starts), chunk.starts)

    assert counts.toarray().tolist() == [[2, 0], [0, 0], [0, 1]]


def test_words_met_later_are_not_taken_for_those_of_a_pair(table: WordTable) -> None:
    pairs = KnownPairs(table, [("a", "b")])
    chunk = table.chunk([" ".join(f"{x}{y}" for x in "cdefg" for y in "hijkl")])

    assert set(pairs.at(chunk.rows, chunk.starts).tolist()) == {-1}


def test_without_pairs_or_words_nothing_is_found(table: WordTable) -> None:
    chunk = table.chunk(["åk hem"])
    empty = np.zeros(0, np.int64)

    assert KnownPairs(table, []).at(chunk.rows, chunk.starts).tolist() == [-1, -1]
    assert KnownPairs(table, [("a", "b")]).at(empty, np.array([0])).tolist() == []
