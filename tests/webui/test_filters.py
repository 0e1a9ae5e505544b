import pytest

from moderation.domain.category import CATEGORIES, Category
from webui import filters, wording


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://kommunen.example/a?b=c", "https://kommunen.example/a?b=c"),
        (" http://kommunen.example/ ", "http://kommunen.example/"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt://kommunen.example/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("//kommunen.example/", ""),
        ("https:", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_may_be_followed(url: str, shown: str) -> None:
    assert filters.safe_link(url) == shown


@pytest.mark.parametrize(
    ("category", "confidence", "words"),
    [
        (Category.THREAT, 0.95, "Troligt hot"),
        (Category.PERSONAL_DATA, 0.6, "Möjlig personuppgift"),
        (Category.INSULT, 0.2, "Kanske personangrepp"),
    ],
)
def test_a_suspicion_is_put_in_words(
    category: Category, confidence: float, words: str
) -> None:
    assert wording.suspicion(category, confidence) == words


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("confidence", [0.1, 0.5, 0.9])
def test_no_suspicion_is_put_as_a_fact(category: Category, confidence: float) -> None:
    first = wording.suspicion(category, confidence).split()[0]

    assert first in {"Trolig", "Troligt", "Möjlig", "Möjligt", "Kanske"}


def test_the_source_of_a_finding_is_named_in_swedish() -> None:
    assert wording.source("rule:hot-direkt") == "regel hot-direkt"
    assert wording.source("personal_data:phone") == "sökning efter telefonnummer"
    assert wording.source("classifier") == "språkmodellen"
