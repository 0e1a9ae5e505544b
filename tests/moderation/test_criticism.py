import pytest

from moderation.criticism import is_criticism
from moderation.domain.category import Category
from tests.factories import a_clean_verdict, a_finding, a_verdict

RUDE = a_finding(Category.PROFANITY)
INSULT = a_finding(Category.INSULT)
THREAT = a_finding(Category.THREAT)
QUESTION = a_finding(Category.QUESTION)


@pytest.mark.parametrize(
    ("findings", "text"),
    [
        ((RUDE,), "Fan vad dyrt det blev."),
        ((RUDE, QUESTION), "Vad i helvete kostar det?"),
        ((INSULT,), "Kommunen är en samling klåpare."),
        ((INSULT, RUDE), "Jävla idioter på socialnämnden."),
        ((INSULT,), "Enhetschefen är inkompetent."),
        ((INSULT,), "TJÄNSTEMÄNNEN är lata."),
    ],
)
def test_the_lamp_is_lit_for_rude_words_and_for_insults_of_those_in_office(
    findings: tuple[object, ...], text: str
) -> None:
    assert is_criticism(a_verdict(*findings), text)  # type: ignore[arg-type]  # table


@pytest.mark.parametrize(
    ("findings", "text"),
    [
        ((THREAT,), "Jag ska slå dig utanför kommunhuset."),
        ((RUDE, THREAT), "Jag ska fan slå dig."),
        ((INSULT,), "Din granne är en idiot."),
        ((INSULT,), "Hans kommunikation är idiotisk, och han nämnde mig."),
    ],
)
def test_the_lamp_is_not_lit_for_anything_else(
    findings: tuple[object, ...], text: str
) -> None:
    assert not is_criticism(a_verdict(*findings), text)  # type: ignore[arg-type]  # table


def test_the_lamp_is_not_lit_where_nothing_was_found() -> None:
    assert not is_criticism(a_clean_verdict(), "Kommunen är bra.")
