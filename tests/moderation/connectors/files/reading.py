"""Writes a file and reads it back, for the readers' tests."""

from pathlib import Path

from moderation.connectors.files import open_reader
from moderation.domain.comment import Comment
from moderation.domain.ports import BadRow


def written(folder: Path, content: str | bytes, name: str = "fil.csv") -> Path:
    """Return the path of a new file with this content, UTF-8 unless bytes."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows(path: Path, **column_map: str) -> list[Comment | BadRow]:
    """Return all that a file holds."""
    return list(open_reader(path, column_map=column_map))


def texts(path: Path, **column_map: str) -> list[str]:
    """Return the texts of the good rows."""
    return [comment.text for comment in comments(path, **column_map)]


def comments(path: Path, **column_map: str) -> list[Comment]:
    """Return the good rows."""
    return [row for row in rows(path, **column_map) if isinstance(row, Comment)]


def bad_rows(path: Path) -> list[tuple[int, str]]:
    """Return number and reason of the bad rows."""
    return [(row.row, row.reason) for row in rows(path) if isinstance(row, BadRow)]
