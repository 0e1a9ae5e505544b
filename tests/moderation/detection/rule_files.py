"""Writes rule files for tests."""

import json
from pathlib import Path
from typing import Any

THREAT: dict[str, Any] = {
    "name": "kill-you",
    "category": "threat",
    "confidence": 0.9,
    "explanation": "Kan vara ett hot om att döda någon.",
    "words": ["döda", "slå ihjäl"],
    "pattern": r"\b(ska|kommer att) (\w+ ){0,2}WORDS (dig|er)\b",
    "unless": [r"\bi spelet\b"],
    "catches": ["Jag ska döda dig", "vi kommer att slå ihjäl er"],
    "spares": ["Jag ska döda tiden", "Jag ska döda dig i spelet"],
}
INSULT: dict[str, Any] = {
    "name": "abuse",
    "category": "insult",
    "confidence": 0.8,
    "explanation": "Kan vara ett grovt skällsord.",
    "words": ["idiot*", "*svin", "hora"],
    "catches": ["Vilken idiot", "du är ett jävlasvin"],
    "spares": ["Svinet var på 4H-gården"],
}


def a_rule(rule: dict[str, Any] = THREAT, **changed: object) -> dict[str, Any]:
    """Return a rule's table; a key changed to None is left out."""
    table = {**rule, **changed}
    return {key: value for key, value in table.items() if value is not None}


def toml_of(table: dict[str, Any]) -> str:
    """Return a rule as TOML; its strings, lists and numbers are written as in JSON."""
    lines = [f"{k} = {_inline(v)}" for k, v in table.items()]
    return "\n".join(["[[rule]]", *lines, ""])


def write_rules(folder: Path, *tables: dict[str, Any], lists: str = "") -> Path:
    """Write each rule to the file of its category; return the folder."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.toml"):
        path.unlink()
    for table in tables:
        with (folder / f"{table['category']}.toml").open("a", encoding="utf-8") as file:
            file.write(toml_of(table))
    if lists:
        (folder / "lists.toml").write_text(lists, encoding="utf-8")
    return folder


def _inline(value: object) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{k} = {_inline(v)}" for k, v in value.items())
        return "{" + pairs + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
