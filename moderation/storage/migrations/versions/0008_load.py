"""Indexes that keep the pages as fast on a large archive."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make them."""
    op.create_index(
        "ix_queue_items_channel_category_page",
        "queue_items",
        ["status", "channel", "category", "rank", "comment_id"],
    )
    op.create_index("ix_deliveries_status_channel", "deliveries", ["status", "channel"])
