"""The shipped rules and model on the shipped comments, as a script would read it."""

import csv
import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from moderation.cli.app import cli
from moderation.paths import samples_folder

SCHEMA = Path(__file__).parents[2] / "moderation" / "verdict.schema.json"
ODD = {
    "emoji": "😀👍🏽 Jag ska döda dig 🔪 din jävla idiot",
    "combining": "Din ja\u0308vla idiot, ring 070-1740605 a\u030a",
    "zero-width": "Du ar en j\u200bä\u00advla id\u200biot",
    "spaced": "d u  s k a  d ö, jag vet var du bor",
    "right-to-left": "شكرا \u202edin jävla idiot\u202c",
    "long": "Jag ska döda dig. " * 6000,
    "only emoji": "😀😀😀",
}


def scanned(path: Path) -> list[dict[str, object]]:
    done = CliRunner().invoke(
        cli, ["scan", str(path), "--no-store", "--out", "-"], prog_name="uppsikt"
    )
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def odd_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("odd") / "odd.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "text"), *ODD.items()])
    return path


def fits(verdict: dict[str, object], text: str) -> bool:
    findings = verdict["findings"]
    assert isinstance(findings, list)
    return all(text[f["start"] : f["end"]] == f["text"] != "" for f in findings)


def test_every_verdict_on_the_samples_is_after_the_schema_and_quotes_exactly() -> None:
    path = samples_folder() / "comments.csv"
    with path.open(encoding="utf-8", newline="") as file:
        texts = {row["id"]: row["text"] for row in csv.DictReader(file)}
    checker = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))

    verdicts = scanned(path)

    assert [verdict["id"] for verdict in verdicts] == list(texts)
    for verdict in verdicts:
        checker.validate(verdict)
        assert fits(verdict, texts[str(verdict["id"])])


def test_odd_texts_are_quoted_exactly_too(odd_file: Path) -> None:
    verdicts = {str(verdict["id"]): verdict for verdict in scanned(odd_file)}

    assert all(fits(verdicts[name], text) for name, text in ODD.items())
    assert {name for name in ODD if verdicts[name]["flagged"]} >= {
        "emoji",
        "combining",
        "zero-width",
        "spaced",
        "long",
    }
