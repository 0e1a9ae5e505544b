"""`uppsikt evaluate`: how good the detection is on a labelled file."""

import json
from pathlib import Path
from typing import Any

import click

from moderation.cli.start import Start, pass_start
from moderation.cli.swedish import Command


@click.command(cls=Command, short_help="Mät träffsäkerheten på en märkt fil.")
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv siffrorna som JSON.")
@pass_start
def evaluate(start: Start, *, file: Path, as_json: bool) -> None:
    """Mät träffsäkerheten på en märkt fil, med 95-procentiga intervall."""
    # Imported here: scikit-learn and spaCy take seconds to load.
    from moderation.detection.evaluation import evaluate_file  # noqa: PLC0415 - above

    services = start.services(None)
    report = evaluate_file(file, services.detector, services.policy)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for line in _table(report):
        click.echo(line)


def _table(report: dict[str, Any]) -> list[str]:
    """Return the report as lines for a person."""
    heading = (
        f"{'kategori':<14}{'antal':>6}{'tröskel':>9}"
        f"{'precision':>19}{'täckning':>19}{'F1':>19}{'ROC AUC':>19}"
    )
    rows = [
        f"{name:<14}{row['positives']:>6}{row['threshold']:>9.2f}"
        + "".join(
            f"{_with_interval(row[figure]):>19}"
            for figure in ("precision", "recall", "f1", "roc_auc")
        )
        for name, row in report["categories"].items()
    ]
    domains = [
        f"  {name:<24}{_share(row)}" for name, row in report["benign_by_domain"].items()
    ]
    return [
        f"{report['comments']} kommentarer; inom parentes 95-procentigt intervall",
        heading,
        *rows,
        f"Makro-F1 över de elva som flaggar: {_with_interval(report['macro_f1'])}",
        f"Flaggade av de utan kategori: {_share(report['benign'])}",
        *domains,
    ]


def _with_interval(figure: list[float] | None) -> str:
    if figure is None:
        return "–"
    value, low, high = figure
    return f"{value:.2f} ({low:.2f}–{high:.2f})"


def _share(row: dict[str, Any]) -> str:
    if row["share"] is None:
        return "inga sådana rader"
    share, low, high = row["share"]
    return (
        f"{row['flagged']} av {row['comments']} = {share:.1%} ({low:.1%}–{high:.1%})"
    ).replace("%", " %")
