"""The product's own server as a process, and the processor time that it uses."""

import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ADDRESS = re.compile(r"http://\S+")
_PATIENCE = 30


@contextmanager
def served(database: str) -> Iterator[tuple[str, int]]:
    """Run `uppsikt serve` on a free port; yield its address and process id."""
    command = [sys.executable, "-m", "moderation.cli", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--database", database],
        stdout=subprocess.PIPE,
        # It tells of each request that had to wait for another.
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "UPPSIKT_SECRET_KEY": secrets.token_hex(32)},
    )
    try:
        yield _address(process), process.pid
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _address(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout is not None else ""
    found = _ADDRESS.search(line)
    if found is None:
        message = "uppsikt serve did not say where it is"
        raise SystemExit(message)
    return found[0]


def processor_seconds(process_id: int) -> float:
    """Return what a process and those that it started have used and still run."""
    return sum(map(_used, [process_id, *_children(process_id)]))


def _used(process_id: int) -> float:
    fields = _stat(process_id)
    ticks = int(fields[11]) + int(fields[12]) if fields else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(process_id: int) -> list[int]:
    others = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [one for one in others if (_stat(one) or ["", ""])[1] == str(process_id)]


def _stat(process_id: int) -> list[str]:
    """Return what the system knows of a process, from its state on."""
    try:
        told = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8")
    except OSError:
        return []
    return told.rpartition(")")[2].split()
