"""Everything that the pages say can be said in English, and nothing is forgotten."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from jinja2 import Environment

from tests import catalogue
from tests.webui.reading import read

PAGES = catalogue.PAGES
TEMPLATES = sorted((PAGES / "templates").rglob("*.html"))
MODULES = sorted(PAGES.glob("*.py"))
PLACEHOLDER = re.compile(r"(?<!%)%\((\w+)\)[sd0-9]+")
TAG = re.compile(r"</?(\w+)")
LETTERS = re.compile(r"[A-Za-zÅÄÖåäö]{2}")
SWEDISH = re.compile(r"[åäöÅÄÖ]|^[A-ZÅÄÖ][a-zåäö]+ [a-zåäö]+ [a-zåäö]+")
NAMES = {"Uppsikt", "– Uppsikt", "CSV", "JSON"}
CODES = {"width", "body_facts"}
"""Blocks that hold no words, but what stands in a tag."""
TRANSLATING = {"_", "lazy", "plural", "gettext", "ngettext"}


def texts(message: Message) -> list[tuple[str, str]]:
    """Return each Swedish form beside its English."""
    if isinstance(message.id, tuple):
        return list(zip(message.id, message.string, strict=True))
    return [(str(message.id), str(message.string))]


TRANSLATED = [
    pair for message in catalogue.english() if message.id for pair in texts(message)
]


def test_every_sentence_of_the_pages_is_in_the_file_and_no_other() -> None:
    wanted = {message.id for message in catalogue.wanted()}

    assert {message.id for message in catalogue.english()} == wanted


def test_every_sentence_has_an_english_one_that_somebody_has_looked_at() -> None:
    assert [swedish for swedish, english in TRANSLATED if not english.strip()] == []
    assert [m.id for m in catalogue.english() if m.id and m.fuzzy] == []


def test_both_languages_take_the_same_values() -> None:
    for swedish, english in TRANSLATED:
        wanted = sorted(PLACEHOLDER.findall(swedish))

        assert sorted(PLACEHOLDER.findall(english)) == wanted, swedish
        assert swedish % dict.fromkeys(wanted, 1) if wanted else swedish
        assert english % dict.fromkeys(wanted, 1) if wanted else english


def test_both_languages_have_the_same_tags() -> None:
    marked_swedish = "span"
    for swedish, english in TRANSLATED:
        found = [tag for tag in TAG.findall(english) if tag != marked_swedish]
        wanted = [tag for tag in TAG.findall(swedish) if tag != marked_swedish]

        assert found == wanted, swedish


def test_what_is_compiled_is_what_the_file_says() -> None:
    assert catalogue.compiled(catalogue.english()) == catalogue.COMPILED.read_bytes()
    with catalogue.COMPILED.open("rb") as file:
        assert len(read_mo(file)) == len(catalogue.english())


def skeleton(source: str) -> str:
    """Return a template's own HTML, without what is computed or translated."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    kept, names, is_left_out = [], [], False
    for _line, kind, value in environment.lex(source):
        if kind == "block_begin":
            names = []
        elif kind == "name":
            names.append(value)
        elif kind == "block_end" and names[0] in {"trans", "block"}:
            is_left_out = names[0] == "trans" or names[1] in CODES
        elif kind == "block_end" and names[0] in {"endtrans", "endblock"}:
            is_left_out = False
        elif kind == "data" and not is_left_out:
            kept.append(value)
        elif kind == "variable_end":
            kept.append("0")
    return "".join(kept)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_holds_no_words_of_its_own(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    page = read(skeleton(source))
    said = {*page.words} - {*read_in_one_language(source)}
    # Macros that end a tag say nothing: what they write has the form of attributes.
    bare = {text.strip("0 ") for text in said if '="' not in text}

    assert {text for text in bare if LETTERS.search(text)} <= NAMES


def read_in_one_language(source: str) -> list[str]:
    """Return what a template says in the same words whatever the page speaks."""
    page = skeleton(source)
    both = [read(page, skipped=language).words for language in ("sv", "en")]
    return [text for text in read(page).words if any(text not in said for said in both)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_translates_the_words_that_it_hands_on(path: Path) -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    tokens = [
        (kind, value)
        for _line, kind, value in environment.lex(path.read_text(encoding="utf-8"))
        if kind != "whitespace"
    ]
    bare = [
        value
        for (_, name), (_, sign), (kind, value) in zip(
            tokens, tokens[1:], tokens[2:], strict=False
        )
        if kind == "string" and SWEDISH.search(value[1:-1])
        if not (sign == "(" and name in TRANSLATING) and name not in TRANSLATING
    ]

    # The second string of a plural stands after the first.
    assert [v for v in bare if "%(num)s" not in v] == []


def bare_strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings that stand outside of docstrings and translations."""
    for node in ast.iter_child_nodes(tree):
        is_docstring = isinstance(node, ast.Expr) and isinstance(
            node.value, ast.Constant
        )
        is_translated = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in TRANSLATING
        )
        # What an error says is translated where it is shown.
        is_error = (
            isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "msg"
        )
        if is_docstring or is_translated or is_error:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        yield from bare_strings(node)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_translates_what_it_says(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    english = re.compile(r"^(The|Made|A) ")
    # These are put together to whole phrases, and the phrases are translated.
    parts = {"t grovt språk", "t sexuellt innehåll", " upphovsrättsfråga", " fråga"}
    parts |= {"osäker", " reklam eller skräp"}
    # This stands in what is sent to an author, in Swedish.
    parts |= {" Den är dold till den "}

    said = {text for text in bare_strings(tree) if SWEDISH.search(text)}

    assert {text for text in said - parts if not english.search(text)} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_translation_hides_in_a_formatted_string(path: Path) -> None:
    """Before Python 3.12 nothing inside of one is found when sentences are gathered."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    calls = [
        inner.func.id
        for node in joined
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Name)
        and inner.args
        and isinstance(inner.args[0], ast.Constant)
    ]

    assert not TRANSLATING & {*calls}
