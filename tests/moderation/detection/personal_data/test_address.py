"""Finding street addresses."""

import pytest

from moderation.detection.personal_data import find_personal_data


@pytest.mark.parametrize(
    ("text", "written", "confidence"),
    [
        ("Han bor på Storgatan 12", "Storgatan 12", 0.7),
        ("Han bor på Storgatan 12 B nu", "Storgatan 12 B", 0.7),
        ("Han bor på Storgatan 12b", "Storgatan 12b", 0.7),
        ("hon bor på storgatan 12 i stan", "storgatan 12", 0.7),
        ("Adress: Björkvägen 4", "Björkvägen 4", 0.7),
        ("Hemma hos dem på Stora Torget 3", "Stora Torget 3", 0.7),
        ("Anna Berg, Sankt Eriksgatan 9", "Sankt Eriksgatan 9", 0.7),
        ("Familjen på Ekbacken 7", "Ekbacken 7", 0.7),
        ("Hål i gatan vid Storgatan 12!", "Storgatan 12", 0.35),
        ("Lampan är trasig vid Granstigen 3.", "Granstigen 3", 0.35),
    ],
)
def test_an_address_weighs_more_near_a_person(
    text: str, written: str, confidence: float
) -> None:
    [finding] = find_personal_data(text)
    assert finding.source == "personal_data:address"
    assert finding.span.of(text) == written
    assert finding.confidence == confidence


@pytest.mark.parametrize(
    "text",
    [
        "På vägen 12 bilar",
        "På gatan 12 står den",
        "Cykelvägen 3 är lång",
        "Storgatan 12 km bort",
        "Storgatan 2024 blev fin",
        "Storgatan 12:30",
        "Storgatan 12-14000",
        "Vi bor på Storgatan",
    ],
)
def test_a_road_with_a_number_may_be_no_address(text: str) -> None:
    assert find_personal_data(text) == ()
