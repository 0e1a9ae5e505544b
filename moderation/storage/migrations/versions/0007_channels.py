"""An index to read one channel's part of the log in its own order."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the index; the log itself stays as it is."""
    op.create_index(
        "ix_log_entries_channel_number", "log_entries", ["channel", "number"]
    )
