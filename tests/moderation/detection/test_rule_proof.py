from pathlib import Path

import pytest

from moderation.detection.rule_proof import STAMP, is_proved, remember_proof
from moderation.detection.ruleset import load_rules, prove_rules
from moderation.domain.errors import DetectionError

SOUND = """
[[rule]]
name = "kill-you"
category = "threat"
confidence = 0.9
words = ["döda dig"]
explanation = "Kan vara ett hot."
catches = ["Jag ska döda dig"]
spares = ["Jag ska döda tiden"]
"""
BROKEN = SOUND.replace("Jag ska döda dig", "Jag ska krama dig")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "threat.toml").write_text(SOUND, encoding="utf-8")
    return tmp_path


def test_rules_are_not_proved_until_somebody_has_proved_them(folder: Path) -> None:
    assert not is_proved(folder)

    prove_rules(folder)

    assert is_proved(folder)


def test_another_byte_in_a_rule_file_needs_a_new_proof(folder: Path) -> None:
    prove_rules(folder)
    (folder / "threat.toml").write_text(SOUND + "\n# ny rad", encoding="utf-8")

    assert not is_proved(folder)


def test_rules_that_do_not_hold_are_refused_whatever_was_remembered_before(
    folder: Path,
) -> None:
    prove_rules(folder)
    (folder / "threat.toml").write_text(BROKEN, encoding="utf-8")

    with pytest.raises(DetectionError, match="fångar inte"):
        load_rules(folder)


def test_a_damaged_stamp_is_no_proof(folder: Path) -> None:
    remember_proof(folder)
    (folder / STAMP).write_bytes(b"\xff\xfe")

    assert not is_proved(folder)
