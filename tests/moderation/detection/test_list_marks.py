import pytest

from moderation.detection.list_marks import LONG, ListMarks

NAMES = ["lisa", "kalle*", *(f"namn{n}" for n in range(LONG))]
MARKS = ListMarks({"people": NAMES, "few": ["en", "två"]})


def test_a_long_list_is_marked_and_a_short_one_is_not() -> None:
    assert MARKS.used_in(r"\b{people}\b")
    assert not MARKS.used_in(r"\b{few}\b")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("lisa kom", "lisa\x86 kom"),
        ("då kom kallesson.", "då kom kallesson\x86."),
        ("ingen\x86 kom", "ingen  kom"),
        ("mona-lisa lisas", "mona-lisa lisas"),
        ("ingen", "ingen"),
        ("", ""),
    ],
)
def test_each_word_of_the_list_is_followed_by_its_mark(text: str, marked: str) -> None:
    assert MARKS.mark(text).text == marked


def test_a_place_in_the_marked_text_leads_back_to_the_plain_one() -> None:
    plain = "lisa och lisa gick hem"
    marked = MARKS.mark(plain)

    at = marked.text.index("gick")

    assert plain[marked.plain(at) : marked.plain(at + 4)] == "gick"
