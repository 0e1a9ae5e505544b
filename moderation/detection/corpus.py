"""Labelled comments, for training and for measuring."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from moderation.domain.category import CATEGORIES, FLAGGING, POSITION, Category
from moderation.domain.errors import FileError

PARTS: Final = ("train", "dev", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Comments with what a person said of them."""

    texts: list[str]
    labels: NDArray[np.bool_]
    """(comments, categories)."""
    domains: list[str]
    voices: list[str]

    @property
    def is_benign(self) -> NDArray[np.bool_]:
        """Which comments have no category that flags."""
        flagging = [POSITION[category] for category in FLAGGING]
        return np.asarray(~self.labels[:, flagging].any(axis=1))

    def __len__(self) -> int:
        return len(self.texts)


def read_labelled(path: Path) -> Labelled:
    """Read a labelled file: text, categories, and optionally domain and voice.

    Raises FileError with a Swedish sentence if it cannot be used.
    """
    frame = _frame(path)
    names = frame["categories"].str.split(";").map(lambda codes: set(codes) - {""})
    for row, codes in enumerate(names, start=2):
        if unknown := sorted(codes - set(Category)):
            msg = (
                f"{path.name}, rad {row}: kategorin {', '.join(unknown)} är okänd. "
                f"Använd {', '.join(CATEGORIES)}."
            )
            raise FileError(msg)
    return Labelled(
        texts=frame["text"].tolist(),
        labels=np.array([[c in codes for c in CATEGORIES] for codes in names]),
        domains=_column(frame, "domain"),
        voices=_column(frame, "voice"),
    )


def _frame(path: Path) -> pd.DataFrame:
    try:
        frame = pd.read_csv(
            path, keep_default_na=False, dtype=str, encoding="utf-8-sig"
        )
    except (OSError, ValueError) as error:
        msg = f"{path} kan inte läsas som CSV i UTF-8. Kontrollera filen."
        raise FileError(msg) from error
    if missing := [name for name in ("text", "categories") if name not in frame]:
        msg = (
            f"{path.name} saknar kolumnen {' och '.join(missing)}. "
            "En märkt fil har text, flag och categories."
        )
        raise FileError(msg)
    if frame.empty:
        msg = f"{path.name} har inga rader. Lägg till märkta kommentarer."
        raise FileError(msg)
    return frame


def _column(frame: pd.DataFrame, name: str) -> list[str]:
    if name not in frame:
        return [""] * len(frame)
    return [str(value) for value in frame[name]]


def corpus_hash(folder: Path) -> str:
    """Return a hash over all parts of the corpus."""
    digest = hashlib.sha256()
    for part in PARTS:
        digest.update((folder / f"{part}.csv").read_bytes())
    return digest.hexdigest()
