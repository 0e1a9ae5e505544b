import json
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from moderation.detection.model_file import (
    ARTIFACT,
    METADATA,
    ModelFile,
    load_model,
    save_model,
)
from moderation.domain.category import FLAGGING
from moderation.domain.errors import DetectionError

ADVICE = "Installera om Uppsikt eller kör uppsikt train."


@pytest.fixture
def folder(models_folder: Path, tmp_path: Path) -> Path:
    """Return a copy of a good model, to damage."""
    return Path(shutil.copytree(models_folder, tmp_path / "models"))


def refusal(folder: Path) -> str:
    with pytest.raises(DetectionError) as caught:
        load_model(folder)
    return str(caught.value)


def change(folder: Path, **changed: object) -> None:
    """Change the metadata; a key changed to None is left out."""
    known = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    left = {k: v for k, v in {**known, **changed}.items() if v is not None}
    (folder / METADATA).write_text(json.dumps(left), encoding="utf-8")


def sentence(path: Path, problem: str) -> str:
    return f"Modellen {path} används inte: {problem}. {ADVICE}"


def test_a_saved_model_is_loaded_with_what_is_known_about_it(folder: Path) -> None:
    loaded = load_model(folder)

    assert set(loaded.thresholds) == set(FLAGGING)
    assert loaded.metadata["artifact_sha256"].startswith(loaded.version)
    assert len(loaded.version) == 12
    assert loaded.metadata["libraries"]["scikit-learn"] == version("scikit-learn")


def test_the_same_model_is_saved_as_the_same_bytes(
    small_model: ModelFile, folder: Path, tmp_path: Path
) -> None:
    save_model(small_model.model, tmp_path / "ny" / "mapp", metadata={"thresholds": {}})

    again = (tmp_path / "ny" / "mapp" / ARTIFACT).read_bytes()
    assert again == (folder / ARTIFACT).read_bytes()


def test_a_missing_folder_or_file_is_refused(folder: Path) -> None:
    gone = folder / "borta"
    assert refusal(gone) == sentence(gone / METADATA, "filen kan inte läsas")

    (folder / ARTIFACT).unlink()
    assert refusal(folder) == sentence(folder / ARTIFACT, "filen kan inte läsas")


def test_a_changed_artifact_is_refused_before_it_is_opened(folder: Path) -> None:
    (folder / ARTIFACT).write_bytes(b"cposix\nsystem\n")

    assert refusal(folder) == sentence(
        folder / ARTIFACT, "innehållet stämmer inte med dess kontrollsumma"
    )


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7"])
def test_metadata_that_is_no_json_object_is_refused(folder: Path, text: str) -> None:
    (folder / METADATA).write_text(text, encoding="utf-8")

    assert refusal(folder) == sentence(folder / METADATA, "filen kan inte läsas")


def test_metadata_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / METADATA).write_bytes('{"å": 1}'.encode("latin-1"))

    assert refusal(folder) == sentence(folder / METADATA, "filen kan inte läsas")


@pytest.mark.parametrize(
    "changed",
    [
        {"artifact_sha256": None},
        {"libraries": None},
        {"thresholds": None},
        {"thresholds": {"threat": 0.5}},
        {"thresholds": [0.5]},
        {"libraries": "scikit-learn"},
        {"thresholds": dict.fromkeys(FLAGGING, "hög")},
    ],
)
def test_metadata_that_lacks_something_is_refused(
    folder: Path, changed: dict[str, Any]
) -> None:
    change(folder, **changed)

    assert refusal(folder) == sentence(folder / METADATA, "uppgifter saknas")


@pytest.mark.parametrize("trained", ["0.24.2", "99.0.0"])
def test_a_model_of_another_scikit_learn_is_refused(folder: Path, trained: str) -> None:
    change(folder, libraries={"scikit-learn": trained})

    assert refusal(folder) == sentence(
        folder / ARTIFACT,
        f"den gjordes med scikit-learn {trained}, här finns {version('scikit-learn')}",
    )


def test_a_model_of_another_patch_of_the_same_scikit_learn_is_good(
    folder: Path,
) -> None:
    minor = ".".join(version("scikit-learn").split(".")[:2])
    change(folder, libraries={"scikit-learn": f"{minor}.99"})

    assert load_model(folder).version
