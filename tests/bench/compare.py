"""Uppsikt beside two others, on the same generated comments and the same core.

    python -m tests.bench.compare

The whole of `uppsikt scan`, start-up included, is compared with presidio-analyzer,
which finds personal data only, and with scikit-learn's usual text classifier, which
gives probabilities only. Theirs are fewer comments, the first of the same, and their
start-up and training are left out: that favours them. On a machine that others use at
the same time, the rates by the clock waver much; those of processor time, less.
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
        ratios("a/b", ours, presidio),
        ratios("a/c", ours, letter_groups),
        f"peak memory of a: {ours.peak_megabytes:.0f} MB",
    ]


def row(name: str, measured: Measured | Pace) -> str:
    """Return one line of the comparison."""
    return (
        f"{name:<34}{measured.comments:>9,}{measured.seconds:>9.1f} s"
        f"{measured.rate:>10,.0f}/s"
        f"{measured.processor_rate:>10,.0f}/s of processor time"
    )


def ratios(name: str, ours: Measured, theirs: Pace) -> str:
    """Return how many times their comments a second we do, in both measures."""
    clock = ours.rate / theirs.rate
    processor = ours.processor_rate / theirs.processor_rate
    return f"{name}: {clock:.2f} by the clock, {processor:.2f} by processor time"


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
