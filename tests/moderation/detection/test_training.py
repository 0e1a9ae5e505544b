import os
import subprocess
import sys
from pathlib import Path

import pytest

from moderation.detection.model_file import ARTIFACT, METADATA, ModelFile
from moderation.detection.training import train
from moderation.domain.category import FLAGGING, Category
from moderation.domain.errors import DetectionError, FileError
from tests.moderation.detection.small_corpus import write_corpus

ROOT = Path(__file__).parents[3]
PROGRAM = """
import sys
from pathlib import Path
from moderation.detection.training import train
samples, rules, models = map(Path, sys.argv[1:])
train(samples=samples, rules=rules, models=models)
"""


def test_another_process_learns_the_same_bytes(
    models_folder: Path, small_samples: Path, few_rules_folder: Path, tmp_path: Path
) -> None:
    folders = [small_samples, few_rules_folder, tmp_path]
    subprocess.run(
        [sys.executable, "-c", PROGRAM, *folders],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )

    for name in (ARTIFACT, METADATA):
        assert (tmp_path / name).read_bytes() == (models_folder / name).read_bytes()


def test_a_model_knows_what_it_was_made_of_and_how_good_it_is(
    small_model: ModelFile,
) -> None:
    known = small_model.metadata

    assert known["comments"] == {"train": 80, "dev": 80, "test": 80}
    assert len(known["data_sha256"]) == 64
    assert len(known["ruleset"]) == 12
    assert set(known["figures"]) == {"test"}
    assert known["figures"]["test"]["macro_f1"][0] > 0.9


def test_every_threshold_lies_between_the_lowest_and_the_highest(
    small_model: ModelFile,
) -> None:
    assert set(small_model.thresholds) == set(FLAGGING)
    assert all(0.1 <= limit <= 0.95 for limit in small_model.thresholds.values())


def test_a_category_without_examples_is_refused(
    few_rules_folder: Path, tmp_path: Path
) -> None:
    samples = write_corpus(tmp_path / "samples", without=Category.SPAM)

    with pytest.raises(DetectionError) as caught:
        train(samples=samples, rules=few_rules_folder, models=tmp_path / "models")

    assert str(caught.value) == (
        "Det går inte att träna: ingen rad i train.csv har spam. "
        "Märk några kommentarer med kategorin."
    )
    assert not (tmp_path / "models").exists()


def test_a_missing_part_of_the_corpus_is_refused(
    few_rules_folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(FileError, match=r"train\.csv kan inte läsas"):
        train(samples=tmp_path, rules=few_rules_folder, models=tmp_path / "models")
