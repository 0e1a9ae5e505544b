"""Finding telephone numbers, all from the series set aside for fiction."""

import pytest

from moderation.detection.personal_data import find_personal_data


@pytest.mark.parametrize(
    ("text", "written", "confidence"),
    [
        ("Ring 070-174 06 05 ikväll", "070-174 06 05", 0.8),
        ("Ring mig på 0701740605!", "0701740605", 0.8),
        ("0701740605", "0701740605", 0.8),
        ("Swisha 070 174 06 05", "070 174 06 05", 0.8),
        ("Mobil: 070/174 06 05", "070/174 06 05", 0.8),
        ("Mobil: 070.174.06.05", "070.174.06.05", 0.8),
        ("Mobil (070) 174 06 05", "(070) 174 06 05", 0.8),
        ("07 01 74 06 05 funkar", "07 01 74 06 05", 0.8),
        ("tel:0701740605", "0701740605", 0.8),
        ("+46 70 174 06 05", "+46 70 174 06 05", 0.8),
        ("+46701740605", "+46701740605", 0.8),
        ("+46 (0)70 174 06 05", "+46 (0)70 174 06 05", 0.8),
        ("0046 70 174 06 05", "0046 70 174 06 05", 0.8),
        ("ring 46701740605", "46701740605", 0.8),
        ("46701740605", "46701740605", 0.4),
        ("08-465 004 12 hem till dem", "08-465 004 12", 0.7),
        ("08-46500412", "08-46500412", 0.7),
        ("0701740605 12 st", "0701740605", 0.8),
        ("Växeln har 08-465 004 12", "08-465 004 12", 0.4),
        ("Kontaktcenter: 08-46500412", "08-46500412", 0.4),
        ("Ring jouren, 070-174 06 05", "070-174 06 05", 0.4),
        ("Hans nummer på polisen är 070-174 06 05", "070-174 06 05", 0.8),
        ("Skatteupplysningen 0771-567 567", "0771-567 567", 0.4),
    ],
)
def test_a_telephone_number_is_found(
    text: str, written: str, confidence: float
) -> None:
    [finding] = find_personal_data(text)
    assert finding.source == "personal_data:phone"
    assert finding.span.of(text) == written
    assert finding.confidence == confidence


def test_a_foreign_number_needs_its_country_code() -> None:
    [finding] = find_personal_data("Ring +47 22 12 34 56")
    assert finding.confidence == 0.7
    assert find_personal_data("Ring 22 12 34 56") == ()


def test_two_numbers_after_each_other_are_two() -> None:
    text = "070-1740605 08-46500412"
    found = [f.span.of(text) for f in find_personal_data(text)]
    assert found == ["070-1740605", "08-46500412"]


@pytest.mark.parametrize(
    "text",
    [
        "Ring 112, 1177 eller 114 14",
        "Öppet 08.30-17.00",
        "Öppet 0830-1700",
        "Öppet 08:30 - 17:00",
        "Den 08-12-2024",
        "Den 08/12 2024",
        "Den 01/02-05/02 2024",
        "OCR 0701740605",
        "Dnr 0701740605",
        "Artikelnr 08-46500412",
        "Det väger 0701740605 kg",
        "https://example.se/0701740605",
        "010.010.010.010",
        "0000000000",
        "0,701740605",
        "+999 12 34 56 78",
    ],
)
def test_what_is_no_telephone_number_is_spared(text: str) -> None:
    assert find_personal_data(text) == ()
