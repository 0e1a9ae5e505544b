"""What was shown on demand, what was erased, and the one way to erase a log text."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)
LOG_REFUSAL = "Borttagningsloggen kan inte ändras: skriv en ny loggpost i stället."
NOTE_REFUSAL = "En anteckning kan inte ändras eller tas bort: skriv en ny i stället."
REVEAL_REFUSAL = "Det som noterats om visningar kan inte ändras."
ERASURE_REFUSAL = "En radering kan inte ändras, och ska stå i borttagningsloggen."
APPEND_ONLY = {
    "reveals": (REVEAL_REFUSAL, "number = NEW.number"),
    "erased_comments": (
        ERASURE_REFUSAL,
        "channel = NEW.channel AND external_id = NEW.external_id",
    ),
}
SEALED = (
    "SELECT 1 FROM log_entries WHERE number = NEW.entry_number AND action = 'erase' "
    "AND channel = NEW.channel AND external_id = NEW.external_id"
)
ERASED = {
    "log_texts": (
        LOG_REFUSAL,
        (
            "SELECT 1 FROM erased_comments JOIN log_entries "
            "ON log_entries.channel = erased_comments.channel "
            "AND log_entries.external_id = erased_comments.external_id "
            "WHERE log_entries.number = OLD.number"
        ),
    ),
    "notes": (
        NOTE_REFUSAL,
        (
            "SELECT 1 FROM erased_comments JOIN comments "
            "ON comments.channel = erased_comments.channel "
            "AND comments.external_id = erased_comments.external_id "
            "WHERE comments.id = OLD.comment_id"
        ),
    ),
}
"""What lets a text be deleted: that the chain itself says that it was erased."""


def upgrade() -> None:
    """Make the tables, and let nothing be changed but by erasing."""
    _create_reveals()
    _create_erased()
    if op.get_bind().dialect.name == "postgresql":
        _protect_on_postgresql()
        return
    _protect_on_sqlite()


def _create_reveals() -> None:
    op.create_table(
        "reveals",
        sa.Column("number", ROW_ID, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("comment_id", ROW_ID, nullable=False),
        sa.Column("place", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_reveals"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_reveals_comment_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reveals_comment_id", "reveals", ["comment_id"])


def _create_erased() -> None:
    op.create_table(
        "erased_comments",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.Column("entry_number", ROW_ID, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "external_id", name="pk_erased_comments"),
        sa.ForeignKeyConstraint(
            ["entry_number"],
            ["log_entries.number"],
            name="fk_erased_comments_entry_number",
        ),
    )


def _protect_on_sqlite() -> None:
    for table, (refusal, taken) in APPEND_ONLY.items():
        # INSERT OR REPLACE removes the old row without firing a trigger for DELETE.
        is_taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"
        _refuse(f"{table}_no_update", f"UPDATE ON {table}", refusal)
        _refuse(f"{table}_no_delete", f"DELETE ON {table}", refusal)
        _refuse(f"{table}_no_replace", f"INSERT ON {table} {is_taken}", refusal)
    unsealed = f"INSERT ON erased_comments WHEN NOT EXISTS ({SEALED})"
    _refuse("erased_comments_are_sealed", unsealed, ERASURE_REFUSAL)
    for table, (refusal, erased) in ERASED.items():
        op.execute(f"DROP TRIGGER {table}_no_delete")
        kept = f"DELETE ON {table} WHEN NOT EXISTS ({erased})"
        _refuse(f"{table}_no_delete", kept, refusal)


def _refuse(name: str, event: str, refusal: str) -> None:
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )


def _protect_on_postgresql() -> None:
    for table, (refusal, _) in APPEND_ONLY.items():
        _function(f"refuse_change_of_{table}", f"RAISE EXCEPTION '{refusal}';")
        _trigger(
            f"{table}_append_only",
            f"UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT",
            f"refuse_change_of_{table}",
        )
    check = f"IF NOT EXISTS ({SEALED}) THEN RAISE EXCEPTION '{ERASURE_REFUSAL}'; END IF;"
    _function("refuse_unsealed_erasure", f"{check} RETURN NEW;")
    _trigger(
        "erased_comments_are_sealed",
        "INSERT ON erased_comments FOR EACH ROW",
        "refuse_unsealed_erasure",
    )
    _let_erase_on_postgresql()


def _let_erase_on_postgresql() -> None:
    refusing = {"log_texts": "refuse_change_of_log", "notes": "refuse_change_of_notes"}
    for table, (refusal, erased) in ERASED.items():
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        _trigger(
            f"{table}_append_only",
            f"UPDATE OR TRUNCATE ON {table} FOR EACH STATEMENT",
            refusing[table],
        )
        check = f"IF NOT EXISTS ({erased}) THEN RAISE EXCEPTION '{refusal}'; END IF;"
        _function(f"refuse_deletion_of_{table}", f"{check} RETURN OLD;")
        _trigger(
            f"{table}_no_delete",
            f"DELETE ON {table} FOR EACH ROW",
            f"refuse_deletion_of_{table}",
        )


def _function(name: str, body: str) -> None:
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {body} END $$"
    )


def _trigger(name: str, event: str, function: str) -> None:
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} EXECUTE FUNCTION {function}()"
    )
