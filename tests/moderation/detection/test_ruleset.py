import re
from pathlib import Path
from typing import Any

import pytest

from moderation.detection.rule import RuleState
from moderation.detection.ruleset import Ruleset, load_rules, prove_rules
from moderation.domain.category import Category
from moderation.domain.errors import DetectionError
from tests.moderation.detection.rule_files import (
    INSULT,
    THREAT,
    a_rule,
    toml_of,
    write_rules,
)


def refusal(folder: Path) -> str:
    with pytest.raises(DetectionError) as caught:
        load_rules(folder)
    return str(caught.value)


def sources(ruleset: Ruleset, text: str) -> list[str]:
    return [finding.source for finding in ruleset.matcher.find(text)]


def test_the_shipped_rules_are_proved_and_cover_every_category(
    shipped: Ruleset,
) -> None:
    by_form_only = {Category.PERSONAL_DATA}

    assert {rule.category for rule in shipped.active} == set(Category) - by_form_only
    assert all(len(rule.catches) >= 2 for rule in shipped.rules)
    assert all(len(rule.spares) >= 2 for rule in shipped.rules)


def test_every_shipped_explanation_is_a_careful_swedish_sentence(
    shipped: Ruleset,
) -> None:
    for rule in shipped.rules:
        assert rule.explanation[0].isupper(), rule.name
        assert rule.explanation.endswith("."), rule.name


def test_every_shipped_word_list_is_used(shipped: Ruleset) -> None:
    written = [rule.pattern for rule in shipped.rules]
    written += [pattern for rule in shipped.rules for pattern in rule.unless]
    written += [entry for rule in shipped.rules for entry in rule.needs]
    named = set(re.findall(r"\{(\w+)\}", " ".join(written)))
    named |= {
        part
        for rule in shipped.rules
        for sequence in rule.tokens
        for part in sequence
        if isinstance(part, str)
    }

    assert set(shipped.lists) - named == set()


def test_a_context_stands_for_its_patterns_wherever_a_rule_names_it(
    tmp_path: Path,
) -> None:
    folder = write_rules(tmp_path, a_rule(unless=["{playing}", r"\bi boken\b"]))
    contexts = "playing = ['\\bi spelet\\b', '\\bi filmen\\b']\n"
    (folder / "contexts.toml").write_text(contexts, encoding="utf-8")

    [rule] = prove_rules(folder).rules

    assert rule.unless == (r"\bi spelet\b", r"\bi filmen\b", r"\bi boken\b")


def test_an_unknown_context_is_refused(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, a_rule(unless=["{playing}", r"\bi spelet\b"]))

    assert "listan playing finns inte" in refusal(folder)


