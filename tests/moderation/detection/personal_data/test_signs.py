import csv

import numpy as np
import pytest

from moderation.detection.personal_data import find_personal_data
from moderation.detection.personal_data.signs import is_worth, signs_of
from moderation.paths import samples_folder


def worth(*texts: str) -> list[bool]:
    pieces = [text.split() for text in texts]
    signs = np.array([signs_of(p) for text in pieces for p in text], np.int32)
    starts = np.cumsum([0, *map(len, pieces)])
    return [bool(one) for one in is_worth(signs, starts)]


@pytest.mark.parametrize(
    "text",
    [
        "Ring 070-1740605",
        "Ring 0 7 0 1 7 4 0 6 0 5",
        "anna@example.se",
        "anna (at) example.se",
        "Storgatan 12",
        "på Stor\u00adgatan\u200b 12",
        "bilen ABC 123",
        "bilen abc123",
        "bilen ABC-12D",
        "٠٧٠ ١٧٤٠٦٠٥",
        "1 9 8 7",
        "2024 kl 18.30",
    ],
)
def test_a_text_with_signs_of_personal_data_is_read(text: str) -> None:
    assert worth(text) == [text != "1 9 8 7"]


@pytest.mark.parametrize(
    "text", ["", "Hej", "Det var 2019", "3 bilar bland 12 hus", "klockan 18.30", "vi 5"]
)
def test_a_text_with_few_digits_is_not(text: str) -> None:
    assert worth(text) == [False]


def test_each_text_is_judged_by_its_own_pieces() -> None:
    assert worth("Storgatan", "12", "070", "1740605 3", "") == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_no_text_with_personal_data_is_left_unread() -> None:
    path = samples_folder() / "corpus" / "train.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    found = [text for text in texts if find_personal_data(text)]

    assert len(found) > 100
    assert all(worth(*found))
