from datetime import UTC, datetime, timedelta, timezone

import pytest

from moderation.storage.engine import open_engine
from moderation.storage.types import UtcDateTime, utc_text

SQLITE = open_engine("uppsikt.sqlite3").dialect
POSTGRESQL = open_engine("postgresql://localhost/uppsikt").dialect

IN_SWEDEN = datetime(2026, 3, 2, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
IN_UTC = datetime(2026, 3, 2, 11, 0, 0, 5, tzinfo=UTC)


def test_a_time_is_stored_in_utc() -> None:
    kind = UtcDateTime()

    on_sqlite = kind.process_bind_param(IN_SWEDEN, SQLITE)
    on_postgresql = kind.process_bind_param(IN_SWEDEN, POSTGRESQL)

    assert on_sqlite == IN_UTC.replace(tzinfo=None)
    assert on_postgresql == IN_UTC
    assert utc_text(IN_SWEDEN) == "2026-03-02 11:00:00.000005"


def test_a_time_comes_back_in_utc() -> None:
    kind = UtcDateTime()
    without_zone = IN_UTC.replace(tzinfo=None)

    from_sqlite = kind.process_result_value(without_zone, SQLITE)
    from_postgresql = kind.process_result_value(IN_SWEDEN, POSTGRESQL)

    assert from_sqlite == from_postgresql == IN_UTC
    assert from_postgresql is not None
    assert from_postgresql.tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    without_zone = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - That is the point.

    with pytest.raises(ValueError, match="without a zone"):
        UtcDateTime().process_bind_param(without_zone, SQLITE)
    with pytest.raises(ValueError, match="without a zone"):
        utc_text(without_zone)
