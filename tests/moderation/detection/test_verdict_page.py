from collections.abc import Callable, Mapping

import pytest

from moderation.detection.judged import Judged
from moderation.detection.verdict_page import verdict_page, worst_page
from moderation.domain.category import CATEGORIES, Category
from moderation.domain.finding import Detection, Finding, Span
from moderation.domain.verdict import Policy, assess

Page = Callable[..., str]
POLICY = Policy()
FINDING = Finding(
    category=Category.THREAT,
    source="rule:hit_you",
    confidence=0.9,
    explanation="Kan vara ett hot om våld.",
    span=Span(4, 11),
)


def one(
    text: str = "jag slår dig",
    *,
    domain: str = "",
    labels: tuple[Category, ...] = (),
    scores: Mapping[Category, float] | None = None,
    detection: Detection | None = None,
) -> Judged:
    given = scores or {}
    told = detection or Detection(scores=tuple(given.get(c, 0.0) for c in CATEGORIES))
    verdict = assess(told, POLICY, ruleset="regler-1", model="modell-1")
    flagged = tuple(c for c in CATEGORIES if verdict.scores[CATEGORIES.index(c)] >= 0.5)
    return Judged(
        text=text, domain=domain, labels=labels, flagged=flagged, verdict=verdict
    )


def page(*judged: Judged) -> str:
    return verdict_page(judged, POLICY, is_invented=True)


def test_a_verdict_shows_the_text_the_label_the_advice_and_why() -> None:
    found = one(labels=(Category.THREAT,), detection=Detection(findings=(FINDING,)))

    assert (
        "> jag slår dig\n\n"
        "- Märkt: hot\n"
        "- Råd: en människa bör titta (hot 90 %)\n"
        "- hot, 90 %, «slår di»: Kan vara ett hot om våld. (rule:hit\\_you)\n"
    ) in page(found)


def test_what_is_left_alone_shows_what_came_nearest() -> None:
    missed = one(labels=(Category.HATE,), scores={Category.HATE: 0.2})

    assert (
        "- Märkt: hat mot grupp\n"
        "- Råd: låt stå; inget nådde sin tröskel, hat mot grupp fick 20 % mot 50 %\n"
    ) in page(missed)


def test_what_could_not_be_read_is_said() -> None:
    unread = one(detection=Detection(not_assessed=("Texten gick inte att läsa.",)))

    told = page(unread)

    assert "- Råd: en människa bör titta; inget nådde sin tröskel" in told
    assert "- Texten gick inte att läsa.\n" in told


def test_forty_verdicts_are_half_right_and_half_wrong() -> None:
    threat = {Category.THREAT: 0.9}
    told = page(
        *[one("hittad", labels=(Category.THREAT,), scores=threat)] * 15,
        *[one("skonad", domain="idiom")] * 15,
        *[one("fällan", domain="idiom", scores=threat)] * 15,
        *[one("missad", labels=(Category.THREAT,))] * 15,
    )

    assert told.count("\n### ") == 40
    assert [told.count(f"> {text}\n") for text in ("hittad", "skonad")] == [10, 10]
    assert [told.count(f"> {text}\n") for text in ("fällan", "missad")] == [10, 10]


def test_the_worst_page_has_errors_only_and_the_surest_first() -> None:
    judged = [
        one("rätt", labels=(Category.THREAT,), scores={Category.THREAT: 0.9}),
        one("säker", scores={Category.SPAM: 0.9}),
        one("säkrast", scores={Category.SPAM: 0.99}),
        one("missad", labels=(Category.THREAT,)),
    ]

    told = worst_page(judged, POLICY, is_invented=True)

    assert "> rätt\n" not in told
    assert told.index("> säkrast") < told.index("> säker\n") < told.index("> missad")


def test_a_part_with_nothing_in_it_says_so() -> None:
    assert page().count("Inga sådana i filen.") == 4


def test_a_heading_warns_that_the_texts_are_invented() -> None:
    assert "\n## Varning: texterna är påhittade exempel\n" in page()


@pytest.mark.parametrize("write", [verdict_page, worst_page])
def test_texts_of_ones_own_are_not_called_invented(write: Page) -> None:
    told = write([], POLICY, is_invented=False)

    assert "påhittade" not in told
    assert "\n## Varning: texterna kommer ur er egen fil\n" in told


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("rad ett\nrad två", "> rad ett\n> rad två\n"),
        ("tomt\n\nemellan", "> tomt\n>\n> emellan\n"),
        ("# inte *rubrik*", "> \\# inte \\*rubrik\\*\n"),
        ("<b>&amp;", "> \\<b\\>\\&amp;\n"),
        ("1. ett\n- två", "> 1\\. ett\n> \\- två\n"),
        ("`kod` [länk](x)", "> \\`kod\\` \\[länk\\](x)\n"),
    ],
)
def test_a_text_is_shown_as_it_was_written(text: str, quoted: str) -> None:
    assert quoted in page(one(text, labels=(Category.THREAT,)))
