"""The first tables, and the triggers that keep the log as it was written."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

GENESIS = "0" * 64
REFUSAL = "Borttagningsloggen kan inte ändras: skriv en ny loggpost i stället."
KEYS = {
    "log_entries": "number = NEW.number",
    "log_texts": "number = NEW.number AND name = NEW.name",
}


def upgrade() -> None:
    """Make everything."""
    row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    moment = sa.DateTime(timezone=True)
    _create_comments(row_id, moment)
    _create_queue(row_id, moment)
    _create_log(row_id)
    _create_outbox(row_id, moment)
    _create_runs(row_id, moment)
    _create_users()
    _protect_the_log()


def _create_comments(row_id: sa.types.TypeEngine[int], moment: sa.DateTime) -> None:
    op.create_table(
        "comments",
        sa.Column("id", row_id, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("posted_at", moment),
        sa.Column("thread", sa.Text, nullable=False),
        sa.Column("parent", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sa.UniqueConstraint(
            "channel",
            "external_id",
            "version",
            name="uq_comments_channel_external_id_version",
        ),
        sa.UniqueConstraint(
            "channel",
            "external_id",
            "text_sha256",
            name="uq_comments_channel_external_id_text_sha256",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comments_thread", "comments", ["channel", "thread"])
    op.create_table(
        "verdicts",
        sa.Column("comment_id", row_id, nullable=False),
        sa.Column("recommendation", sa.String(20), nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("scores", sa.JSON, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("not_assessed", sa.JSON, nullable=False),
        sa.Column("ruleset", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("assessed_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name="pk_verdicts"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_verdicts_comment_id"
        ),
    )


def _create_queue(row_id: sa.types.TypeEngine[int], moment: sa.DateTime) -> None:
    op.create_table(
        "queue_items",
        sa.Column("comment_id", row_id, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("category", sa.String(20)),
        sa.Column("urgency", sa.Double, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("decided_at", moment),
        sa.Column("only_unassessed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name="pk_queue_items"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_queue_items_comment_id"
        ),
    )
    order: list[str | sa.TextClause] = [sa.text("urgency DESC"), "opened_at", "comment_id"]
    op.create_index("ix_queue_items_page", "queue_items", ["status", *order])
    op.create_index(
        "ix_queue_items_channel_page", "queue_items", ["status", "channel", *order]
    )


def _create_log(row_id: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "log_entries",
        sa.Column("number", row_id, autoincrement=False, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.Column("ground", sa.Text, nullable=False),
        sa.Column("moderator", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("previous_seal", sa.Text, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_log_entries"),
    )
    _create_indexes(
        "log_entries",
        ["channel", "external_id", "number"],
        ["ground", "number"],
        ["moderator", "number"],
        ["action", "number"],
        ["at"],
    )
    op.create_table(
        "log_texts",
        sa.Column("number", row_id, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", "name", name="pk_log_texts"),
        sa.ForeignKeyConstraint(
            ["number"], ["log_entries.number"], name="fk_log_texts_number"
        ),
    )
    head = op.create_table(
        "log_head",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", row_id, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_head"),
        sa.CheckConstraint("id = 1", name="ck_log_head_one_row"),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "seal": GENESIS}])


def _create_outbox(row_id: sa.types.TypeEngine[int], moment: sa.DateTime) -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", row_id, nullable=False),
        sa.Column("entry_number", row_id, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.Column("desired", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(
            ["entry_number"], ["log_entries.number"], name="fk_deliveries_entry_number"
        ),
        sqlite_autoincrement=True,
    )
    _create_indexes("deliveries", ["channel", "external_id"], ["status", "due_at"])


def _create_runs(row_id: sa.types.TypeEngine[int], moment: sa.DateTime) -> None:
    op.create_table(
        "runs",
        sa.Column("id", row_id, nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("finished_at", moment),
        sa.Column("since", moment),
        sa.Column("ruleset", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("last_comment_id", row_id, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("newly_flagged", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sqlite_autoincrement=True,
    )


def _create_users() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_users"),
    )


def _create_indexes(table: str, *indexes: list[str]) -> None:
    for columns in indexes:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def _protect_the_log() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _protect_on_postgresql()
        return
    for table, is_taken in KEYS.items():
        _protect_on_sqlite(table, is_taken)


def _protect_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table in KEYS:
        op.execute(
            f"CREATE TRIGGER {table}_append_only "
            f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"
        )


def _protect_on_sqlite(table: str, is_taken: str) -> None:
    # INSERT OR REPLACE removes the old row without firing a trigger for DELETE.
    replaced = f"INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {is_taken})"
    refused = {
        "update": f"UPDATE ON {table}",
        "delete": f"DELETE ON {table}",
        "replace": replaced,
    }
    for name, event in refused.items():
        op.execute(
            f"CREATE TRIGGER {table}_no_{name} BEFORE {event} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
