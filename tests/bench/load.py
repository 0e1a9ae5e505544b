"""The web pages under load, on a large archive, on SQLite and on PostgreSQL.

    python -m tests.bench.load

Fills an archive, serves it as `uppsikt serve` does, in a process of its own, signs in,
and asks for pages over real HTTP so many times a second, whether or not the last have
been answered. A time counts from when its request was planned. Where others use the
machine at the same time, compare with the row of the sign-in page, which asks the
database for nothing, and with the processor time, which noise disturbs less.
"""

import argparse
import random
import re
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from tests.bench.archive import PASSWORD, Facts, filled
from tests.bench.archive_rows import CHANNELS, Shape
from tests.bench.load_report import Kind, is_good, report
from tests.bench.scan import machine
from tests.bench.served import processor_seconds, served
from tests.bench.visits import Answer, Call, Session, one_by_one, sign_in, visit
from tests.postgres import PostgresServer

YARDSTICK = "sign-in page"
_PAGES = (
    ("queue", 15),
    ("queue, far down", 10),
    ("queue, filtered", 15),
    ("queue, saved view", 5),
    ("item", 25),
    ("item, 100,000 characters", 2),
    ("search, rare word", 4),
    ("search, common word", 4),
    ("search, two words", 4),
    ("search, nothing", 4),
    ("search, filtered", 4),
    ("log", 8),
    (YARDSTICK, 5),
)
_FIGURES = ("figures, 30 days", "figures, 365 days")
_HIDING = (
    ("action", "hide"),
    ("expected", "open"),
    ("ground", "bbs_olaga_hot"),
    ("covered", "ja"),
    ("obvious", "ja"),
    ("obvious_because", "Texten lovar våld mot en namngiven person."),
    (
        "reasons",
        "Hot om våld mot en tjänsteperson, sagt så att det tas på allvar. " * 2,
    ),
)
_KEEPING = (("action", "keep"), ("expected", "open"), ("keep_reason", "criticism"))
_ESCALATING = (
    ("action", "escalate"),
    ("expected", "open"),
    ("escalate_to", "jurist"),
    ("reasons", "Är det ett hot?"),
)
_DECISIONS = {"hide": _HIDING, "keep": _KEEPING, "escalate": _ESCALATING}


class Plan:
    """What to ask for, chosen by chance but the same each time."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._chance = random.Random(1998_112)

    def mixed(self, count: int) -> list[Call]:
        """Return pages as a day's work asks for them."""
        kinds, weights = zip(*_PAGES, strict=True)
        return [
            self.page(kind) for kind in self._chance.choices(kinds, weights, k=count)
        ]

    def few_of_each(self, count: int) -> Iterator[list[Call]]:
        """Yield calls of one kind at a time."""
        for kind, _ in _PAGES:
            yield [self.page(kind) for _ in range(count)]

    def figures(self) -> Iterator[list[Call]]:
        """Yield calls of the page Siffror."""
        for kind in _FIGURES:
            path = f"/siffror/?dagar={kind.split()[1]}"
            yield [Call(kind=kind, path=path)] * 2

    def decisions(self, ids: Sequence[int]) -> list[Call]:
        """Return one decision on each of the items, of three kinds in turn."""
        kinds = list(_DECISIONS)
        return [
            Call(
                kind=f"decide: {kinds[n % 3]}",
                path=f"/kommentar/{one}/beslut",
                fields=_DECISIONS[kinds[n % 3]],
                expected=302,
            )
            for n, one in enumerate(ids)
        ]

    def page(self, kind: str) -> Call:
        """Return one page of a kind."""
        return Call(kind=kind, path=self._path(kind), is_anonymous=kind == YARDSTICK)

    def _path(self, kind: str) -> str:
        pick, facts = self._chance.choice, self._facts
        name = kind.partition(", ")[0]
        if name == "search":
            return self._search(kind)
        paths = {
            "queue": "/ko/",
            "queue, far down": f"/ko/?efter={pick(facts.places)}",
            "queue, filtered": f"/ko/?{self._filter()}",
            "queue, saved view": f"/ko/vy/{facts.view}",
            "item": f"/kommentar/{pick(facts.items)}",
            "item, 100,000 characters": f"/kommentar/{pick(facts.long_items)}",
            "log": pick(("/logg/", "/logg/?kanal=skola", "/logg/?handlaggare=bo")),
            YARDSTICK: "/logga-in",
        }
        return paths[kind]

    def _filter(self) -> str:
        pick = self._chance.choice
        filters = (
            f"kanal={pick(CHANNELS)}",
            f"kategori={pick(('threat', 'hate', 'spam', 'secrecy'))}",
            f"kalla={pick(('rule', 'classifier', 'personal_data'))}",
            f"kanal={pick(CHANNELS)}&kategori={pick(('insult', 'spam'))}",
            f"kanal={pick(CHANNELS)}&alder=7d",
            f"status=decided&kanal={CHANNELS[-1]}&kategori=copyright",
        )
        return pick(filters)

    def _search(self, kind: str) -> str:
        pick, facts = self._chance.choice, self._facts
        words = {
            "search, rare word": pick(facts.rare),
            "search, common word": pick(facts.common),
            "search, two words": f"{pick(facts.common)} {pick(facts.middling)}",
            "search, nothing": "xyzzyfinnsinte",
            "search, filtered": pick(facts.middling),
        }
        more = f"&kanal={CHANNELS[-1]}" if kind == "search, filtered" else ""
        return f"/sok?fraga={quote(words[kind])}{more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How hard the pages are tried."""

    rate: float
    seconds: float
    each: int
    """How often each kind is asked for on its own, to see its processor time."""


