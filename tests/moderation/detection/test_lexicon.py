import pytest

from moderation.detection.lexicon import Lexicon, fold

LEXICON = Lexicon(
    ["jävla", "hora", "horor", "blatte*", "*svin", "kuk", "ap*"],
    ["du", "är", "en", "döda", "dig", "i", "hor"],
)


@pytest.mark.parametrize(
    ("word", "folded"), [("jävla", "javla"), ("åäöéèü", "aaoeeu"), ("bus", "bus")]
)
def test_folding_drops_dots_and_rings_only(word: str, folded: str) -> None:
    assert fold(word) == folded
    assert len(fold(word)) == len(word)


@pytest.mark.parametrize(
    ("spelling", "word"),
    [
        ("jävla", "jävla"),
        ("javla", "jävla"),
        ("är", "är"),
        ("svin", "svin"),
        ("blatte", "blatte"),
        ("blatterna", "blatterna"),
        ("blattefan", "blattefan"),
        ("jävlar", None),
        ("apan", None),
        ("katt", None),
        ("", None),
    ],
)
def test_a_spelling_is_found_by_its_folded_form_or_its_stem(
    spelling: str, word: str | None
) -> None:
    assert LEXICON.find(spelling) == word


@pytest.mark.parametrize(
    ("masked", "word"),
    [
        ("h*ra", "hora"),
        ("h***a", None),
        ("ho**r", "horor"),
        ("j***a", "jävla"),
        ("bl*tte", "blatte"),
        ("bl*tterna", "blatterna"),
        ("bl*tt*rna", "blatterna"),
        ("blatte*na", None),
        ("d*", None),
        ("död*", None),
    ],
)
def test_hidden_letters_are_resolved_to_suspicious_words_only(
    masked: str, word: str | None
) -> None:
    assert LEXICON.unmask(masked, "*") == word


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("duärenhora", ["du", "är", "en", "hora"]),
        ("duarenhora", ["du", "är", "en", "hora"]),
        ("dödadigi", ["döda", "dig", "i"]),
        ("hora", ["hora"]),
        ("abcd", None),
        ("horab", None),
    ],
)
def test_a_run_of_letters_is_divided_into_as_few_known_words_as_possible(
    letters: str, words: list[str] | None
) -> None:
    assert LEXICON.divide(letters) == words


def test_an_empty_lexicon_knows_nothing() -> None:
    empty = Lexicon([])

    assert empty.find("hora") is None
    assert empty.unmask("h*ra", "*") is None
    assert empty.divide("hora") is None
