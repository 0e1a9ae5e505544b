import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import moderation
from moderation.domain.comment import CommentRef
from moderation.domain.triage import QueueFilter
from moderation.storage import open_store
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


def test_no_store_makes_no_database(run: Run, texts_file: Path, database: Path) -> None:
    result = run("scan", texts_file, "--no-store")

    assert result.stdout == ""
    assert result.stderr == "Kommentarer: 6 lästa, 5 flaggade, 0 felaktiga rader.\n"
    assert not database.exists()


def test_what_is_flagged_is_stored_and_queued(
    run: Run, texts_file: Path, database: Path
) -> None:
    result = run("scan", texts_file)

    store = open_store(str(database))
    queued = store.count_queue(QueueFilter())
    [stored] = store.versions(CommentRef("fil:texter", "3"))
    store.close()
    assert result.exit_code == 0
    assert result.stderr == (
        "Kommentarer: 6 lästa, 5 flaggade, 6 nya, 0 redan kända, 5 till kön, "
        "0 felaktiga rader.\n"
    )
    assert queued == 5
    assert stored.comment.text == TEXTS["3"]


def test_the_same_file_twice_is_as_once(run: Run, texts_file: Path) -> None:
    run("scan", texts_file)

    again = run("scan", texts_file)

    assert "6 lästa, 5 flaggade, 0 nya, 6 redan kända, 0 till kön" in again.stderr


def test_the_same_id_with_another_text_is_a_later_version(
    run: Run, tmp_path: Path, database: Path
) -> None:
    path = a_file(tmp_path, "id,text\n1,Hej\n1,Hej\n1,Hej igen\n")

    run("scan", path, "--channel", "forum")

    store = open_store(str(database))
    versions = store.versions(CommentRef("forum", "1"))
    store.close()
    assert [stored.comment.text for stored in versions] == ["Hej", "Hej igen"]


def test_bad_rows_are_listed_and_counted_and_the_good_ones_assessed(
    run: Run, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "id,text,datum\n1,hotord,igår\n2,\n3,Hej,2026-11-22\n")

    result = run("scan", path)

    assert result.exit_code == 0
    assert result.stderr == (
        f"{path}, rad 3: Raden saknar text: fyll i kommentaren eller ta bort raden.\n"
        "Kommentarer: 2 lästa, 1 flaggade, 2 nya, 0 redan kända, 1 till kön, "
        "1 felaktiga rader, 1 utan läsbart datum.\n"
    )


def test_only_the_first_bad_rows_are_listed(run: Run, tmp_path: Path) -> None:
    path = a_file(tmp_path, "id,text\n" + "1,\n" * 25 + "2,Hej\n")

    lines = run("scan", path, "--no-store").stderr.splitlines()

    assert len(lines) == 22
    assert lines[20] == "… och 5 rader till som inte gick att använda."
    assert lines[21] == "Kommentarer: 1 lästa, 0 flaggade, 25 felaktiga rader."


def test_a_bad_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    missing = tmp_path / "saknas.csv"
    first = a_file(tmp_path, "text\nHej\n", "a.csv")
    last = a_file(tmp_path, '{"text": "Hå"}', "b.jsonl")

    result = run("scan", first, missing, last, "--no-store", "--out", "-")

    assert result.exit_code == 0
    assert [line["channel"] for line in verdicts(result.stdout)] == ["fil:a", "fil:b"]
    assert result.stderr == (
        f"Filen {missing} finns inte: kontrollera sökvägen.\n"
        "Kommentarer: 2 lästa, 0 flaggade, 0 felaktiga rader.\n"
    )


def test_where_no_file_can_be_read_the_exit_code_is_2(run: Run, tmp_path: Path) -> None:
    empty = a_file(tmp_path, "", "tom.csv")
    headings = a_file(tmp_path, "id,text\n", "rubriker.csv")

    result = run("scan", empty, headings, tmp_path)

    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 4


def test_the_verdicts_file_is_there_only_when_it_is_whole(
    run: Run, tmp_path: Path, texts_file: Path
) -> None:
    out = tmp_path / "ut.jsonl"
    refused = run(
        "scan",
        texts_file,
        "--out",
        out,
        "--database",
        tmp_path / "saknas" / "x.sqlite3",
    )
    assert refused.exit_code == 1
    assert not list(tmp_path.glob("ut.jsonl*"))

    result = run("scan", texts_file, "--out", out)

    assert result.exit_code == 0
    assert len(verdicts(out.read_text(encoding="utf-8"))) == 6
    assert [path.name for path in tmp_path.glob("ut.jsonl*")] == ["ut.jsonl"]


def test_a_folder_that_is_missing_for_the_verdicts_is_one_sentence(
    run: Run, tmp_path: Path, texts_file: Path
) -> None:
    out = tmp_path / "saknas" / "ut.jsonl"

    result = run("scan", texts_file, "--no-store", "--out", out)

    assert result.exit_code == 1
    assert result.stderr == (
        f"Filen {out} kunde inte skrivas: kontrollera att mappen finns, att du får "
        "skriva där och att disken har plats.\n"
    )


def test_a_column_can_be_named(run: Run, tmp_path: Path) -> None:
    path = a_file(tmp_path, "nr,inlägg\n7,hotord\n")

    result = run(
        "scan",
        path,
        "--no-store",
        "--out",
        "-",
        "--map",
        "text=Inlägg",
        "--map",
        "id=nr",
    )

    [line] = verdicts(result.stdout)
    assert (line["id"], line["flagged"]) == ("7", True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--map", "fel=x"],
            (
                "--map fel=x går inte att förstå: skriv FÄLT=KOLUMN, där fältet är "
                "något av text, posted_at, id, author, channel, thread, parent, url."
            ),
        ),
        (
            ["--out", "ut.csv"],
            (
                "--out ut.csv går inte att använda: namnet ska sluta på .jsonl, eller "
                "vara -."
            ),
        ),
    ],
)
def test_a_flag_that_cannot_be_used_is_one_sentence(
    run: Run, texts_file: Path, arguments: list[str], sentence: str
) -> None:
    result = run("scan", texts_file, *arguments)

    assert result.exit_code == 2
    assert result.stderr == (
        f"{sentence} Skriv «uppsikt scan --help» för att se vad som går att ange.\n"
    )
