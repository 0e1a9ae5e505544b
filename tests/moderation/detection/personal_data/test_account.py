"""Finding accounts and cards; the numbers are the issuers' own published examples."""

import pytest

from moderation.detection.personal_data import find_personal_data


@pytest.mark.parametrize(
    ("text", "kind", "written", "confidence"),
    [
        (
            "SE45 5000 0000 0583 9825 7466 är mitt",
            "iban",
            "SE45 5000 0000 0583 9825 7466",
            0.9,
        ),
        ("se4550000000058398257466", "iban", "se4550000000058398257466", 0.9),
        ("GB82 WEST 1234 5698 7654 32", "iban", "GB82 WEST 1234 5698 7654 32", 0.9),
        ("4111 1111 1111 1111", "payment_card", "4111 1111 1111 1111", 0.9),
        ("4111-1111-1111-1111", "payment_card", "4111-1111-1111-1111", 0.9),
        ("5555555555554444", "payment_card", "5555555555554444", 0.6),
        ("3782 822463 10005", "payment_card", "3782 822463 10005", 0.9),
        ("Bankgiro 5050-1055", "bank_account", "5050-1055", 0.6),
        ("bg: 50501055", "bank_account", "50501055", 0.6),
        ("5050-1055", "bank_account", "5050-1055", 0.4),
        ("Kommunens bankgiro 5050-1055", "bank_account", "5050-1055", 0.3),
        ("Plusgiro 12 34 56-6", "bank_account", "12 34 56-6", 0.6),
        ("Kontonummer: 5000-1234567", "bank_account", "5000-1234567", 0.7),
        (
            "Clearing 8327-9, konto 123 456 789-0",
            "bank_account",
            "8327-9, konto 123 456 789-0",
            0.7,
        ),
    ],
)
def test_an_account_is_found(
    text: str, kind: str, written: str, confidence: float
) -> None:
    [finding] = find_personal_data(text)
    assert finding.source == f"personal_data:{kind}"
    assert finding.span.of(text) == written
    assert finding.confidence == confidence


@pytest.mark.parametrize(
    "text",
    [
        "SE45 5000 0000 0583 9825 7467",
        "4111 1111 1111 1112",
        "9111 1111 1111 1111",
        "OCR 4111111111111111",
        "Bankgiro 5050-1056",
        "5050-1056",
        "Åren 1990-2024",
        "Öppet 1000-1800",
        "Plusgiro 12 34 56-7",
        "Kontot visar 12 345 678 kr",
        "ISBN 978-91-0-012345-6",
        "Faktura 5050-1055",
    ],
)
def test_what_is_no_account_is_spared(text: str) -> None:
    assert find_personal_data(text) == ()