def test_a_loaded_rule_finds_what_it_says_with_its_reason_and_place(
    few_rules: Ruleset,
) -> None:
    text = "Hej! Jag ska  döda dig."

    [finding] = few_rules.matcher.find(text)

    assert finding.category is Category.THREAT
    assert finding.source == "rule:kill-you"
    assert finding.confidence == 0.9
    assert finding.explanation == THREAT["explanation"]
    assert finding.span.of(text) == "ska  döda dig"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"confidence": None}, "confidence saknas"),
        ({"explanation": None, "spares": None}, "explanation, spares saknas"),
        ({"severity": 3}, "severity är inget som en regel har"),
        ({"state": "draft"}, "state ska vara trial, active eller retired"),
        ({"confidence": 0}, "confidence ska vara ett tal över 0 och högst 1"),
        ({"confidence": 1.2}, "confidence ska vara ett tal över 0 och högst 1"),
        ({"confidence": "hög"}, "confidence ska vara ett tal över 0 och högst 1"),
        ({"confidence": True}, "confidence ska vara ett tal över 0 och högst 1"),
        ({"words": []}, "words ska vara en lista med minst en text"),
        ({"words": "döda"}, "words ska vara en lista med minst en text"),
        ({"catches": []}, "catches ska vara en lista med minst en text"),
        ({"spares": [" "]}, "spares ska vara en lista med minst en text"),
        ({"spares": [1]}, "spares ska vara en lista med minst en text"),
        (
            {"words": ["Döda"]},
            "words ska vara gemener, minst två bokstäver, * bara ytterst",
        ),
        (
            {"words": ["d"]},
            "words ska vara gemener, minst två bokstäver, * bara ytterst",
        ),
        (
            {"words": ["dö*da"]},
            "words ska vara gemener, minst två bokstäver, * bara ytterst",
        ),
        ({"explanation": ""}, "explanation ska vara en text"),
        ({"explanation": 7}, "explanation ska vara en text"),
        ({"pattern": 7}, "pattern ska vara en text"),
        ({"needs": "dig"}, "needs ska vara en lista med minst en text"),
        ({"tokens": [["words"], []]}, "tokens ska vara en lista med följder"),
        ({"tokens": ["words"]}, "tokens ska vara en lista med följder"),
        ({"tokens": [["will"]]}, "words ska stå i varje följd i tokens"),
        ({"tokens": [["words", "whom"]]}, "listan whom finns inte"),
        ({"unless": "i spelet"}, "unless ska vara en lista med minst en text"),
        ({"pattern": r"\b{wil} WORDS"}, "listan wil finns inte"),
        ({"unless": [r"\binte {wil}\b"]}, "listan wil finns inte"),
        (
            {"pattern": r"\bska (WORDS)?"},
            "WORDS måste stå utanför valfria delar och alternativ i mönstret",
        ),
        (
            {"catches": ["Jag ska döda dig", "Hej på dig"]},
            "den fångar inte «Hej på dig»",
        ),
        (
            {"spares": ["Vi ska döda er"]},
            "den skonar inte «Vi ska döda er»",
        ),
    ],
)
def test_a_rule_that_does_not_hold_is_refused_with_file_rule_and_problem(
    tmp_path: Path, changed: dict[str, Any], problem: str
) -> None:
    folder = write_rules(tmp_path, a_rule(**changed))

    assert refusal(folder) == (
        f"Regeln kill-you i threat.toml används inte: {problem}. Rätta regeln."
    )


def test_a_pattern_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, a_rule(pattern="WORDS("))

    assert refusal(folder).startswith(
        "Regeln kill-you i threat.toml används inte: mönstret kan inte läsas ("
    )
    assert refusal(folder).endswith("). Rätta regeln.")


def test_a_rule_without_a_name_is_refused(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, a_rule(name=None))

    assert refusal(folder) == (
        "Regeln utan namn i threat.toml används inte: name saknas. Rätta regeln."
    )


def test_a_rule_in_the_file_of_another_category_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hate.toml").write_text(toml_of(THREAT), encoding="utf-8")

    assert refusal(tmp_path) == (
        "Regeln kill-you i hate.toml används inte: category ska vara hate, som "
        "filens namn. Rätta regeln."
    )


def test_a_rule_of_an_unknown_category_is_refused(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, a_rule(category="olämpligt"))

    assert refusal(folder) == (
        "Regeln kill-you i olämpligt.toml används inte: category är ingen känd "
        "kategori. Rätta regeln."
    )


def test_two_rules_of_the_same_name_are_refused(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, INSULT, a_rule(name="abuse"))

    assert refusal(folder) == (
        "Regeln abuse i threat.toml används inte: det finns en annan regel med samma "
        "namn. Rätta regeln."
    )


def test_damaged_toml_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "threat.toml").write_text('[[rule]]\nname = "a\n', encoding="utf-8")

    problem = refusal(tmp_path)

    assert problem.startswith("Regelfilen threat.toml kan inte läsas (")
    assert "line 2" in problem
    assert problem.endswith("Rätta den eller installera om Uppsikt.")


def test_a_rule_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "threat.toml").write_bytes(toml_of(THREAT).encode("latin-1"))

    assert refusal(tmp_path).startswith("Regelfilen threat.toml kan inte läsas (")


