"""`uppsikt rules`: the rules themselves."""

import click

from moderation.cli.swedish import Command, Group
from moderation.paths import rules_folder


@click.group(cls=Group, short_help="Arbeta med reglerna.")
def rules() -> None:
    """Arbeta med reglerna."""


@rules.command(cls=Command, short_help="Pröva alla regler mot deras exempel.")
def check() -> None:
    """Pröva alla regler mot deras exempel, och kom ihåg att de håller.

    Efter en ändring i en regelfil prövas reglerna annars vid varje start.
    """
    # Imported here: spaCy takes a second to load.
    from moderation.detection.ruleset import prove_rules  # noqa: PLC0415 - see above

    ruleset = prove_rules(rules_folder())
    click.echo(f"{len(ruleset.active)} regler håller. Version {ruleset.version}.")
