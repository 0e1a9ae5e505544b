"""How many comments a second `uppsikt scan` does on one core, and in how much memory.

    python -m tests.bench.scan

Runs the real command, start-up included, on generated comments, and prints a table.
The comments are stretches of the corpus (7 % of them from comments that have a
category) with every thirtieth word a newly made compound, so that the vocabulary
keeps growing as it does in real traffic.
"""

import csv
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.pace import Pace

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "corpus"
SIZE = 100_000
TIMES = 3
MEAN_LENGTH = 170
HARMFUL = 0.07
NEW_WORD = 1 / 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(Pace):
    """One run of the command, start-up included."""

    name: str
    peak_megabytes: float

    def __str__(self) -> str:
        return (
            f"{self.name:<34}{self.comments:>9,}{self.seconds:>9.1f} s"
            f"{self.rate:>10,.0f}/s{self.peak_megabytes:>9.0f} MB"
        )


def words_by_kind() -> tuple[list[list[str]], list[list[str]]]:
    """Return the words of benign and of harmful corpus comments."""
    with (SAMPLES / "train.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    benign = [row["text"].split() for row in rows if row["flag"] == "0"]
    harmful = [row["text"].split() for row in rows if row["flag"] == "1"]
    return benign, harmful


def comments(size: int) -> Iterator[str]:
    """Yield generated comments, the same ones every time."""
    chance = random.Random(1998_112)
    benign, harmful = words_by_kind()
    for _ in range(size):
        kind = harmful if chance.random() < HARMFUL else benign
        wanted = chance.lognormvariate(4.82, 0.6)
        words: list[str] = []
        length = 0
        while length < wanted:
            source = chance.choice(kind)
            start = chance.randrange(len(source))
            for word in source[start : start + chance.randint(4, 12)]:
                made = word + chance.choice(chance.choice(benign))
                words.append(made if chance.random() < NEW_WORD else word)
                length += len(words[-1]) + 1
        yield " ".join(words)


def write(path: Path, size: int) -> float:
    """Write generated comments to a file and return their mean length."""
    total = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "channel", "author", "posted_at", "text"])
        for number, text in enumerate(comments(size)):
            posted = f"2026-10-{1 + number % 28:02}T12:{number % 60:02}:00Z"
            writer.writerow(
                [number, "bench", f"skribent {number % 5000}", posted, text]
            )
            total += len(text)
    return total / size


def start(
    module: str,
    *arguments: str,
    stdout: int | None = None,
    stderr: int | None = None,
) -> subprocess.Popen[str]:
    """Start a module of ours in a process that has one core and one thread."""
    # A process has the cores of the one that starts it.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=stdout,
        stderr=stderr,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )


def run(name: str, size: int, *arguments: str) -> Measured:
    """Run the command on one core and return what it took."""
    began = time.perf_counter()
    silent = subprocess.DEVNULL
    process = start("moderation.cli", *arguments, stdout=silent, stderr=silent)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{name}: the command ended with {process.returncode}"
        raise SystemExit(message)
    processor = usage.ru_utime + usage.ru_stime
    return Measured(
        name=name,
        comments=size,
        seconds=seconds,
        processor_seconds=processor,
        peak_megabytes=usage.ru_maxrss / 1024,
    )


def fastest(runs: Iterable[Measured]) -> Measured:
    """Return the run that others on the machine disturbed least, as timeit advises."""
    return min(runs, key=lambda one: one.seconds)


def machine() -> str:
    """Return what kind of machine this is."""
    kind = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            kind = line.partition(":")[2].strip()
            break
    return f"{kind}, {os.cpu_count()} cores, Python {platform.python_version()}"


def measure() -> Measured:
    """Measure and print each command; return the first, a scan that stores nothing."""
    print(machine())
    with tempfile.TemporaryDirectory(prefix="uppsikt-bench-") as folder:
        here = Path(folder)
        one, two = here / "one.csv", here / "two.csv"
        mean = write(one, SIZE)
        write(two, 2 * SIZE)
        print(f"{SIZE:,} comments, mean length {mean:.0f} characters, one core")
        unstored = ("--no-store", "--out", str(here / "out.jsonl"))
        first = fastest(
            run("scan --no-store --out", SIZE, "scan", str(one), *unstored)
            for _ in range(TIMES)
        )
        print(f"{first}  the fastest of {TIMES}")
        print(run("the same, twice the file", 2 * SIZE, "scan", str(two), *unstored))
        stored = ("--database", f"sqlite:///{here / 'bench.sqlite3'}")
        print(run("scan, stored in SQLite", SIZE, "scan", str(one), *stored))
        print(run("the same again (all known)", SIZE, "scan", str(one), *stored))
        print(run("rescan of the archive", SIZE, "rescan", *stored))
    return first


if __name__ == "__main__":
    measure()
