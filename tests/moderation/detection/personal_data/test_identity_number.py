"""Finding personnummer and samordningsnummer, all of them official test numbers."""

import json
from pathlib import Path
from typing import Any

import pytest

from moderation.detection.personal_data import find_personal_data
from moderation.detection.personal_data.candidate import Kind
from moderation.detection.personal_data.identity_number import kind_of
from moderation.domain.finding import Finding

PAYLOAD = Path(__file__).parents[3] / "payloads" / "test_personnummer.json"
NUMBERS: list[dict[str, Any]] = json.loads(PAYLOAD.read_text("utf-8"))["numbers"]
SENTENCES = (
    "Hennes personnummer är {}, sa grannen.",
    "Varför ligger pnr {} ute på er sida?",
)


def identity_numbers(text: str) -> list[Finding]:
    kinds = ("personal_data:personnummer", "personal_data:samordningsnummer")
    return [f for f in find_personal_data(text) if f.source in kinds]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_official_test_number_is_found_as_what_it_is(sentence: str) -> None:
    for row in (row for row in NUMBERS if row["expected_valid"]):
        text = sentence.format(row["input"])
        [finding] = find_personal_data(text)
        assert finding.source == f"personal_data:{row['type']}", row
        assert finding.variant in {"säker", "trolig"}, row
        assert finding.span.of(text) == row["input"]


@pytest.mark.parametrize("sentence", [*SENTENCES, "Se {} på tavlan.", "{}"])
def test_no_number_with_a_wrong_check_digit_is_more_than_possible(
    sentence: str,
) -> None:
    broken = [row for row in NUMBERS if not row["expected_valid"]]
    assert len(broken) == 500
    for row in broken:
        for finding in find_personal_data(sentence.format(row["input"])):
            assert finding.variant == "möjlig", row
            assert finding.confidence < 0.5


def test_numbers_without_any_context_are_found_unless_they_are_mobile_numbers() -> None:
    valid = [row for row in NUMBERS if row["expected_valid"]]
    missed = [row["input"] for row in valid if not identity_numbers(row["input"])]
    assert missed == ["0707319810", "0706602398"]


