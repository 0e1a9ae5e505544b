import numpy as np
import pytest

from moderation.detection import word_table
from moderation.detection.lexicon import Lexicon
from moderation.detection.normalise import Normaliser
from moderation.detection.word_table import WordTable

TEXTS = ["Du är h0ra, du", "", "du är en h o r a", "😀 مرحبا", "Ren text"]


@pytest.fixture
def table() -> WordTable:
    return WordTable(Normaliser(Lexicon(["hora"], ["du", "är", "en"])))


def test_texts_are_rows_of_plain_words(table: WordTable) -> None:
    chunk = table.chunk(TEXTS)

    words = [[table.words[row] for row in chunk.rows_of(i)] for i in range(len(TEXTS))]
    assert words == [
        ["du", "är", "hora", "du"],
        [],
        ["du", "är", "en", "hora"],
        ["😀", "مرحبا"],
        ["ren", "text"],
    ]


def test_a_word_keeps_its_row_from_chunk_to_chunk(table: WordTable) -> None:
    first = table.chunk(["hora är du"])
    second = table.chunk(["du är HORA"])

    assert second.rows.tolist() == first.rows.tolist()[::-1]
    assert table.words == ["hora", "är", "du"]


def test_the_plain_text_is_known_disguises_and_all(table: WordTable) -> None:
    chunk = table.chunk(TEXTS)

    assert [chunk.plain(i) for i in range(len(TEXTS))] == [
        "du är hora, du",
        "",
        "du är en hora",
        "😀 مرحبا",
        "ren text",
    ]


def test_the_plain_text_is_unknown_where_a_disguise_leaves_nothing(
    table: WordTable,
) -> None:
    assert table.chunk(["ren \u200b text"]).plain(0) is None


def test_words_are_counted_text_by_text(table: WordTable) -> None:
    counts = table.chunk(["du du", "", "en du"]).counts(len(table.words))

    assert counts.toarray().tolist() == [[2, 0], [0, 0], [1, 1]]


def test_marks_are_summed_text_by_text(table: WordTable) -> None:
    chunk = table.chunk(["du du", "", "en du"])

    assert chunk.sums(np.array([1, 10])).tolist() == [2, 0, 11]


def test_one_text_is_a_chunk_of_its_own(table: WordTable) -> None:
    chunk = table.chunk(TEXTS)

    for i, text in enumerate(TEXTS):
        one = chunk.one(i)
        alone = table.chunk([text])
        assert one.texts == [text]
        assert one.rows.tolist() == alone.rows.tolist()
        assert one.starts.tolist() == alone.starts.tolist()
        assert one.plain(0) == alone.plain(0)


def test_no_texts_are_an_empty_chunk(table: WordTable) -> None:
    chunk = table.chunk([])

    assert chunk.starts.tolist() == [0]
    assert chunk.counts(0).shape == (0, 0)


def test_words_with_a_latin_letter_are_marked(table: WordTable) -> None:
    table.chunk(["du مرحبا 123 ünö ж"])

    assert table.is_latin(0).tolist() == [1, 0, 0, 1, 0]
    assert table.is_latin(3).tolist() == [1, 0]


def test_the_table_is_full_after_its_most_words(
    table: WordTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_table, "MOST_WORDS", 2)

    table.chunk(["ett två"])
    assert not table.is_full
    table.chunk(["tre"])
    assert table.is_full