@dataclass(frozen=True, slots=True)
class Machinery:
    """The processes whose time is counted."""

    processes: tuple[int, ...]

    def used(self) -> float:
        """Return the processor time so far."""
        return sum(map(processor_seconds, self.processes))


def drive(session: Session, facts: Facts, load: Load, ours: Machinery) -> list[Kind]:
    """Ask for everything and return what each kind came to."""
    plan = Plan(facts)
    alone: dict[str, float] = {}
    wrong: list[Answer] = []
    figures: list[Answer] = []
    for calls in plan.few_of_each(load.each):
        one_by_one(session, calls[:1])
        answers, alone[calls[0].kind] = _timed(session, calls, ours)
        wrong += [answer for answer in answers if answer.is_wrong]
    for calls in plan.figures():
        answers, alone[calls[0].kind] = _timed(session, calls, ours)
        figures += answers
    visitors = max(4, int(load.rate * 2))
    count = int(load.rate * load.seconds)
    mixed = visit(session, plan.mixed(count), rate=load.rate, visitors=visitors)
    decisions = plan.decisions(_open_items(session, max(count // 3, 3)))
    before = ours.used()
    decided = visit(session, decisions, rate=load.rate, visitors=visitors)
    each = (ours.used() - before) / len(decisions)
    alone |= {call.kind: each for call in decisions}
    answers = [*mixed, *figures, *decided, *wrong]
    kinds = dict.fromkeys(answer.call.kind for answer in answers)
    return [
        Kind.of(kind, [a for a in answers if a.call.kind == kind], alone.get(kind))
        for kind in sorted(kinds)
    ]


def _timed(
    session: Session, calls: Sequence[Call], ours: Machinery
) -> tuple[list[Answer], float]:
    before = ours.used()
    answers = one_by_one(session, calls)
    return answers, (ours.used() - before) / len(calls)


def _open_items(session: Session, wanted: int) -> list[int]:
    """Return items that wait, read off the queue's own pages."""
    connection = session.connect()
    found: dict[int, None] = {}
    path = "/ko/"
    while len(found) < wanted and path:
        _, body = session.request(connection, Call(kind="", path=path))
        page = body.decode()
        rows = re.findall(r'class="row-link" href="/kommentar/([0-9]+)', page)
        found.update(dict.fromkeys(map(int, rows)))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    connection.close()
    return list(found)[:wanted]


def on_sqlite(folder: Path, shape: Shape, load: Load) -> list[Kind]:
    """Measure on a file of its own in the folder."""
    url = f"sqlite:///{folder / 'load.sqlite3'}"
    facts = filled(url, shape, folder / "sqlite.json")
    with served(url) as (address, process_id):
        session = sign_in(address, "eva", PASSWORD)
        return drive(session, facts, load, Machinery((process_id,)))


def on_postgresql(folder: Path, shape: Shape, load: Load) -> list[Kind]:
    """Measure on a server of its own, whose files are in the folder."""
    files = folder / "postgresql"
    files.mkdir(exist_ok=True)
    server = PostgresServer(kept=files)
    try:
        url = server.url("postgres")
        facts = filled(url, shape, folder / "postgresql.json")
        with served(url) as (address, process_id):
            session = sign_in(address, "eva", PASSWORD)
            ours = Machinery((process_id, server.process_id))
            return drive(session, facts, load, ours)
    finally:
        server.stop()


_DATABASES = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure on each database and print it; 1 where an answer was wrong."""
    chosen = _options(arguments)
    shape = Shape(
        comments=chosen.comments,
        open_items=chosen.open_items,
        decisions=chosen.decisions,
    )
    load = Load(rate=chosen.rate, seconds=chosen.seconds, each=chosen.each)
    print(machine())
    print(f"{shape}, {chosen.rate:g} requests a second for {chosen.seconds:g} s")
    are_good = []
    with _folder(chosen.keep) as folder:
        for name in chosen.databases.split(","):
            kinds = _DATABASES[name](folder, shape, load)
            print(*report(name, kinds), sep="\n", flush=True)
            are_good.append(is_good(kinds))
    return 0 if all(are_good) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load")
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--open-items", type=int, default=50_000)
    parser.add_argument("--decisions", type=int, default=30_000)
    parser.add_argument("--rate", type=float, default=10, help="requests a second")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument(
        "--keep", type=Path, help="a folder that keeps the archive for the next run"
    )
    return parser.parse_args(arguments)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """Yield the folder for the databases; one of ours goes when all is done."""
    if kept is None:
        with tempfile.TemporaryDirectory(prefix="uppsikt-load-") as made:
            # PostgreSQL may run as another user, who must get to its files.
            Path(made).chmod(0o755)
            yield Path(made)
        return
    kept.mkdir(parents=True, exist_ok=True)
    yield kept.resolve()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # Whoever stops it in another way than Ctrl-C wants the servers gone, too.
    sys.exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _leave)
    raise SystemExit(main())
