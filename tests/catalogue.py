"""The words of the pages, gathered from the code, and their file in English.

`make translations` takes new sentences into the file, drops those that nobody says any
more, and compiles it. What is new must then be put into English by hand.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from moderation.domain import labels
from moderation.domain.answer import PROBLEM as ANSWER_PROBLEM
from moderation.domain.answer import AnswerTooLateError
from moderation.domain.category import Category
from moderation.domain.errors import (
    AlreadyDecidedError,
    HeldByOtherError,
    LastAdminError,
)
from moderation.domain.shortcuts import Command, ShortcutError, chosen_shortcuts
from moderation.domain.task import TaskChangedError
from moderation.passwords import LONGEST, problem_with
from moderation.undoing import UndoRefusedError
from webui.wording import swedish_suspicion

PAGES: Final = Path(__file__).parents[1] / "webui"
ENGLISH: Final = PAGES / "translations" / "en" / "LC_MESSAGES" / "messages.po"
COMPILED: Final = ENGLISH.with_suffix(".mo")
_METHODS: Final = [("**.py", "python"), ("**.html", "jinja2")]
_OPTIONS: Final = {"**.html": {"trimmed": "true", "silent": "false"}}
_KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "lazy": None,
    "plural": (1, 2),
    "ngettext": (1, 2),
}
_HEADER: Final = "# The pages of Uppsikt in English.\n"


def wanted() -> Catalog:
    """Return everything that the pages say, without any translation."""
    catalog = Catalog(
        locale="en", header_comment=_HEADER, project="Uppsikt", fuzzy=False
    )
    found = extract_from_dir(PAGES, _METHODS, options_map=_OPTIONS, keywords=_KEYWORDS)
    for _file, _line, message, _comments, _context in found:
        catalog.add(message)
    for sentence in sorted(core_sentences()):
        catalog.add(sentence)
    return catalog


def core_sentences() -> set[str]:
    """Return what the core says in Swedish and the pages translate at their edge."""
    return {*_labels(), *_suspicions(), *_errors()} - {""}


def _labels() -> Iterator[str]:
    for name, table in vars(labels).items():
        if name.isupper() and isinstance(table, Mapping):
            yield from (word for word in table.values() if isinstance(word, str))
    yield from (labels.yes_no(answer) for answer in (True, False))


def _suspicions() -> Iterator[str]:
    for category in Category:
        yield from (swedish_suspicion(category, sure) for sure in (0.9, 0.6, 0.1))


def _errors() -> Iterator[str]:
    """Yield the errors whose sentences are always the same."""
    fixed = AlreadyDecidedError(), HeldByOtherError(), LastAdminError()
    yield from map(str, (*fixed, TaskChangedError(), UndoRefusedError()))
    yield str(AnswerTooLateError())
    yield from ANSWER_PROBLEM.values()
    for password in ("x", "x" * (LONGEST + 1), "eva-eva-eva-eva"):
        yield problem_with(password, names=("eva",))
    for key in ("", "1"):
        try:
            chosen_shortcuts({Command.HIDE: key}, is_on=True)
        except ShortcutError as error:
            yield str(error)


def english() -> Catalog:
    """Return the file as it is."""
    with ENGLISH.open("rb") as file:
        catalog = read_po(file, locale="en")
    catalog.msgid_bugs_address = catalog.language_team = "Uppsikt"
    catalog.last_translator = "Uppsikt"
    catalog.revision_date = catalog.creation_date
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """Return what the program reads."""
    stream = BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def main() -> None:
    """Bring the file up to date and compile it; say what is to be translated."""
    catalog = english()
    catalog.update(wanted(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with ENGLISH.open("wb") as file:
        write_po(file, catalog, width=88, no_location=True, sort_output=True)
    COMPILED.write_bytes(compiled(english()))
    for message in catalog:
        if message.id and not message.string:
            print("to translate:", message.id)  # noqa: T201 - what the command is for


if __name__ == "__main__":
    main()
