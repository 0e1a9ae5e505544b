import pytest

from moderation.detection.pattern_words import needed_words


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bska döda\b", [("ska",), ("döda",)]),
        (r"\b(?:dig|er) nu\b", [("dig", "er"), ("nu",)]),
        (r"\bska\w* (döda|slå ihjäl)\b", [("ska*",), ("döda", "slå ihjäl")]),
        (r"\bslår? dig\b", [("slå*",), ("dig",)]),
        (r"\b\w*rektor\w* är", [("*rektor*",), ("är*",)]),
        (r"\bhej.{0,9}\?", [("hej*",), ("?",)]),
        # Beside what may be left out, a word may be longer
        (r"\bdu (\w+ ){0,3}är\b", [("du",), ("är",)]),
        (r"\bskit(?:stövel)? du\b", [("skit*",), ("du",)]),
        (r"\bdu (?:är)?dum\b", [("du",), ("*dum*",)]),
        (r"\bdu ?är\b", [("du*",)]),
        # Names stand for words that are known later
        (r"\b{will} WORDS\b", [("{will}",), ("WORDS",)]),
        (r"\bWORDS(igt)?\b", [("WORDS*",)]),
        # What must stand around is needed as well
        (r"\bska\b(?=.{0,9}\bnu\b)", [("ska",), ("nu",)]),
        (r"(?<=\bdu )ska\b", [("du",), ("*ska*",)]),
        # A choice is needed by the rarest of each way
        (r"\b(?:du är dum|idiot)\b", [("du är dum", "idiot")]),
        (r"\b(?:du|\w+) är\b", [("är",)]),
        # Words side by side are needed side by side, if they are known whole
        (r"\b(?:vi är|säg till)", [("säg till*", "vi är*")]),
        (r"\b(?:vi \w+ är|hej)\b", [("hej", "vi")]),
        # What can be left out, or must not be there
        (r"\b(?:hej )?(?:du ){0,2}(?:er )*", []),
        (r"(?!hej)(?<!du)", []),
        (r"(?=hej)?", []),
        (r"[hej][^]du]+\p{Lu}\d", []),
        # What is not understood
        (r"(?i)hej", []),
        (r"(?P<name>hej)", []),
        (r"hej)", []),
        (r"(hej", []),
        (r"(?:hej){e<=1}", []),
    ],
)
def test_the_words_that_a_pattern_cannot_match_without(
    pattern: str, needed: list[tuple[str, ...]]
) -> None:
    assert [one.words for one in needed_words(pattern)] == needed
