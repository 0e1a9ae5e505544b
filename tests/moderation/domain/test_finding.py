from moderation.domain.finding import Span


def test_a_span_gives_the_words_at_its_place_in_code_points() -> None:
    text = "😀 e\u0301n jävel till"

    assert Span(0, 1).of(text) == "😀"
    assert Span(6, 11).of(text) == "jävel"
