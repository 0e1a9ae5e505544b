"""The shipped model is the one its papers describe, and no worse than promised."""

import json
import re
from pathlib import Path

import pytest

from moderation.detection.corpus import corpus_hash
from moderation.detection.figures import FUNCTIONS, PRECISION_RECALL, RELIABILITY
from moderation.detection.model_card import CARD, figures_table, functions_table
from moderation.detection.model_file import METADATA, load_model
from moderation.detection.report import COMPARISON, VERDICTS, WORST
from moderation.detection.rule_proof import is_proved
from moderation.detection.ruleset import load_rules
from moderation.paths import models_folder, rules_folder, samples_folder

FLOOR = 0.77
"""Macro F1 on the held-out part; may only rise."""
FUNCTION_FLOORS: dict[str, float] = json.loads(
    Path(__file__).with_name("function_floors.json").read_text(encoding="utf-8")
)
METADATA_FILE = models_folder() / METADATA


@pytest.fixture(scope="module")
def metadata() -> dict[str, object]:
    read: dict[str, object] = json.loads(METADATA_FILE.read_text(encoding="utf-8"))
    return read


def test_the_model_fits_its_metadata() -> None:
    assert len(load_model(models_folder()).version) == 12


def test_the_model_is_trained_on_the_corpus_that_ships(
    metadata: dict[str, object],
) -> None:
    assert metadata["data_sha256"] == corpus_hash(samples_folder() / "corpus")


def test_the_figures_are_those_of_the_rules_that_ship(
    metadata: dict[str, object],
) -> None:
    assert metadata["ruleset"] == load_rules(rules_folder()).version


def test_the_card_shows_the_models_own_figures(metadata: dict[str, object]) -> None:
    figures = metadata["figures"]
    assert isinstance(figures, dict)
    card = (models_folder() / CARD).read_text(encoding="utf-8")

    functions = metadata["functions"]
    assert isinstance(functions, dict)
    assert figures_table(figures["test"]) in card
    assert functions_table(functions) in card


def test_the_card_compares_the_kinds_of_model_and_links_to_what_is_there() -> None:
    """After `make evaluate`."""
    card = (models_folder() / CARD).read_text(encoding="utf-8")
    comparison = (models_folder() / COMPARISON).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([\w.]+)\)", card)

    assert comparison.partition("\n\n")[2] in card
    assert {RELIABILITY, PRECISION_RECALL, FUNCTIONS, VERDICTS, WORST} <= set(links)
    assert all((models_folder() / link).is_file() for link in links)


def test_the_held_out_figures_do_not_fall(metadata: dict[str, object]) -> None:
    figures = metadata["figures"]
    assert isinstance(figures, dict)

    assert figures["test"]["macro_f1"][0] >= FLOOR


@pytest.mark.parametrize(("function", "floor"), FUNCTION_FLOORS.items())
def test_no_function_of_language_is_mastered_worse_than_before(
    metadata: dict[str, object], function: str, floor: float
) -> None:
    """The floors lie one sentence below the best so far; they may only rise."""
    functions = metadata["functions"]
    assert isinstance(functions, dict)

    assert functions[function] >= floor


def test_every_function_of_language_has_a_floor(metadata: dict[str, object]) -> None:
    functions = metadata["functions"]
    assert isinstance(functions, dict)

    assert set(FUNCTION_FLOORS) == set(functions)


def test_the_shipped_rules_are_proved_as_they_are() -> None:
    """After a change to a rule or to how rules match: `uppsikt rules check`."""
    assert is_proved(rules_folder())


def test_there_are_at_least_150_active_rules_over_all_their_categories() -> None:
    active = load_rules(rules_folder()).active

    assert len(active) >= 150
    assert {rule.category.value for rule in active} == {
        path.stem
        for path in rules_folder().glob("*.toml")
        if path.stem not in {"lists", "contexts"}
    }
    assert all(len(rule.catches) > 1 and len(rule.spares) > 1 for rule in active)
