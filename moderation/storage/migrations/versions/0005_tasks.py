"""Who carried out a wish by hand, and when; indexes for figures over a period."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns and the indexes."""
    op.add_column("deliveries", sa.Column("handled_by", sa.Text))
    op.add_column("deliveries", sa.Column("handled_at", sa.DateTime(timezone=True)))
    op.create_index("ix_deliveries_entry_number", "deliveries", ["entry_number"])
    moments = (
        ("comments", "received_at"),
        ("queue_items", "opened_at"),
        ("queue_items", "decided_at"),
    )
    for table, moment in moments:
        op.create_index(f"ix_{table}_{moment}_channel", table, [moment, "channel"])