@pytest.mark.parametrize(
    ("text", "written", "variant"),
    [
        ("Hon är 19580926-2743.", "19580926-2743", "säker"),
        ("Hon är 195809262743.", "195809262743", "säker"),
        ("Hon är 19580926 2743.", "19580926 2743", "säker"),
        ("Hon är 580926-2743.", "580926-2743", "säker"),
        ("Hon är 580926 2743.", "580926 2743", "säker"),
        ("Hon är 580926+2743.", "580926+2743", "säker"),
        ("Hon är 580926–2743.", "580926–2743", "säker"),
        ("Hon är 580926−2743.", "580926−2743", "säker"),
        ("Hon är 580926‑2743.", "580926‑2743", "säker"),
        ("Hon är 580926 - 2743.", "580926 - 2743", "säker"),
        ("Hon är 580926/2743.", "580926/2743", "säker"),
        ("Hon är 580926.2743.", "580926.2743", "säker"),
        ("Hon är 1958-09-26-2743.", "1958-09-26-2743", "säker"),
        ("Hon är 1958.09.26-2743.", "1958.09.26-2743", "säker"),
        ("Hon är 58/09/26-2743.", "58/09/26-2743", "säker"),
        ("Hon är 1958-09-26 2743.", "1958-09-26 2743", "säker"),
        ("pnr580926-2743", "580926-2743", "säker"),
        ("(580926-2743)", "580926-2743", "säker"),
        ("580926-2743,580926-2743", "580926-2743", "säker"),
        ("Hon är 5809262743.", "5809262743", "trolig"),
        ("Är det 5809262743?", "5809262743", "trolig"),
        ("5 8 0 9 2 6 2 7 4 3 är hon", "5 8 0 9 2 6 2 7 4 3", "trolig"),
        ("kl 12 5 8 0 9 2 6 2 7 4 3", "5 8 0 9 2 6 2 7 4 3", "trolig"),
        ("5.8.0.9.2.6.2.7.4.3 är hon", "5.8.0.9.2.6.2.7.4.3", "trolig"),
        ("1 9 5 8 0 9 2 6 2 7 4 3 ja", "1 9 5 8 0 9 2 6 2 7 4 3", "säker"),
        ("1958 0926 2743 är hon", "1958 0926 2743", "trolig"),
        ("personnumret: 58 09 26 27 43", "58 09 26 27 43", "trolig"),
        ("Momsnr SE580926274301", "5809262743", "trolig"),
        ("enskild firma, org.nr 580926-2743", "580926-2743", "säker"),
        ("hennes personnummer 0707319810", "0707319810", "trolig"),
        ("född 0707319810", "0707319810", "trolig"),
        ("Hon är 580926-2740.", "580926-2740", "möjlig"),
        ("Hon är 5809262740.", "5809262740", "möjlig"),
        ("Hon är 580926-XXXX.", "580926-XXXX", "möjlig"),
        ("Hon är 19580926-xxxx.", "19580926-xxxx", "möjlig"),
        ("Hon är 580926-****", "580926-****", "möjlig"),
        ("Hon är 580926-27XX", "580926-27XX", "möjlig"),
        ("58 09 26 27 43", "58 09 26 27 43", "möjlig"),
        ("https://example.se/p/5809262743", "5809262743", "möjlig"),
        ("OCR 5809262743", "5809262743", "möjlig"),
    ],
)
def test_a_number_is_found_however_it_is_written(
    text: str, written: str, variant: str
) -> None:
    finding = identity_numbers(text)[0]
    assert finding.span.of(text) == written
    assert finding.variant == variant


@pytest.mark.parametrize(
    "text",
    [
        "Bolaget har 556677-8899 som organisationsnummer.",
        "Bolaget har 16556677-8899.",
        "Bolaget har 165566778899.",
        "Den 580231-2743 finns inte.",
        "Artikel 12-580926-2743",
        "Artikel 580926-2743-1",
        "Artikel 1.580926-2743",
        "Mötet är 2024-05-12 1830.",
        "Mötet är 20240512 1830.",
        "OCR 5809262740",
        "Det kostar 5809262740 kr",
        "Det kostar 5 809 262 740 kr",
        "Kontot 999958092627439999",
        "Hon är född 580926.",
        "1 2 3 4 5 6 7 8 9 0",
        "580926-XXXXX",
    ],
)
def test_other_numbers_are_no_identity_numbers(text: str) -> None:
    assert identity_numbers(text) == []


@pytest.mark.parametrize(
    ("date", "century", "kind"),
    [
        ("000229", "20", Kind.PERSONNUMMER),
        ("000229", "19", None),
        ("040229", "20", Kind.PERSONNUMMER),
        ("050229", "20", None),
        ("850131", "19", Kind.PERSONNUMMER),
        ("850132", "19", None),
        ("850431", "19", None),
        ("851301", "19", None),
        ("850001", "19", None),
        ("850100", "19", None),
        ("850161", "19", Kind.SAMORDNINGSNUMMER),
        ("850191", "19", Kind.SAMORDNINGSNUMMER),
        ("850192", "19", None),
        ("850160", "19", Kind.SAMORDNINGSNUMMER),
        ("850061", "19", Kind.SAMORDNINGSNUMMER),
        ("850060", "19", Kind.SAMORDNINGSNUMMER),
        ("851361", "19", None),
        ("850140", "19", None),
    ],
)
def test_only_real_dates_and_the_official_unknown_ones_count(
    date: str, century: str, kind: Kind | None
) -> None:
    assert kind_of(date, century=century, serial="239") is kind


def test_the_serial_000_is_never_given_out() -> None:
    assert kind_of("850101", century="19", serial="000") is None
