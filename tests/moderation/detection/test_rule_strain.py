from dataclasses import replace
from pathlib import Path

import pytest

from moderation.detection.lexicon import Lexicon
from moderation.detection.normalise import Normaliser
from moderation.detection.rule import Rule
from moderation.detection.rule_matcher import RuleMatcher
from moderation.detection.rule_strain import unfitness
from moderation.detection.ruleset import prove_rules
from moderation.domain.errors import DetectionError
from tests.moderation.detection.rule_files import INSULT, a_rule, write_rules
from tests.moderation.detection.test_rule import RULE


def problem_of(rule: Rule) -> str | None:
    matcher = RuleMatcher([rule], {}, Normaliser(Lexicon([])))
    return unfitness(rule, matcher, 0)


def test_a_rule_for_what_few_write_is_fit() -> None:
    assert problem_of(RULE) is None


@pytest.mark.parametrize(
    "rule",
    [
        replace(RULE, words=("*er", "*en*", "*ar*")),
        replace(RULE, words=("*en*", "*de*", "*ar*"), pattern=r"WORDS"),
    ],
)
def test_a_rule_that_fits_most_everyday_comments_is_unfit(rule: Rule) -> None:
    problem = problem_of(rule)

    assert problem is not None
    assert "vanliga kommentarer och skulle fylla kön" in problem


def test_a_rule_that_takes_too_long_on_a_long_text_is_unfit() -> None:
    slow = replace(RULE, pattern=r"(?:\w+\W+)+(?:\w+\W+)+WORDS\d")

    problem = problem_of(slow)

    assert problem is not None
    assert "på en text om 10000 tecken, och högst 50 ms är tillåtet" in problem


def test_an_unfit_rule_is_refused_with_file_and_name(tmp_path: Path) -> None:
    words = ["*en*", "*ar*", "idiot*", "*svin"]
    unfit = a_rule(INSULT, words=words, spares=["Tyst"])
    folder = write_rules(tmp_path, unfit)

    with pytest.raises(DetectionError) as refused:
        prove_rules(folder)

    assert str(refused.value).startswith(
        "Regeln abuse i insult.toml används inte: den slår på "
    )
    assert str(refused.value).endswith("Rätta regeln.")
