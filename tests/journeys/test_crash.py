"""Kill -9 at any moment, run again: the same as if nothing had happened."""

import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table

from moderation import log
from moderation.bootstrap import Services
from moderation.storage import open_store
from moderation.storage.tables import metadata
from tests.fakes import FakedServices, NewerServices
from tests.journeys.processes import start

COMMENTS = 4_500
KILLS = 10
KILLED = -9


@pytest.fixture(scope="module")
def comments_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with every tenth comment a threat, and a new word in others."""
    path = tmp_path_factory.mktemp("crash") / "kommentarer.csv"
    words = ("hotord", "nyord", "oläsbart", *["gata"] * 27)
    lines = (f"{i % 4_400},Min åsikt {i} om {words[i % 30]}" for i in range(COMMENTS))
    path.write_text("id,text\n" + "\n".join(lines), encoding="utf-8")
    return path


def timed(services: type[Services], *arguments: str) -> float:
    """Run the command to its end and return the seconds it took."""
    began = time.monotonic()
    process = start(services, *arguments)
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - began


def killed(after: float, services: type[Services], *arguments: str) -> bool:
    """Kill the command after some seconds, and say whether it still was at work."""
    process = start(services, *arguments)
    process.join(after)
    process.kill()
    process.join()
    return process.exitcode == KILLED


def moments(seconds: float, seed: int) -> Iterator[float]:
    chance = random.Random(seed)  # noqa: S311 - the same moments every time
    return (chance.uniform(0, seconds) for _ in range(KILLS))


def state(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that is stored but the times, and the runs, which have their own."""
    return {
        table.name: rows_of(database, table)
        for table in metadata.sorted_tables
        if table.name != "runs"
    }


def rows_of(database: Path, table: Table) -> list[tuple[Any, ...]]:
    """Return a table's rows without the times, straight from the file: it is faster."""
    kept = [c.name for c in table.columns if not tells_time(table.name, c.name)]
    names = ", ".join(kept)
    places = ", ".join(str(place) for place, _ in enumerate(kept, start=1))
    with closing(sqlite3.connect(database)) as connection:
        query = f"SELECT {names} FROM {table.name} ORDER BY {places}"  # noqa: S608 - our own names
        return connection.execute(query).fetchall()


def tells_time(table: str, column: str) -> bool:
    """Say whether a column holds a time, or a number made of one."""
    made_of_times = {("queue_items", "rank"), ("search_documents", "id")}
    return column.endswith("_at") or (table, column) in made_of_times


def log_is_sound(database: Path) -> bool:
    store = open_store(str(database))
    verification = log.verify(store)
    store.close()
    return verification.is_sound


def test_a_scan_killed_at_any_moment_and_run_again_leaves_nothing_out_or_double(
    tmp_path: Path, comments_file: Path
) -> None:
    undisturbed = tmp_path / "hel.sqlite3"
    scan = ("scan", str(comments_file), "--database")
    seconds = timed(FakedServices, *scan, str(undisturbed))
    wanted = state(undisturbed)
    hits = 0
    for number, moment in enumerate(moments(seconds, seed=3)):
        database = tmp_path / f"{number}.sqlite3"

        hits += killed(moment, FakedServices, *scan, str(database))
        timed(FakedServices, *scan, str(database))

        assert state(database) == wanted
        assert log_is_sound(database)
    assert hits > 0
    assert len(wanted["comments"]) == COMMENTS


def test_a_rescan_killed_at_any_moment_goes_on_to_the_same_end(
    tmp_path: Path, comments_file: Path
) -> None:
    archive = tmp_path / "arkiv.sqlite3"
    timed(FakedServices, "scan", str(comments_file), "--database", str(archive))
    undisturbed = copied(archive, tmp_path / "hel.sqlite3")
    seconds = timed(NewerServices, "rescan", "--database", str(undisturbed))
    wanted, wanted_runs = state(undisturbed), runs(undisturbed)
    hits = 0
    for number, moment in enumerate(moments(seconds, seed=6)):
        database = copied(archive, tmp_path / f"{number}.sqlite3")
        rescan = ("rescan", "--database", str(database))

        hits += killed(moment, NewerServices, *rescan)
        timed(NewerServices, *rescan)

        assert state(database) == wanted
        assert log_is_sound(database)
        # Killed after its last act, a run was whole, and the second one is another.
        assert runs(database)[:1] == wanted_runs
    assert hits > 0
    assert state(archive) != wanted


def copied(archive: Path, database: Path) -> Path:
    return Path(shutil.copyfile(archive, database))


def runs(database: Path) -> list[tuple[Any, ...]]:
    """Return the runs, all of which must have been finished."""
    store = open_store(str(database))
    last = store.last_run()
    store.close()
    assert last is not None
    assert last.finished_at is not None
    return rows_of(database, metadata.tables["runs"])
