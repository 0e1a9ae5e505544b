"""Where the files that ship with the product lie."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_ROOT: Final = _PACKAGE.parent


def rules_folder() -> Path:
    """Return the folder of the rule files."""
    return _PACKAGE / "detection" / "rules"


def models_folder() -> Path:
    """Return the folder of the trained model."""
    return _shipped("models", "models")


def samples_folder() -> Path:
    """Return the folder of the sample comments and the corpus."""
    return _shipped("data/samples", "samples")


def _shipped(in_checkout: str, in_wheel: str) -> Path:
    """Return a folder of a checkout, or its copy that the wheel installs."""
    if (_ROOT / "pyproject.toml").is_file():
        return _ROOT / in_checkout
    return _ROOT / "uppsikt_data" / in_wheel
