"""Keeps the figures in the model card those of the model beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from moderation.domain.category import CATEGORIES

CARD: Final = "MODEL_CARD.md"


def write_figures(
    folder: Path, report: Mapping[str, Any], functions: Mapping[str, float]
) -> None:
    """Put the model's figures into the folder's card, where there is one."""
    card = folder / CARD
    if not card.is_file():
        return
    text = card.read_text(encoding="utf-8")
    text = _filled(text, "figures", figures_table(report))
    text = _filled(text, "functions", functions_table(functions))
    card.write_text(text, encoding="utf-8")


def write_comparison(folder: Path, table: str) -> None:
    """Put how kinds of classifier compare into the folder's card, if there is one."""
    card = folder / CARD
    if card.is_file():
        text = card.read_text(encoding="utf-8")
        card.write_text(_filled(text, "comparison", table), encoding="utf-8")


def _filled(text: str, name: str, table: str) -> str:
    """Return the text with a table between the two marks of its name."""
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, found, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}{table}{end}{after}" if found else text


def functions_table(functions: Mapping[str, float]) -> str:
    """Return the share right of each function, by name, as a table in Markdown."""
    rows = [f"| {name} | {share:.0%} |" for name, share in sorted(functions.items())]
    mean = sum(functions.values()) / max(len(functions), 1)
    lines = ["| function | right |", "|---|---|", *rows, f"| **mean** | {mean:.0%} |"]
    return "\n".join([*lines, ""])


def figures_table(report: Mapping[str, Any]) -> str:
    """Return a report as a table in Markdown."""
    figures = {code: report["categories"][code] for code in CATEGORIES}
    rows = [
        f"| {name} | {row['positives']} | {row['threshold']:.2f} | "
        + " | ".join(
            _figure(row[key]) for key in ("precision", "recall", "f1", "roc_auc")
        )
        + " |"
        for name, row in figures.items()
    ]
    benign = report["benign"]
    summary = (
        f"Macro F1 over the eleven that flag: {_figure(report['macro_f1'])}. "
        f"Flagged of {benign['comments']} benign comments: "
        f"{benign['flagged']}, as a share {_figure(benign['share'])}."
    )
    return "\n".join(
        [
            "| category | positives | threshold | precision | recall | F1 | ROC AUC |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            summary,
            "",
        ]
    )


def _figure(value: list[float] | None) -> str:
    if value is None:
        return "–"
    figure, low, high = value
    return f"{figure:.2f} ({low:.2f}–{high:.2f})"
