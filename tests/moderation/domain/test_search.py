import pytest

from moderation.domain.finding import Span
from moderation.domain.search import (
    InvalidQueryError,
    QueryProblem,
    placed_words,
    read_query,
    words_of,
)


def test_signs_part_words_and_are_no_operators() -> None:
    assert read_query('"Badhuset" AND (bron* OR -väg): 12:a') == (
        "badhuset",
        "and",
        "bron",
        "or",
        "väg",
        "12",
        "a",
    )


def test_common_words_are_passed_over_and_no_word_is_asked_for_twice() -> None:
    assert read_query("det är en bro och en Bro") == ("bro",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", QueryProblem.EMPTY),
        ('"*()^~\0', QueryProblem.EMPTY),
        ("och att det", QueryProblem.TOO_COMMON),
        ("x" * 1_000_000, QueryProblem.TOO_LONG),
        (" ".join(f"ord{n}" for n in range(11)), QueryProblem.TOO_MANY),
    ],
)
def test_what_cannot_be_searched_for_is_refused(
    text: str, problem: QueryProblem
) -> None:
    with pytest.raises(InvalidQueryError) as refused:
        read_query(text)

    assert refused.value.problem is problem


def test_letters_put_together_of_two_signs_are_one() -> None:
    assert read_query("va\u0308g") == read_query("väg")


def test_what_cannot_be_seen_does_not_part_a_word() -> None:
    assert words_of("slå ho\u200bt") == ["slå", "hot"]
    assert placed_words("slå ho\u200bt") == [("slå", Span(0, 3)), ("hot", Span(4, 8))]
