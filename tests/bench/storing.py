"""What it costs to store comments, and how much of that is the index of words.

    python -m tests.bench.storing

The same generated comments, assessed once, are stored in new SQLite files, chunk by
chunk as `uppsikt scan` does, in turn with the index of words and without.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

from moderation import intake
from moderation.bootstrap import Services
from moderation.domain.comment import Comment, CommentRef
from moderation.domain.verdict import Assessed
from moderation.scan import CHUNK
from moderation.settings import Settings
from moderation.storage import open_store, recording
from tests.bench.pace import Pace
from tests.bench.scan import comments, machine

SIZE = 20_000
TIMES = 3

Work = Callable[[], object]


def timed(work: Work) -> Pace:
    """Return how fast the work went through all the comments."""
    began, processor_began = time.perf_counter(), time.process_time()
    work()
    return Pace(
        comments=SIZE,
        seconds=time.perf_counter() - began,
        processor_seconds=time.process_time() - processor_began,
    )


def chunks() -> list[list[Comment]]:
    """Return the comments as a scan reads them."""
    made = [
        Comment(ref=CommentRef("bench", str(number)), text=text, author="skribent")
        for number, text in enumerate(comments(SIZE))
    ]
    return [made[start : start + CHUNK] for start in range(0, SIZE, CHUNK)]


def store(assessed: Sequence[Sequence[Assessed]], services: Services) -> Pace:
    """Store all of it in a new file."""
    with tempfile.TemporaryDirectory(prefix="uppsikt-bench-") as folder:
        opened = open_store(str(Path(folder) / "bench.sqlite3"))
        pace = timed(
            lambda: [
                intake.record(one, store=opened, now=services.now) for one in assessed
            ]
        )
        opened.close()
    return pace


def without_index(work: Callable[[], Pace]) -> Pace:
    """Do the work while no words are stemmed and nothing is indexed."""
    with (
        patch.object(recording, "_document", lambda *_: {}),
        patch.object(recording, "index_documents", lambda *_: None),
    ):
        return work()


def main() -> None:
    """Measure and print."""
    print(machine())
    services = Services(Settings())
    read = chunks()
    assessed: list[list[Assessed]] = []
    detector, policy = services.detector, services.policy
    pace = timed(
        lambda: assessed.extend(
            intake.assess_many(one, detector=detector, policy=policy) for one in read
        )
    )
    print(row("assessing", pace))
    for _ in range(TIMES):
        without = without_index(lambda: store(assessed, services))
        indexed = store(assessed, services)
        print(row("storing, without the index of words", without))
        print(row("storing, with it", indexed))
        print(share(pace, without, indexed))


def row(name: str, pace: Pace) -> str:
    """Return one line."""
    return (
        f"{name:<38}{pace.seconds:>7.1f} s{pace.rate:>9,.0f}/s"
        f"{pace.processor_rate:>9,.0f}/s of processor time"
    )


def share(assessing: Pace, without: Pace, indexed: Pace) -> str:
    """Return how much of storing, and of the whole scan, the index is."""
    index = indexed.processor_seconds - without.processor_seconds
    whole = assessing.processor_seconds + indexed.processor_seconds
    return (
        f"the index is {index / indexed.processor_seconds:.0%} of storing and "
        f"{index / whole:.0%} of the scan, by processor time"
    )


if __name__ == "__main__":
    main()
