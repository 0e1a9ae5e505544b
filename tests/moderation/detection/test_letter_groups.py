import pytest

from moderation.detection.letter_groups import KnownGroups, groups_of
from tests.moderation.detection.small_corpus import WORDS

TEXT = [
    "",
    "å",
    "knivhot",
    "070-1740605",
    "٣4",
    "😀",
    "aaaaaa",
    "h0ra",
    "j*vla",
    "\ud800x",
    "två ord",
    *WORDS.values(),
]


def test_groups_are_the_letters_that_stand_together_with_the_word_s_edges() -> None:
    assert groups_of("å") == [" å", "å ", " å "]
    assert groups_of("hej")[:4] == [" h", "he", "ej", "j "]
    assert groups_of("hej")[-1] == " hej "
    assert groups_of("") == []


def test_which_digits_they_are_says_nothing() -> None:
    assert groups_of("19") == groups_of("07")
    assert groups_of("19") != groups_of("a9")


@pytest.mark.parametrize("left_out", [0, 3])
def test_the_known_groups_of_many_words_are_those_of_each(left_out: int) -> None:
    every = sorted({group for word in TEXT[1:] for group in groups_of(word)})
    columns = {group: i for i, group in enumerate(every[left_out:])}

    rows, found = KnownGroups(columns).found_in(TEXT)

    expected = [
        (row, columns[group])
        for row, word in enumerate(TEXT)
        for group in groups_of(word)
        if group in columns
    ]
    assert sorted(zip(rows.tolist(), found.tolist(), strict=True)) == sorted(expected)


@pytest.mark.parametrize("words", [[], [""], ["", ""], ["x"]])
def test_without_known_groups_or_letters_nothing_is_found(words: list[str]) -> None:
    rows, found = KnownGroups({}).found_in(words)

    assert rows.tolist() == found.tolist() == []
