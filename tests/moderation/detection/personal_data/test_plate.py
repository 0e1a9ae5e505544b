"""Finding registration plates."""

import pytest

from moderation.detection.personal_data import find_personal_data


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Bilen ABC 123 stod där", "ABC 123"),
        ("Det var DEF12G som körde", "DEF12G"),
        ("ABC123", "ABC123"),
        ("bilen abc123 parkerade fel", "abc123"),
        ("regnr abc 12d", "abc 12d"),
        ("Skylten SOL 123 på bilen", "SOL 123"),
    ],
)
def test_a_plate_is_found(text: str, written: str) -> None:
    [finding] = find_personal_data(text)
    assert finding.source == "personal_data:registration_plate"
    assert finding.span.of(text) == written
    assert finding.confidence == 0.6


@pytest.mark.parametrize(
    "text",
    [
        "Regnr ABI 123",
        "Regnr ABQ 123",
        "Regnr AVB 123",
        "Regnr ÅBC 123",
        "Regnr ABC 12O",
        "Skylten XABC 123",
        "LSS 100 är viktigt",
        "Det kostar EUR 500",
        "ABC 123 kr",
        "ABC 000",
        "ABC 1234",
        "ABC 12",
        "abc123",
        "JAG SKA GE ER 500 SKÄL OCH SEN 100 TILL",
        "bilen har 200 hästar",
    ],
)
def test_what_is_no_plate_is_spared(text: str) -> None:
    assert find_personal_data(text) == ()
