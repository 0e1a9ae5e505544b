from pathlib import Path

import pytest

from moderation import paths

ROOT = Path(__file__).parents[2]


def test_a_checkout_has_the_files_in_its_own_folders() -> None:
    assert paths.rules_folder() == ROOT / "moderation" / "detection" / "rules"
    assert paths.models_folder() == ROOT / "models"
    assert paths.samples_folder() == ROOT / "data" / "samples"


def test_the_folders_are_there() -> None:
    assert list(paths.rules_folder().glob("*.toml"))
    assert paths.models_folder().is_dir()
    assert (paths.samples_folder() / "comments.csv").is_file()


def test_an_installed_wheel_has_them_beside_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_ROOT", tmp_path)

    assert paths.models_folder() == tmp_path / "uppsikt_data" / "models"
    assert paths.samples_folder() == tmp_path / "uppsikt_data" / "samples"
