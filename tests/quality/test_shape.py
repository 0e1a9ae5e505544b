"""The house's measures: small modules, small functions, no broad except."""

import ast
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [p for top in ("moderation", "webui") for p in (ROOT / top).rglob("*.py")]
TEXTS = [
    p
    for p in ROOT.rglob("*")
    if p.suffix in {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".sh"}
    and not {".venv", ".git", "build", "dist"} & set(p.relative_to(ROOT).parts)
]


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_module_is_under_350_lines_and_its_functions_under_50(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 350
    assert all(lines(node) < 50 for node in functions(path))


def test_most_functions_are_short() -> None:
    sizes = sorted(lines(node) for path in SOURCES for node in functions(path))

    assert statistics.median(sizes) <= 10
    assert sizes[int(len(sizes) * 0.9)] <= 25


def test_everything_is_caught_in_one_place_only() -> None:
    broad = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if re.search(
            r"except(\s*:|\s+(Base)?Exception)", path.read_text(encoding="utf-8")
        )
    ]

    assert broad == ["moderation/detection/detector.py"]


@pytest.mark.parametrize("path", TEXTS, ids=str)
def test_no_file_names_a_download_host(path: Path) -> None:
    hosts = ("pypi", "pythonhosted", "npmjs", "deb.debian", "debian")
    text = path.read_text(encoding="utf-8", errors="ignore").lower()

    assert not [h for h in hosts if re.search(rf"\b{h}\.(org|net|com)\b", text)]
