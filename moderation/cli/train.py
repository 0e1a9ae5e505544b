"""`uppsikt train`: the model anew, from the labelled corpus."""

from pathlib import Path

import click

from moderation.cli.start import folder_option
from moderation.cli.swedish import Command
from moderation.paths import models_folder, rules_folder, samples_folder


@click.command(cls=Command, short_help="Träna klassificeraren på de märkta exemplen.")
@folder_option(
    "--samples",
    "Mapp med corpus/train.csv, dev.csv och test.csv; annars de som följer med.",
)
@folder_option(
    "--out", "Var modellen sparas, i stället för där den som följer med ligger."
)
def train(samples: Path | None, out: Path | None) -> None:
    """Träna klassificeraren på de märkta exemplen och mät den."""
    # Imported here: scikit-learn and spaCy take seconds to load.
    from moderation.detection import training  # noqa: PLC0415 - see above

    model = training.train(
        samples=samples or samples_folder(),
        rules=rules_folder(),
        models=out or models_folder(),
    )
    click.echo(
        f"Modellen {model.version} är tränad på {model.metadata['comments']['train']} "
        "kommentarer. Siffrorna står i metadatafilen bredvid den."
    )
