"""The trained model on disk: the artifact, and what is known about it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import joblib

from moderation.detection.classifier import LinearModel
from moderation.domain.category import FLAGGING, Category
from moderation.domain.errors import DetectionError

ARTIFACT: Final = "comment-classifier.joblib"
METADATA: Final = "comment-classifier.json"
_LIBRARIES: Final = ("joblib", "numpy", "scikit-learn", "scipy")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """A model that is the one its metadata describes."""

    model: LinearModel
    version: str
    thresholds: Mapping[Category, float]
    metadata: Mapping[str, Any]


def save_model(
    model: LinearModel, folder: Path, *, metadata: Mapping[str, object]
) -> None:
    """Write the artifact and its metadata; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    artifact = folder / ARTIFACT
    joblib.dump(model, artifact, compress=("zlib", 6))
    known = {
        "artifact": ARTIFACT,
        "artifact_sha256": _sha256(artifact),
        "libraries": {name: version(name) for name in _LIBRARIES},
        **metadata,
    }
    text = json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")


def load_model(folder: Path) -> ModelFile:
    """Read a model, or raise DetectionError if it is missing, damaged or too old.

    The hash is checked before the artifact is opened, since opening runs it.
    """
    metadata = _metadata(folder / METADATA)
    artifact = folder / ARTIFACT
    try:
        digest = _sha256(artifact)
    except OSError as error:
        raise _unusable(artifact, "filen kan inte läsas") from error
    if digest != metadata["artifact_sha256"]:
        raise _unusable(artifact, "innehållet stämmer inte med dess kontrollsumma")
    _check_libraries(metadata, artifact)
    return ModelFile(
        model=joblib.load(artifact),
        version=digest[:12],
        thresholds={c: float(metadata["thresholds"][c]) for c in FLAGGING},
        metadata=metadata,
    )


def _metadata(path: Path) -> dict[str, Any]:
    try:
        metadata = dict(json.loads(path.read_text(encoding="utf-8")).items())
    except (OSError, ValueError, AttributeError) as error:
        raise _unusable(path, "filen kan inte läsas") from error
    if not _is_whole(metadata):
        raise _unusable(path, "uppgifter saknas")
    return metadata


def _is_whole(metadata: Mapping[str, Any]) -> bool:
    thresholds = metadata.get("thresholds")
    return (
        isinstance(metadata.get("artifact_sha256"), str)
        and isinstance(metadata.get("libraries"), dict)
        and isinstance(thresholds, dict)
        and all(isinstance(thresholds.get(c), (int, float)) for c in FLAGGING)
    )


def _check_libraries(metadata: Mapping[str, Any], artifact: Path) -> None:
    """Refuse a model made by another minor version of scikit-learn."""
    trained = str(metadata["libraries"].get("scikit-learn", ""))
    installed = version("scikit-learn")
    if trained.split(".")[:2] != installed.split(".")[:2]:
        problem = f"den gjordes med scikit-learn {trained}, här finns {installed}"
        raise _unusable(artifact, problem)


def _unusable(path: Path, problem: str) -> DetectionError:
    return DetectionError(
        f"Modellen {path} används inte: {problem}. "
        "Installera om Uppsikt eller kör uppsikt train."
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
