"""The shipped rules, loaded once, and a small model that is quick to train."""

from pathlib import Path

import pytest

from moderation.detection.detector import RuleAndModelDetector
from moderation.detection.model_file import ModelFile, load_model
from moderation.detection.ruleset import Ruleset, load_rules
from moderation.detection.training import train
from moderation.paths import rules_folder
from tests.moderation.detection.rule_files import INSULT, THREAT, write_rules
from tests.moderation.detection.small_corpus import write_corpus


@pytest.fixture(scope="session")
def shipped() -> Ruleset:
    """Return the rules that ship with the product."""
    return load_rules(rules_folder())


@pytest.fixture(scope="session")
def few_rules_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two rules."""
    return write_rules(tmp_path_factory.mktemp("regler"), THREAT, INSULT)


@pytest.fixture(scope="session")
def few_rules(few_rules_folder: Path) -> Ruleset:
    """Return two rules."""
    return load_rules(few_rules_folder)


@pytest.fixture(scope="session")
def small_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a small corpus."""
    return write_corpus(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="session")
def models_folder(
    few_rules_folder: Path,
    small_samples: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Return a folder with a model trained on the small corpus."""
    folder = tmp_path_factory.mktemp("models")
    train(samples=small_samples, rules=few_rules_folder, models=folder)
    return folder


@pytest.fixture(scope="session")
def small_model(models_folder: Path) -> ModelFile:
    """Return a model trained on the small corpus."""
    return load_model(models_folder)


@pytest.fixture
def detector(few_rules: Ruleset, small_model: ModelFile) -> RuleAndModelDetector:
    """Return a detector with two rules and the small model, its table still empty."""
    return RuleAndModelDetector(few_rules, small_model)
