"""Writes a corpus that is large enough to learn from, and small enough to be quick."""

import csv
from collections.abc import Iterator
from pathlib import Path

from moderation.domain.category import CATEGORIES, Category

WORDS = {
    Category.THREAT: "knivhot",
    Category.HATE: "slem",
    Category.INCITEMENT: "brandtal",
    Category.INSULT: "glåpord",
    Category.SEXUAL: "snusk",
    Category.PROFANITY: "svordom",
    Category.PERSONAL_DATA: "portkod",
    Category.SECRECY: "journal",
    Category.PRIVACY: "skvaller",
    Category.SPAM: "klippkort",
    Category.COPYRIGHT: "piratkopia",
    Category.QUESTION: "undrar",
}
"""The word that tells each category in the small corpus."""

_FRAMES = ("det var {} i går", "alltså {} igen", "nu kommer {} hit", "se på {} där")
_BENIGN = ("lekplatsen är fin", "tack för badhuset", "bussen gick i tid", "det regnar")
_VOICES = ("a1", "a2", "b1", "b2", "c1")
_HEADINGS = ("text", "flag", "categories", "domain", "voice", "batch")


def write_corpus(folder: Path, *, without: Category | None = None) -> Path:
    """Write train, dev and test below the folder, and return the folder."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for part in ("train", "dev", "test"):
        rows = [row for row in _rows() if without is None or row[2] != without]
        with (corpus / f"{part}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([_HEADINGS, *rows])
    with (folder / "functions.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_functions())
    return folder


def _functions() -> Iterator[tuple[str, ...]]:
    yield "function", "text", "flag", "category"
    yield "threat-direct", f"alltså {WORDS[Category.THREAT]} igen", "1", "threat"
    yield "threat-direct", "tack för badhuset", "1", "threat"
    yield "everyday", "bussen gick i tid", "0", "threat"


def _rows() -> Iterator[tuple[str, ...]]:
    for voice, frame in zip(_VOICES, (*_FRAMES, _FRAMES[0]), strict=True):
        for category in CATEGORIES:
            flag = str(int(category is not Category.QUESTION))
            text = frame.format(WORDS[category])
            yield text, flag, category.value, "harmful", voice, voice[0]
        for text in _BENIGN:
            yield text, "0", "", "everyday", voice, voice[0]
