"""The language that a user has chosen for the pages."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; nobody has chosen yet."""
    op.add_column("users", sa.Column("language", sa.String(20)))
