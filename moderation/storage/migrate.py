"""Brings a database to the form that this version expects."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, delete, false

from moderation.domain.errors import StorageError
from moderation.storage.engine import for_writing
from moderation.storage.errors import describe, translated
from moderation.storage.locks import Lock, wait_for
from moderation.storage.tables import log_head

_MIGRATIONS: Final = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring an empty or older database to head, in one change or not at all.

    Raises StorageError if it cannot be opened or written, or is from a newer version.
    """
    with translated(engine.url), for_writing(engine).begin() as connection:
        # Two programs that start at once must not both make the tables.
        wait_for(Lock.MIGRATION, connection)
        config = _config(connection)
        script = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_heads()
        if current == (script.get_current_head(),):
            _ask_to_write(connection)
            return
        _refuse_newer(current, script, engine)
        command.upgrade(config, "head")


def check_version(engine: Engine) -> None:
    """Refuse a database that this version cannot read, and change nothing.

    An older one will do: what is read so, the log, never changes its form.
    """
    with translated(engine.url), engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
        script = ScriptDirectory.from_config(_config(connection))
    if not current:
        msg = (
            f"Databasen {describe(engine.url)} hör inte till Uppsikt, eller är tom: "
            "kontrollera sökvägen."
        )
        raise StorageError(msg)
    _refuse_newer(current, script, engine)


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _ask_to_write(connection: Connection) -> None:
    """Change nothing, but fail at once where the first decision would fail later."""
    connection.execute(delete(log_head).where(false()))


def _refuse_newer(
    current: tuple[str, ...], script: ScriptDirectory, engine: Engine
) -> None:
    known = {revision.revision for revision in script.walk_revisions()}
    if not known.issuperset(current):
        msg = (
            f"Databasen {describe(engine.url)} är från en nyare version av Uppsikt: "
            "installera den versionen, eller välj en annan databas."
        )
        raise StorageError(msg)
