import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import moderation
from moderation.domain.comment import CommentRef
from moderation.domain.triage import QueueFilter
from moderation.storage import SqlStore
from tests.moderation.cli.conftest import Run

SCHEMA = Path(moderation.__file__).with_name("verdict.schema.json")
TEXTS = {
    "1": "Tack för en fin lekplats!",
    "2": "🙂👍🏽 hotord mitt i emoji",
    "3": "e\u0301a\u030a combining glåpord",
    "4": "noll\u200bbredd och hotord\u200b, glåpord",
    "5": "rad\u2028brytning \x85 hotord",
    "6": "oläsbart",
}


def a_file(folder: Path, content: str, name: str = "fil.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.fixture
def texts_file(tmp_path: Path) -> Path:
    lines = (json.dumps({"id": key, "text": text}) for key, text in TEXTS.items())
    return a_file(tmp_path, "\n".join(lines), "texter.jsonl")


@pytest.fixture
def stored(database: Path) -> SqlStore:
    """Return the store, not yet opened."""
    return SqlStore


def verdicts(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_every_line_follows_the_schema_and_every_finding_quotes_its_place(
    run: Run, texts_file: Path
) -> None:
    result = run("scan", texts_file, "--no-store", "--out", "-")

    lines = verdicts(result.stdout)
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert result.exit_code == 0
    assert [line["id"] for line in lines] == list(TEXTS)
    for line in lines:
        validator.validate(line)
        for finding in line["findings"]:
            place = slice(finding["start"], finding["end"])
            assert TEXTS[line["id"]][place] == finding["text"]
    assert [len(line["findings"]) for line in lines] == [0, 1, 1, 2, 1, 0]
    assert [line["flagged"] for line in lines] == [False, *[True] * 5]
    assert {line["channel"] for line in lines} == {"fil:texter"}
    assert lines[5]["not_assessed"] == ["Texten gick inte att läsa."]