@pytest.mark.parametrize("text", ["", "[lists]\n", "rule = 7\n", 'rule = ["a"]\n'])
def test_a_rule_file_without_rules_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "threat.toml").write_text(text, encoding="utf-8")

    assert refusal(tmp_path) == (
        "Regelfilen threat.toml har inga regler. Lägg till [[rule]] i den."
    )


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == (
        f"Det finns inga regler i {tmp_path}. Installera om Uppsikt."
    )
    assert refusal(tmp_path / "finns-inte").startswith("Det finns inga regler i ")


@pytest.mark.parametrize("lists", ["will = []", 'will = "ska"', "will = [1]"])
def test_an_unusable_word_list_is_refused(tmp_path: Path, lists: str) -> None:
    folder = write_rules(tmp_path, THREAT, lists=lists)

    assert refusal(folder) == (
        "Ordlistan will i lists.toml används inte: den är tom eller finns redan. "
        "Rätta listan."
    )


def test_two_word_lists_of_the_same_name_are_refused(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, THREAT, lists='will = ["ska"]')
    path = folder / "threat.toml"
    path.write_text('[lists]\nwill = ["kan"]\n' + path.read_text("utf-8"), "utf-8")

    assert refusal(folder) == (
        "Ordlistan will i threat.toml används inte: den är tom eller finns redan. "
        "Rätta listan."
    )


def test_a_list_may_stand_in_any_rule_file_and_serve_all(tmp_path: Path) -> None:
    folder = write_rules(
        tmp_path, a_rule(pattern=r"\b{will} WORDS dig\b", catches=["ska döda dig"])
    )
    (folder / "insult.toml").write_text(
        '[lists]\nwill = ["ska", "kommer att"]\n' + toml_of(INSULT), encoding="utf-8"
    )

    assert sources(load_rules(folder), "kommer att döda dig") == ["rule:kill-you"]


def test_a_rule_on_trial_is_proved_but_silent(tmp_path: Path) -> None:
    ruleset = load_rules(write_rules(tmp_path, a_rule(state="trial"), INSULT))

    assert [rule.state for rule in ruleset.rules] == [RuleState.ACTIVE, RuleState.TRIAL]
    assert [rule.name for rule in ruleset.active] == ["abuse"]
    assert sources(ruleset, "Jag ska döda dig, idiot") == ["rule:abuse"]
    assert ruleset.matcher.find("Jag ska döda dig", only=1)

    broken = write_rules(tmp_path, a_rule(state="trial", catches=["Hej"]))
    assert "den fångar inte «Hej»" in refusal(broken)


def test_a_retired_rule_is_neither_proved_nor_sought(tmp_path: Path) -> None:
    retired = a_rule(state="retired", catches=["Hej"], pattern="WORDS(")

    ruleset = load_rules(write_rules(tmp_path, retired, INSULT))

    assert [rule.name for rule in ruleset.rules] == ["abuse"]
    assert sources(ruleset, "Jag ska döda dig") == []


def test_the_same_rules_have_the_same_version(
    few_rules: Ruleset, tmp_path: Path
) -> None:
    same = load_rules(write_rules(tmp_path / "a", THREAT, INSULT))
    softer = load_rules(write_rules(tmp_path / "b", a_rule(confidence=0.8), INSULT))
    retired = load_rules(write_rules(tmp_path / "c", a_rule(state="retired"), INSULT))

    assert same.version == few_rules.version
    assert len({few_rules.version, softer.version, retired.version}) == 3


def test_another_word_list_is_another_version(tmp_path: Path) -> None:
    rule = a_rule(pattern=r"\b{will} WORDS dig\b", catches=["ska döda dig"])
    one = load_rules(write_rules(tmp_path / "a", rule, lists='will = ["ska"]'))
    other = load_rules(write_rules(tmp_path / "b", rule, lists='will = ["ska", "kan"]'))

    assert one.version != other.version


def test_disguises_of_a_rules_words_are_found(few_rules: Ruleset) -> None:
    for text in ("jag ska d0da dig", "jag ska d*da dig", "du är en h o r a", "1d10t!"):
        assert sources(few_rules, text), text
