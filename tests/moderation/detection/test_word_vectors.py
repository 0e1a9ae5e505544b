import numpy as np
import pytest

from moderation.detection.word_vectors import WordVectors

COMMENTS = [
    ["bussen", "var", "sen"],
    ["bussen", "var", "full"],
    ["skolan", "var", "fin"],
    ["skolan", "var", "stängd"],
]


@pytest.fixture
def vectors() -> WordVectors:
    return WordVectors().fit(COMMENTS * 2)


def test_words_of_the_same_comments_lie_near(vectors: WordVectors) -> None:
    bus, late, school = vectors.of_comments([["bussen"], ["sen"], ["skolan"]])

    assert bus @ late > bus @ school


def test_a_comment_is_the_mean_of_its_known_words(vectors: WordVectors) -> None:
    bus, school, both = vectors.of_comments(
        [["bussen"], ["skolan"], ["bussen", "okänt", "skolan"]]
    )

    assert both == pytest.approx((bus + school) / 2)
    assert np.linalg.norm(bus) == pytest.approx(1.0)


def test_a_comment_of_unknown_words_is_zeros(vectors: WordVectors) -> None:
    assert not vectors.of_comments([["okänt"], []]).any()
