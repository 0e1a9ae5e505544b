"""The marked text is always the whole text, in its order."""

from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.category import CATEGORIES, Category
from moderation.domain.finding import Finding
from tests.factories import a_finding
from webui.marking import EXCERPT, excerpt, hidden_signs, pieces


@st.composite
def texts_with_findings(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(st.text(max_size=60))
    places = st.integers(0, len(text) + 5)
    findings = st.builds(
        lambda category, a, b, confidence: a_finding(
            category, start=min(a, b), end=max(a, b), confidence=confidence
        ),
        st.sampled_from(CATEGORIES),
        places,
        places,
        st.floats(0, 1),
    )
    return text, draw(st.lists(findings, max_size=8))


@given(texts_with_findings())
def test_the_pieces_together_are_the_text(case: tuple[str, list[Finding]]) -> None:
    text, findings = case

    assert "".join(piece.text for piece in pieces(text, findings)) == text


@given(texts_with_findings())
def test_a_sign_is_marked_where_its_evidence_is_and_nowhere_else(
    case: tuple[str, list[Finding]],
) -> None:
    text, findings = case
    placed = [f for f in findings if 0 <= f.span.start < f.span.end <= len(text)]

    at = 0
    for piece in pieces(text, findings):
        for place in range(at, at + len(piece.text)):
            expected = {
                f.category for f in placed if f.span.start <= place < f.span.end
            }
            assert set(piece.categories) == expected
        at += len(piece.text)


def test_overlapping_evidence_is_cut_where_it_begins_and_ends() -> None:
    text = "din jävla idiot"
    insult = a_finding(Category.INSULT, start=0, end=15)
    swearing = a_finding(Category.PROFANITY, start=4, end=9)

    cut = [(piece.text, piece.categories) for piece in pieces(text, [insult, swearing])]

    assert cut == [
        ("din ", (Category.INSULT,)),
        ("jävla", (Category.INSULT, Category.PROFANITY)),
        (" idiot", (Category.INSULT,)),
    ]


def test_each_piece_of_evidence_begins_once() -> None:
    found = pieces("sl\u200bå dig", [a_finding(start=0, end=8)])

    assert [piece.starts for piece in found] == [True, False, False]
    assert [piece.hidden_sign for piece in found] == ["", "U+200B", ""]


def test_the_joiner_inside_an_emoji_hides_nothing() -> None:
    assert hidden_signs("👨\u200d👩\u200d👧") == []
    assert hidden_signs("hej\u200ddå") == [("U+200D", "fogare utan bredd", 1)]


def test_a_text_of_a_hundred_thousand_signs_full_of_evidence_is_marked() -> None:
    findings = [a_finding(start=n, end=n + 3) for n in range(0, 90_000, 5)]

    found = pieces("ord, " * 20_000, findings)

    assert sum(len(piece.text) for piece in found) == 100_000
    assert len(found) < 10


def test_an_excerpt_is_short_and_holds_the_most_urgent_evidence() -> None:
    text = "fan " + "ord " * 200 + "jag ska slå dig " + "ord " * 200
    start = text.index("jag ska")
    findings = [
        a_finding(Category.PROFANITY, start=0, end=3),
        a_finding(Category.THREAT, start=start, end=start + 15),
    ]

    found = excerpt(text, findings)

    assert [p.text for p in found if p.categories] == ["jag ska slå dig"]
    assert sum(len(piece.text) for piece in found) <= EXCERPT + 4
    assert found[0].text == "… "
    assert found[-1].text == " …"


def test_a_short_text_is_its_own_excerpt() -> None:
    assert [p.text for p in excerpt("Hej", [])] == ["Hej"]


def test_evidence_longer_than_the_excerpt_is_cut_with_it() -> None:
    found = excerpt("a" * 500, [a_finding(start=0, end=500)])

    assert len("".join(p.text for p in found if p.categories)) == EXCERPT
