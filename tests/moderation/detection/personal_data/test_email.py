"""Finding e-mail addresses."""

import pytest

from moderation.detection.personal_data import find_personal_data


@pytest.mark.parametrize(
    ("text", "written", "confidence"),
    [
        ("Skriv till anna.berg@example.se.", "anna.berg@example.se", 0.75),
        ("Skriv till anna+skola@mail.example.se!", "anna+skola@mail.example.se", 0.75),
        ("åsa.öberg@exempel.example.se", "åsa.öberg@exempel.example.se", 0.75),
        ("anna＠example.se", "anna＠example.se", 0.75),
        ("anna (at) example.se", "anna (at) example.se", 0.75),
        ("anna[at]example[dot]se", "anna[at]example[dot]se", 0.75),
        ("anna snabel-a example punkt se", "anna snabel-a example punkt se", 0.75),
        ("info@example.se", "info@example.se", 0.3),
        ("Registrator@example.se", "Registrator@example.se", 0.3),
        ("kommun@example.se", "kommun@example.se", 0.3),
        ("example@example.se", "example@example.se", 0.3),
        ("bygglovsnamnden@example.se", "bygglovsnamnden@example.se", 0.3),
    ],
)
def test_an_address_is_found(text: str, written: str, confidence: float) -> None:
    [finding] = find_personal_data(text)
    assert finding.source == "personal_data:email"
    assert finding.span.of(text) == written
    assert finding.confidence == confidence


@pytest.mark.parametrize(
    "text", ["@anna kolla här", "anna@", "anna@example", "3 st @ 50 kr", "a (att) b"]
)
def test_a_mention_is_no_address(text: str) -> None:
    assert find_personal_data(text) == ()
