"""Uppsikt beside two others, on the same generated comments and the same core.

    python -m tests.bench.compare

The whole of `uppsikt scan`, start-up included, is compared with presidio-analyzer,
which finds personal data only, and with scikit-learn's usual text classifier, which
gives probabilities only. Theirs are fewer comments, the first of the same, and their
start-up and training are left out: that favours them.
"""

import json
import subprocess
from typing import Any

from tests.bench.pace import Pace
from tests.bench.scan import Measured, measure, start


def said_by(module: str) -> str:
    """Run a module on one core and return the last line that it prints."""
    process = start(module, stdout=subprocess.PIPE)
    printed, _ = process.communicate()
    if process.returncode:
        message = f"{module} ended with {process.returncode}"
        raise SystemExit(message)
    return printed.splitlines()[-1]


def comparison(ours: Measured, presidio: Pace, letter_groups: Pace) -> list[str]:
    """Return the lines that set the three beside each other."""
    return [
        "The others' start-up and training are left out, which favours them.",
        row("a  uppsikt scan --no-store --out", ours),
        row("b  presidio-analyzer", presidio),
        row("c  letter groups, scikit-learn", letter_groups),
        f"a/b: {ours.rate / presidio.rate:.2f}",
        f"a/c: {ours.rate / letter_groups.rate:.2f}",
        f"peak memory of a: {ours.peak_megabytes:.0f} MB",
    ]


def row(name: str, measured: Measured | Pace) -> str:
    """Return one line of the comparison."""
    return (
        f"{name:<34}{measured.comments:>9,}{measured.seconds:>9.1f} s"
        f"{measured.rate:>10,.0f}/s"
    )


def loading(figures: dict[str, Any]) -> list[str]:
    """Return the lines about the shipped rules and model."""
    return [
        f"load the rules: {figures['rules']:.2f} s",
        f"load the model: {figures['model']:.2f} s",
        f"the model's artifact: {figures['artifact_megabytes']:.2f} MB",
    ]


def main() -> None:
    """Measure everything and print it."""
    ours = measure()
    presidio = Pace.from_json(said_by("tests.bench.presidio"))
    letter_groups = Pace.from_json(said_by("tests.bench.letter_groups"))
    print(*comparison(ours, presidio, letter_groups), sep="\n")
    print(*loading(json.loads(said_by("tests.bench.loading"))), sep="\n")


if __name__ == "__main__":
    main()
