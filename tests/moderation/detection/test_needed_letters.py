import pytest

from moderation.detection.needed_letters import has_needed, needed_letters


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bska döda\b", {("döda",), ("ska",)}),
        (r"\b(?:dig|er) nu", {("dig", "er"), ("nu",)}),
        (r"hej.{0,9}\?", {("hej",), ("?",)}),
        (r"(?=[^.]{0,9}nu)hej", {("hej",), ("nu",)}),
        (r"(?:hej){1,2}då", {("hej",), ("då",)}),
        (r"döda+t", {("döda",)}),
        (r"(?>svin|idiot\w*)", {("idiot", "svin")}),
        # What can be left out, or must not be there
        (r"döda?", {("död",)}),
        (r"(?:hej)?(?:du){0,2}(?:er)*", set()),
        (r"(?!hej)(?<!du)", set()),
        (r"hej|\w+", set()),
        (r"(?:hej){e<=1}", set()),
        (r"[hej][^]du]+\p{Lu}", set()),
        # What is not understood
        (r"(?i)hej", set()),
        (r"(?P<name>hej)", set()),
        (r"hej)", set()),
        (r"(hej", set()),
    ],
)
def test_what_a_pattern_cannot_match_without(
    pattern: str, needed: set[tuple[str, ...]]
) -> None:
    assert set(needed_letters(pattern)) == needed


def test_a_text_needs_one_of_each_set_of_letters() -> None:
    needed = (("dig", "er"), ("ska",))

    assert has_needed("jag ska er", needed)
    assert not has_needed("jag ska", needed)
    assert not has_needed("dig er", needed)
    assert has_needed("", ())
