"""Keeps the figures in the model card those of the model beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from moderation.domain.category import CATEGORIES

CARD: Final = "MODEL_CARD.md"
_BEGIN: Final = "<!-- figures -->\n"
_END: Final = "<!-- /figures -->"


def write_figures(folder: Path, report: Mapping[str, Any]) -> None:
    """Put a report's figures into the folder's card, where there is one."""
    card = folder / CARD
    if not card.is_file():
        return
    before, _, rest = card.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    text = before + _BEGIN + figures_table(report) + _END + after
    card.write_text(text, encoding="utf-8")


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
