"""How long the shipped rules and the shipped model take to load.

    python -m tests.bench.loading

Importing the libraries is left out; the files have been read before.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path

from moderation.detection.model_file import ARTIFACT, load_model
from moderation.detection.ruleset import load_rules
from moderation.paths import models_folder, rules_folder


def seconds(load: Callable[[Path], object], folder: Path) -> float:
    """Time one load."""
    began = time.perf_counter()
    load(folder)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print one line of JSON."""
    artifact = models_folder() / ARTIFACT
    artifact.read_bytes()
    figures = {
        "rules": seconds(load_rules, rules_folder()),
        "model": seconds(load_model, models_folder()),
        "artifact_megabytes": artifact.stat().st_size / 1e6,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
