"""Remembers that a folder of rules has been proved, so that a start need not do it.

The proof holds for exactly these rule files, this code and these library versions: any
other byte, and the rules are proved again.
"""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Final

STAMP: Final = "proved.sha256"
_CODE: Final = (
    "letters.py",
    "lexicon.py",
    "list_marks.py",
    "normalise.py",
    "pattern_words.py",
    "rule.py",
    "rule_index.py",
    "rule_matcher.py",
    "rule_strain.py",
    "ruleset.py",
    "token_rules.py",
    "word_lists.py",
)
_LIBRARIES: Final = ("regex", "spacy")


def is_proved(folder: Path) -> bool:
    """Say whether the rules of a folder have been proved as they are now."""
    try:
        stamp = (folder / STAMP).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return False
    return stamp == _fingerprint(folder)


def remember_proof(folder: Path) -> None:
    """Note that the rules of a folder have just been proved."""
    (folder / STAMP).write_text(_fingerprint(folder) + "\n", encoding="ascii")


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    code = [Path(__file__).parent / name for name in _CODE]
    for path in (*sorted(folder.glob("*.toml")), *code):
        # Line ends differ between systems, what stands on the lines does not.
        digest.update(path.name.encode() + b"\n")
        digest.update(b"\n".join(path.read_bytes().splitlines()))
    versions = [f"{name} {version(name)}" for name in _LIBRARIES]
    digest.update("\n".join(versions).encode())
    return digest.hexdigest()
