"""Makes changes wait for each other on PostgreSQL. SQLite has one writer anyway."""

from enum import IntEnum

from sqlalchemy import Connection, func, select


class Lock(IntEnum):
    """What only one transaction at a time may do. The numbers are PostgreSQL's keys."""

    MIGRATION = 5_518_001
    COMMENTS = 5_518_002
    ACCOUNTS = 5_518_020
    SIGN_INS = 5_518_021


def wait_for(lock: Lock, connection: Connection) -> None:
    """Hold the lock until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(int(lock))))
