"""Leases, drafts, assignments, events, notes and functions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

REFUSAL = "En anteckning kan inte ändras eller tas bort: skriv en ny i stället."


def upgrade() -> None:
    """Make the tables, and let nobody change a note."""
    row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    moment = sa.DateTime(timezone=True)
    _create_leases(row_id, moment)
    _create_assignments(row_id, moment)
    _create_events(row_id, moment)
    _create_notes(row_id, moment)
    op.create_table(
        "user_functions",
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("function", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("user_name", "function", name="pk_user_functions"),
        sa.ForeignKeyConstraint(
            ["user_name"], ["users.name"], name="fk_user_functions_user_name"
        ),
    )
    _protect_notes()


def _of_comment(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["comment_id"], ["comments.id"], name=f"fk_{table}_comment_id"
    )


def _create_leases(row_id: sa.types.TypeEngine[int], moment: sa.DateTime) -> None:
    op.create_table(
        "leases",
        sa.Column("comment_id", row_id, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name="pk_leases"),
        _of_comment("leases"),
    )
    op.create_table(
        "drafts",
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("comment_id", row_id, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("user_name", "comment_id", name="pk_drafts"),
        _of_comment("drafts"),
    )


def _create_assignments(row_id: sa.types.TypeEngine[int], moment: sa.DateTime) -> None:
    op.create_table(
        "assignments",
        sa.Column("comment_id", row_id, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("function", sa.String(20)),
        sa.Column("due", sa.Date),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("given_by", sa.Text, nullable=False),
        sa.Column("given_at", moment, nullable=False),
        sa.Column("was", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", "status", name="pk_assignments"),
        _of_comment("assignments"),
    )
    for columns in (["status", "user_name"], ["status", "function"]):
        op.create_index(f"ix_assignments_{'_'.join(columns)}", "assignments", columns)


def _create_events(row_id: sa.types.TypeEngine[int], moment: sa.DateTime) -> None:
    op.create_table(
        "item_events",
        sa.Column("id", row_id, nullable=False),
        sa.Column("comment_id", row_id, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("other", sa.Text, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_events"),
        _of_comment("item_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_item_events_comment_id", "item_events", ["comment_id"])


def _create_notes(row_id: sa.types.TypeEngine[int], moment: sa.DateTime) -> None:
    op.create_table(
        "notes",
        sa.Column("id", row_id, nullable=False),
        sa.Column("comment_id", row_id, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        _of_comment("notes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notes_comment_id", "notes", ["comment_id"])
    op.create_table(
        "mentions",
        sa.Column("note_id", row_id, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("read_at", moment),
        sa.PrimaryKeyConstraint("note_id", "user_name", name="pk_mentions"),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name="fk_mentions_note_id"),
    )
    op.create_index(
        "ix_mentions_user_name_read_at", "mentions", ["user_name", "read_at"]
    )


def _protect_notes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change_of_notes() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER notes_append_only "
            "BEFORE UPDATE OR DELETE OR TRUNCATE ON notes "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_notes()"
        )
        return
    # INSERT OR REPLACE removes the old row without firing a trigger for DELETE.
    taken = "WHEN EXISTS (SELECT 1 FROM notes WHERE id = NEW.id)"
    refused = {"update": "UPDATE ON notes", "delete": "DELETE ON notes"}
    for name, event in {**refused, "replace": f"INSERT ON notes {taken}"}.items():
        op.execute(
            f"CREATE TRIGGER notes_no_{name} BEFORE {event} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
