"""Reads parquet, a batch of rows at a time."""

from collections.abc import Iterator, Mapping
from itertools import count, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from moderation.connectors.files.row import FIELDS, Row, require_columns
from moderation.domain.errors import FileError

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH: Final = 2_000
_BUFFER: Final = 1_048_576


def read(path: Path, column_map: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows; the first is row 1."""
    import pyarrow as pa  # noqa: PLC0415 - slow to import, and few files need it

    try:
        yield from _rows(path, column_map)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        msg = f"Parquetfilen {path} är skadad: exportera den på nytt."
        raise FileError(msg) from error


def _rows(path: Path, column_map: Mapping[str, str]) -> Iterator[Row]:
    from pyarrow import parquet  # noqa: PLC0415 - the same

    with parquet.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False) as file:
        names = file.schema_arrow.names
        columns = require_columns(names, column_map, str(path))
        wanted = [names[place] for place in columns.values()]
        numbers = count(1)
        for batch in file.iter_batches(batch_size=_BATCH, columns=wanted):
            fields = [
                _values(batch.column(names[columns[field]]))
                if field in columns
                else repeat(None)
                for field in FIELDS
            ]
            # The rows come first: the numbers would lose one at the end of a batch.
            for values, number in zip(
                zip(*fields, strict=False), numbers, strict=False
            ):
                yield Row(number, values)


def _values(column: "pa.Array") -> list[object]:
    import pyarrow as pa  # noqa: PLC0415 - the same

    if pa.types.is_timestamp(column.type):
        # In microseconds, so that they become plain datetimes.
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    values: list[object] = column.to_pylist()
    return values
