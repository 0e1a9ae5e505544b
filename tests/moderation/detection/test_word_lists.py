import pytest

from moderation.detection.word_lists import WordLists

LISTS = WordLists([["du", "kniv*"], ["kniv*", "*chef*"], ["är*", "e*", "*ab*"]])


@pytest.mark.parametrize(
    ("word", "numbers"),
    [
        ("du", {0}),
        ("dum", set()),
        ("kniv", {0, 1}),
        ("knivarna", {0, 1}),
        ("kni", set()),
        ("chef", {1}),
        ("överchefen", {1}),
        ("che", set()),
        ("är", {2}),
        ("ärlig", {2}),
        ("e", {2}),
        ("ab", {2}),
        ("kabel", {2}),
        ("klab", {2}),
        ("", set()),
    ],
)
def test_a_word_is_in_every_list_that_has_it_or_its_beginning_or_a_part_of_it(
    word: str, numbers: set[int]
) -> None:
    assert LISTS.of(word) == numbers
