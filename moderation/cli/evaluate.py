"""`uppsikt evaluate`: how good the detection is on a labelled file."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from moderation.cli.start import Start, folder_option, pass_start
from moderation.cli.swedish import Command
from moderation.paths import rules_folder, samples_folder

if TYPE_CHECKING:
    from moderation.bootstrap import Services


@click.command(cls=Command, short_help="Mät träffsäkerheten på en märkt fil.")
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv siffrorna som JSON.")
@folder_option(
    "--report",
    "Skriv också figurer, utlåtanden och en jämförelse av modeller i mappen.",
)
@folder_option(
    "--samples",
    "Exempel som rapportens modeller tränas på; annars de som följer med.",
)
@pass_start
def evaluate(
    start: Start,
    *,
    file: Path,
    as_json: bool,
    report: Path | None,
    samples: Path | None,
) -> None:
    """Mät träffsäkerheten på en märkt fil, med 95-procentiga intervall."""
    # Imported here: scikit-learn and spaCy take seconds to load.
    from moderation.detection.evaluation import evaluate_file  # noqa: PLC0415 - above

    services = start.services(None)
    measured = evaluate_file(file, services.detector, services.policy)
    _show(measured, as_json=as_json)
    if report is not None:
        _write_report(services, file, report, samples or samples_folder())


def _show(measured: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(measured, ensure_ascii=False, indent=2))
        return
    for line in _table(measured):
        click.echo(line)


def _write_report(
    services: "Services", file: Path, folder: Path, samples: Path
) -> None:
    """Write the report; it takes minutes, most of them to teach other models."""
    from moderation.detection.report import (  # noqa: PLC0415 - as above
        EvaluationReport,
    )

    click.echo("Skriver rapporten; det tar några minuter.", err=True)
    EvaluationReport(
        file=file,
        samples=samples,
        rules=rules_folder(),
        detector=services.detector,
        policy=services.policy,
    ).write(folder)
    click.echo(f"Rapporten ligger i {folder}.", err=True)


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
