"""Users' own keys, hidings for a time, and a quick way to comments of equal text."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the two tables and the index."""
    row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "user_shortcuts",
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("is_on", sa.Boolean, nullable=False),
        sa.Column("keys", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("user_name", name="pk_user_shortcuts"),
        sa.ForeignKeyConstraint(
            ["user_name"], ["users.name"], name="fk_user_shortcuts_user_name"
        ),
    )
    op.create_table(
        "hide_deadlines",
        sa.Column("comment_id", row_id, nullable=False),
        sa.Column("entry_number", row_id, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name="pk_hide_deadlines"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_hide_deadlines_comment_id"
        ),
        sa.ForeignKeyConstraint(
            ["entry_number"],
            ["log_entries.number"],
            name="fk_hide_deadlines_entry_number",
        ),
    )
    op.create_index("ix_hide_deadlines_due_at", "hide_deadlines", ["due_at"])
    op.create_index("ix_comments_text_sha256", "comments", ["text_sha256"])
