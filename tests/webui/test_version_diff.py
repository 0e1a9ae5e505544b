from hypothesis import given
from hypothesis import strategies as st

from webui.version_diff import Change, Stretch, version_diff

WORDS = st.lists(st.sampled_from(["hej", " ", "du", ",", "\n", "ord"]), max_size=40)


def joined(stretches: list[Stretch], *changes: Change) -> str:
    return "".join(one.text for one in stretches if one.change in changes)


def test_a_changed_word_is_told_as_struck_and_added() -> None:
    assert version_diff("Du är dum.", "Du är snäll.") == [
        Stretch(Change.SAME, "Du är "),
        Stretch(Change.REMOVED, "dum"),
        Stretch(Change.ADDED, "snäll"),
        Stretch(Change.SAME, "."),
    ]


def test_nothing_is_told_of_equal_texts_but_that_they_are_equal() -> None:
    assert version_diff("Samma.", "Samma.") == [Stretch(Change.SAME, "Samma.")]
    assert version_diff("", "") == []
    assert version_diff("", "Ny") == [Stretch(Change.ADDED, "Ny")]


def test_of_a_long_unchanged_text_only_the_words_around_a_change_are_shown() -> None:
    before = "ord " * 5_000

    stretches = version_diff(before + "slut", before + "början")

    assert [one.change for one in stretches] == [
        Change.LEFT_OUT,
        Change.SAME,
        Change.REMOVED,
        Change.ADDED,
    ]
    assert sum(len(one.text) for one in stretches) < 60


def test_a_text_written_anew_from_end_to_end_is_not_compared_word_by_word() -> None:
    stretches = version_diff("gammal " * 20_000, "ny, " * 20_000)

    assert joined(stretches, Change.REMOVED).startswith("gammal gammal")
    assert joined(stretches, Change.ADDED).startswith("ny, ny")


@given(WORDS, WORDS)
def test_what_is_not_struck_is_the_new_text_and_what_is_not_added_the_old(
    before: list[str], after: list[str]
) -> None:
    old, new = "".join(before), "".join(after)

    stretches = version_diff(old, new)

    if Change.LEFT_OUT not in {one.change for one in stretches}:
        assert joined(stretches, Change.SAME, Change.ADDED) == new
        assert len(joined(stretches, Change.SAME, Change.REMOVED)) == len(old)
