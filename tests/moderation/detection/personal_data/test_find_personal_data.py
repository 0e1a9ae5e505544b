"""Finding personal data of all kinds in the text as written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.detection.personal_data import find_personal_data
from moderation.domain.category import Category

PNR = "580926-2743"
MOBILE = "070-1740605"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bra jobbat, kommunen!",
        "KS 2024/123 och dnr 2024-00123",
        "Beslut BUN-2023-001234 § 45",
        "Mötet den 12 maj 2024 kl 18.30",
        "Den 2024-05-12 och den 12/5",
        "Öppet mån–fre 8–17, lör 10.00–14.00",
        "12 345 678 kr eller 1 234 567,50 kronor",
        "59.858612, 17.638912",
        "N 6638000, E 1601234",
        "Version 10.2.3456 och 3.11",
        "Vi vann med 3–2 (21–19, 21–17)",
        "753 10 Uppsala",
        "Åren 1990, 1995 och 2024",
        "Lägenhet 1102 på 85 kvm",
        "12 000 000 invånare",
        "Mål nr 1234-23",
        "Prop. 2021/22:276 och SFS 2022:1697",
        "ISBN 91-0-012345-6",
        "Buss 801 går 07.05, 07.20 och 07.35",
        "IP 192.168.100.12",
        "😀😀 12 😀",
    ],
)
def test_everyday_numbers_are_spared(text: str) -> None:
    assert find_personal_data(text) == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("😀👍🏽 580926-2743 😀", "580926-2743"),
        ("A\u030asa O\u0308berg 580926-2743", "580926-2743"),
        ("\u200b\u200b580926-2743\u200b", "580926-2743"),
        ("x 58\u200b0926-27\u00ad43 x", "58\u200b0926-27\u00ad43"),
        ("x 5\u20608\ufeff0926\u200d-2743 x", "5\u20608\ufeff0926\u200d-2743"),
        ("580926\u00a0-\u202f2743", "580926\u00a0-\u202f2743"),
        ("５８０９２６－２７４３ x", "５８０９２６－２７４３"),
        ("٥٨٠٩٢٦-٢٧٤٣ x", "٥٨٠٩٢٦-٢٧٤٣"),
        ("5\u03368\u03360926-2743", "5\u03368\u03360926-2743"),
        ("Han bor på Bjo\u0308rkva\u0308gen 4", "Bjo\u0308rkva\u0308gen 4"),
        ("ring 070\u200b1740605", "070\u200b1740605"),
    ],
)
def test_what_the_eye_does_not_see_hides_nothing(text: str, written: str) -> None:
    [finding] = find_personal_data(text)
    assert finding.span.of(text) == written


def test_one_place_gives_one_finding() -> None:
    text = f"{PNR}, {MOBILE}, anna@example.se, Storgatan 12 och ABC 123"
    kinds = [f.source.partition(":")[2] for f in find_personal_data(text)]
    assert kinds == [
        "personnummer",
        "phone",
        "email",
        "address",
        "registration_plate",
    ]


def test_a_possible_identity_number_stands_back_for_a_telephone_number() -> None:
    [finding] = find_personal_data("0707319810")
    assert finding.source == "personal_data:phone"


def test_findings_carry_their_category_and_a_swedish_reason() -> None:
    [finding] = find_personal_data("Hon är 5809262743")
    assert finding.category is Category.PERSONAL_DATA
    assert finding.explanation == (
        "Tio siffror med giltigt datum och kontrollsiffra: troligen ett personnummer."
    )


def test_a_text_of_100_000_digits_holds_nothing() -> None:
    assert find_personal_data("1" * 100_000) == ()


def test_no_more_than_500_places_of_a_kind_are_told() -> None:
    assert len(find_personal_data(f"{PNR} " * 9_000)) == 500


_PIECES = st.one_of(
    st.text(max_size=8),
    st.text("0123456789 -+.x\u200b\u0308", max_size=14),
    st.sampled_from([PNR, MOBILE, "anna@example.se", "Storgatan 12", "ABC 123", "bor"]),
)


@given(st.lists(_PIECES, max_size=12).map(" ".join))
def test_findings_stand_in_order_apart_and_never_tell_the_number(text: str) -> None:
    end = 0
    for finding in find_personal_data(text):
        assert end <= finding.span.start < finding.span.end <= len(text)
        end = finding.span.end
        assert re.search(r"\d", finding.explanation) is None
        assert 0 < finding.confidence < 1
        assert finding.variant in {"säker", "trolig", "möjlig"}


@given(
    st.text("abc åäö😀\u200b\u0308,.!", max_size=40),
    st.text("abc 😀\u200b", max_size=40),
)
def test_a_number_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    text = f"{before} {PNR} {after}"
    [finding] = find_personal_data(text)
    assert finding.span.of(text) == PNR


@given(
    st.lists(
        st.sampled_from(["\u200b", "\u00ad", "\u2060", ""]), min_size=10, max_size=10
    )
)
def test_invisible_characters_inside_a_number_do_not_hide_it(signs: list[str]) -> None:
    hidden = "".join(map("".join, zip(PNR, [*signs, ""], strict=True)))
    [finding] = find_personal_data(f"x {hidden} x")
    assert finding.span.of(f"x {hidden} x") == hidden
    assert finding.variant == "säker"
