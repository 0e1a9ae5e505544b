"""Import only from a lower layer, and each library only at its home."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = {
    "moderation.domain": 1,
    "moderation.detection": 2,
    "moderation.storage": 2,
    "moderation.connectors": 2,
    "moderation.bootstrap": 3,
    "moderation.cli": 4,
    "webui": 4,
}
USE_CASE = 2
"""Any other module of moderation/ is a use case."""
SIDEWAYS = {
    ("moderation.batch", "moderation.intake"),
    ("moderation.scan", "moderation.intake"),
    ("moderation.decisions", "moderation.criticism"),
    ("moderation.similar", "moderation.latest_decisions"),
}
EDGES_TOGETHER = {("moderation.cli", "webui")}
HOMES = {
    "sklearn": "moderation.detection",
    "spacy": "moderation.detection",
    "pandas": "moderation.detection",
    "scipy": "moderation.detection",
    "numpy": "moderation.detection",
    "joblib": "moderation.detection",
    "matplotlib": "moderation.detection",
    "regex": "moderation.detection",
    "phonenumbers": "moderation.detection",
    "stdnum": "moderation.detection",
    "sqlalchemy": "moderation.storage",
    "alembic": "moderation.storage",
    "psycopg": "moderation.storage",
    "snowballstemmer": "moderation.storage",
    "openpyxl": "moderation.connectors",
    "pyarrow": "moderation.connectors",
    "flask": "webui",
    "flask_babel": "webui.language",
    "flask_login": "webui",
    "flask_wtf": "webui",
    "wtforms": "webui",
    "werkzeug": "webui",
    "markupsafe": "webui",
    "pygal": "webui.charts",
    "argon2": "moderation.passwords",
    "pyotp": "moderation.second_factor",
    "segno": "webui",
    "orjson": "moderation.verdict_json",
    "pydantic": "moderation.settings",
    "pydantic_settings": "moderation.settings",
    "click": "moderation.cli",
    "tqdm": "moderation.cli",
    "waitress": "moderation.cli",
}


def modules() -> list[Path]:
    return [p for top in ("moderation", "webui") for p in (ROOT / top).rglob("*.py")]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    """Return the layer's name that a module belongs to."""
    for part in LAYERS:
        if module == part or module.startswith(f"{part}."):
            return part
    return ".".join(module.split(".")[:2])


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield node.module
            if node.module in {"moderation", "webui"}:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_from_lower_layers(path: Path) -> None:
    here = part_of(name_of(path))
    for imported in imports_of(path):
        if imported.split(".")[0] not in {"moderation", "webui"}:
            continue
        there = part_of(imported)
        if there in {here, "moderation"}:
            continue
        if (here, there) in SIDEWAYS | EDGES_TOGETHER:
            continue

        assert LAYERS.get(there, USE_CASE) < LAYERS.get(here, USE_CASE), imported


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_library_is_imported_only_at_its_home(path: Path) -> None:
    here = name_of(path)
    for imported in imports_of(path):
        library = imported.split(".")[0]
        if library in {"moderation", "webui"} | sys.stdlib_module_names:
            continue
        home = HOMES[library]

        assert here == home or here.startswith(f"{home}."), imported


def test_the_domain_needs_the_standard_library_only() -> None:
    for path in (ROOT / "moderation" / "domain").rglob("*.py"):
        for imported in imports_of(path):
            top = imported.split(".")[0]

            assert top in sys.stdlib_module_names or imported.startswith(
                "moderation.domain"
            )
