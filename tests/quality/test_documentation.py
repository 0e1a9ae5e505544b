"""The documents keep up with the command line, and nothing they point at is missing."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from moderation.cli.app import cli

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
PICTURES = sorted((ROOT / "docs" / "bilder").iterdir())
TEXTS = {path: path.read_text(encoding="utf-8") for path in DOCUMENTS}
PROMPTS = (
    "uppsikt ",
    "/opt/uppsikt/bin/uppsikt ",
    "ExecStart=/opt/uppsikt/bin/uppsikt ",
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(uppsikt [^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
ENGLISH = re.compile(
    r"\b(the|and|show|message|exit|required|default|options|commands|usage|file)\b",
    re.IGNORECASE,
)


def commands(
    command: click.Command = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Yield the words after «uppsikt» of every command that does something."""
    if not isinstance(command, click.Group):
        yield path
        return
    for name, part in command.commands.items():
        yield from commands(part, (*path, name))


def command_lines() -> Iterator[tuple[str, str]]:
    """Yield each call of the command in the documents, with the document's name."""
    for path, text in TEXTS.items():
        lines = [line for _, block in FENCE.findall(text) for line in block.split("\n")]
        for line in (*lines, *INLINE.findall(text)):
            for part in re.split(r"&& |: (?=uppsikt )", line):
                if part.startswith(PROMPTS):
                    yield path.name, part.partition("uppsikt ")[2].strip()


def unknown_words(line: str) -> list[str]:
    """Return the options and subcommands of a call that do not exist."""
    command: click.Command = cli
    unknown = []
    options = {"--help"}
    for word in shlex.split(line, comments=True):
        options |= {name for one in command.params for name in one.opts}
        if word.startswith("--"):
            unknown += [] if word.partition("=")[0] in options else [word]
        elif isinstance(command, click.Group):
            if word not in command.commands:
                return [*unknown, word]
            command = command.commands[word]
    return unknown


def anchors(path: Path) -> set[str]:
    """Return the addresses of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading).strip() for heading in headings)
    return {heading.lower().replace(" ", "-") for heading in plain}


def links() -> Iterator[tuple[Path, str]]:
    """Yield every link and picture that leads to a file of the project."""
    for path, text in TEXTS.items():
        for target in LINK.findall(FENCE.sub("", text)):
            if "://" not in target:
                yield path, target


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_command_is_described(command: tuple[str, ...]) -> None:
    name = re.escape(" ".join(("uppsikt", *command)))
    everything = "\n".join(TEXTS.values())

    assert re.search(rf"{name}\b", everything)


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_flag_is_described(command: tuple[str, ...]) -> None:
    found: click.Command = cli
    for word in command:
        assert isinstance(found, click.Group)
        found = found.commands[word]
    everything = "\n".join(TEXTS.values())
    flags = [name for one in found.params for name in one.opts if name[:2] == "--"]

    assert [flag for flag in flags if flag not in everything] == []


@pytest.mark.parametrize("command", [(), ("log",), ("user",), *commands()], ids=str)
def test_the_help_is_swedish(command: tuple[str, ...]) -> None:
    told = CliRunner().invoke(cli, [*command, "--help"], prog_name="uppsikt").stdout
    sentences = re.sub(
        r"--?[\w-]+|\[[\w|]+\|[\w|]+\]|^ +\w+  ", "", told, flags=re.MULTILINE
    )

    assert told.startswith("Användning: uppsikt")
    assert ENGLISH.findall(sentences) == []


@pytest.mark.parametrize(("document", "line"), list(command_lines()))
def test_a_command_line_in_the_documents_exists(document: str, line: str) -> None:
    assert unknown_words(line) == [], document


def test_command_lines_are_found_in_the_documents() -> None:
    lines = [line for _, line in command_lines()]

    assert "log verify" in lines
    assert "scan data/samples/comments.csv --no-store" in lines
    assert unknown_words("scan fil.csv --finns-inte") == ["--finns-inte"]
    assert unknown_words("finns-inte") == ["finns-inte"]


@pytest.mark.parametrize(("document", "target"), list(links()))
def test_a_link_or_a_picture_leads_somewhere(document: Path, target: str) -> None:
    file, _, anchor = target.partition("#")
    path = document.parent / file if file else document

    assert path.is_file()
    assert not anchor or anchor in anchors(path)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_legal_statement_says_when_it_was_last_reviewed(document: Path) -> None:
    for section in re.split(
        r"^#+ ", FENCE.sub("", TEXTS[document]), flags=re.MULTILINE
    ):
        for part in re.split(r"\n\n(?!\|)|\n(?=- )", section):
            names_law = re.search(r"\d §|\d kap\.", part)

            assert not names_law or re.search(r"(?i)senast\s+granskad", part), part


def test_the_first_screenful_of_the_readme_has_the_two_commands() -> None:
    first = TEXTS[ROOT / "README.md"].splitlines()[:15]

    assert [line.split()[1] for line in first if line.startswith("make ")] == [
        "demo",
        "test",
    ]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_small_and_used(picture: Path) -> None:
    assert picture.stat().st_size < 300_000
    assert any(f"bilder/{picture.name})" in text for text in TEXTS.values())
