"""The labelled corpus: no near twins, known codes, invented numbers, clean parts."""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from moderation.domain.category import FLAGGING, Category
from moderation.paths import samples_folder

ROOT = Path(__file__).parents[2]
PARTS = ("train", "dev", "test")
DOMAINS = {
    "everyday", "question", "praise", "criticism", "angry_criticism",
    "opinion_migration", "opinion_religion", "counter_speech", "quoting", "news",
    "friendly_profanity", "idiom", "look_alike_number", "secrecy_question",
    "group_neutral", "dialect", "learner", "other_language", "sarcasm", "harmful",
}  # fmt: skip
TOO_NEAR = 0.8
PERSONAL_NUMBER = re.compile(
    r"(?<!\d)(?:18|19|20)?\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])"
    r"\s?[-+–]?\s?\d{4}(?!\d)"
)
PHONE = re.compile(
    r"(?<![\d-])(?<!\d )(?:\+46|0046|0)[ \-()0]*[1-9](?:[ \-/().]*\d){6,9}(?!\d)"
)
FICTIONAL = re.compile(
    r"0701740(?:60[5-9]|6[1-9]\d)|08465004\d\d|0313900(?:6\d\d)|0406280(?:4\d\d)"
    r"|0123\d{3,7}"
)

Row = dict[str, str]


def read(part: str) -> list[Row]:
    path = samples_folder() / "corpus" / f"{part}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{**row, "part": part} for row in csv.DictReader(file)]


ROWS = [row for part in PARTS for row in read(part)]


def test_the_parts_have_the_columns_of_the_label_guide() -> None:
    for part in PARTS:
        assert list(read(part)[0]) == [
            "text", "flag", "categories", "domain", "voice", "batch", "part",
        ]  # fmt: skip


def test_every_row_has_a_text_a_voice_a_batch_and_a_known_domain() -> None:
    for row in ROWS:
        assert row["text"].strip(), row
        assert row["voice"], row
        assert row["batch"], row
        assert row["domain"] in DOMAINS, row


def test_every_code_is_known_and_stands_once() -> None:
    for row in ROWS:
        codes = row["categories"].split(";") if row["categories"] else []

        assert set(codes) <= set(Category), row
        assert len(codes) == len(set(codes)), row


def test_a_row_is_flagged_when_it_has_a_category_other_than_question() -> None:
    for row in ROWS:
        flags = set(row["categories"].split(";")) & set(FLAGGING)

        assert row["flag"] == ("1" if flags else "0"), row


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("category", Category)
def test_every_part_has_examples_of_every_category(
    part: str, category: Category
) -> None:
    rows = [r for r in ROWS if r["part"] == part]

    assert [r for r in rows if category in r["categories"].split(";")]


@pytest.mark.parametrize("column", ["voice", "batch"])
def test_no_voice_and_no_batch_is_in_two_parts(column: str) -> None:
    parts: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        parts[row[column]].add(row["part"])

    assert not {name: found for name, found in parts.items() if len(found) > 1}


def test_no_two_rows_are_nearly_the_same() -> None:
    grams = [_grams(row["text"]) for row in ROWS]

    assert not [(ROWS[a]["text"], ROWS[b]["text"]) for a, b in _near(grams, TOO_NEAR)]


def test_near_twins_would_be_found() -> None:
    texts = ["Jag ska döda dig i morgon!", "jag ska döda  dig i morgon", "Hej hej hej"]

    assert list(_near(list(map(_grams, texts)), TOO_NEAR)) == [(0, 1)]


def test_personal_numbers_are_of_the_official_test_series() -> None:
    numbers = json.loads(
        (ROOT / "tests" / "payloads" / "test_personnummer.json").read_text("utf-8")
    )["numbers"]
    invented = {_short(number["input"]) for number in numbers}

    for row in ROWS:
        for found in PERSONAL_NUMBER.findall(row["text"]):
            if row["domain"] == "look_alike_number" and _is_date_and_time(found):
                continue
            assert _short(found) in invented or not _is_checked(_short(found)), row


def test_phone_numbers_are_of_the_series_for_fiction() -> None:
    """Case, invoice and other numbers that only look like one are made up."""
    for row in ROWS:
        if row["domain"] == "look_alike_number" and "personal" not in row["categories"]:
            continue
        for match in PHONE.finditer(row["text"]):
            if PERSONAL_NUMBER.search(match.group()):
                continue
            digits = re.sub(r"\D", "", match.group())
            national = re.sub(r"^(?:0046|46)0?", "0", digits)

            assert FICTIONAL.fullmatch(national), row


def test_e_mail_addresses_are_of_example_domains() -> None:
    for row in ROWS:
        for domain in re.findall(r"[\w.]@([\w-]+(?:\.[\w-]+)+)", row["text"]):
            assert re.search(r"(^|\.)example\.(se|com|org|net)$", domain.lower()), row


def _grams(text: str) -> frozenset[str]:
    plain = " ".join(re.findall(r"\w+", text.lower()))
    return frozenset(plain[i : i + 5] for i in range(max(1, len(plain) - 4)))


def _near(grams: list[frozenset[str]], limit: float) -> Iterator[tuple[int, int]]:
    """Yield pairs whose grams are alike, by an index over each row's rarest grams.

    Two sets as alike as the limit must share one of the first grams of each, in any
    common order, where only the last limit of a set is left out.
    """
    how_common = Counter(gram for row in grams for gram in row)
    rows_of: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(grams):
        rarest = sorted(row, key=lambda gram: (how_common[gram], gram))
        first = rarest[: len(row) - int(limit * len(row)) + 1]
        for other in sorted({other for gram in first for other in rows_of[gram]}):
            both = len(row & grams[other])
            if both >= limit * (len(row) + len(grams[other]) - both):
                yield other, at
        for gram in first:
            rows_of[gram].append(at)


def _short(number: str) -> str:
    """Return the ten digits of a personal number however it is written."""
    return re.sub(r"\D", "", number)[-10:]


def _is_date_and_time(found: str) -> bool:
    return re.fullmatch(r"\d{8} ([01]\d|2[0-3])[0-5]\d", found) is not None


def _is_checked(digits: str) -> bool:
    """Say whether the last digit is the right one, so that it may be somebody's."""
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(digits[:9])]
    return (10 - sum(d // 10 + d % 10 for d in doubled) % 10) % 10 == int(digits[9])
