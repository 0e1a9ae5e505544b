import pytest

from moderation.domain.shortcuts import (
    Command,
    ShortcutError,
    Shortcuts,
    chosen_shortcuts,
)


def test_every_key_does_what_people_expect_until_somebody_chooses() -> None:
    by_key = Shortcuts().by_key()

    assert by_key["d"] is Command.HIDE
    assert {by_key[key] for key in "baf"} == {Command.KEEP}


def test_a_chosen_key_replaces_the_usual_one_and_an_alias() -> None:
    by_key = chosen_shortcuts({Command.HIDE: "f"}, is_on=True).by_key()

    assert by_key["f"] is Command.HIDE
    assert "d" not in by_key


def test_a_key_chosen_before_a_command_of_ours_took_it_stays_theirs() -> None:
    by_key = Shortcuts(chosen={Command.HIDE: "c"}).by_key()

    assert by_key["c"] is Command.HIDE


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("e", "vald två gånger"),
        ("3", "Siffrorna"),
        ("", "ett enda tecken"),
        ("ab", "ett enda tecken"),
        (" ", "ett enda tecken"),
        ("X", "ett enda tecken"),
        ("\n", "ett enda tecken"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused(key: str, told: str) -> None:
    with pytest.raises(ShortcutError, match=told):
        chosen_shortcuts({Command.HIDE: key}, is_on=True)


def test_two_commands_may_change_places() -> None:
    shortcuts = chosen_shortcuts({Command.NEXT: "k", Command.PREVIOUS: "j"}, is_on=True)

    assert shortcuts.by_key()["k"] is Command.NEXT
