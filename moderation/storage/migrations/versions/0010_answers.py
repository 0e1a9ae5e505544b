"""Invitations; account events that nobody changes; when an item was first decided."""

import json
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from moderation.storage.types import AnyRow, UtcDateTime

revision = "0010"
down_revision = "0009"

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
REFUSAL = "Det som har hänt med konton kan inte ändras."


def upgrade() -> None:
    """Make the table, the triggers and the column."""
    _create_invitations()
    _protect_events()
    _add_first_decision()


def _create_invitations() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "invitations",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("demands_second_factor", sa.Boolean, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("invited_by", sa.Text, nullable=False),
        sa.Column("invited_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("used_at", moment),
        sa.Column("withdrawn_at", moment),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitations_name", "invitations", ["name"])


def _protect_events() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change_of_account_events() RETURNS trigger "
            f"LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER account_events_append_only "
            "BEFORE UPDATE OR DELETE OR TRUNCATE ON account_events "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_account_events()"
        )
        return
    # INSERT OR REPLACE removes the old row without firing a trigger for DELETE.
    taken = "WHEN EXISTS (SELECT 1 FROM account_events WHERE id = NEW.id)"
    for name, event in {
        "update": "UPDATE ON account_events",
        "delete": "DELETE ON account_events",
        "replace": f"INSERT ON account_events {taken}",
    }.items():
        op.execute(
            f"CREATE TRIGGER account_events_no_{name} BEFORE {event} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _add_first_decision() -> None:
    op.add_column(
        "queue_items", sa.Column("first_decided_at", sa.DateTime(timezone=True))
    )
    op.execute(
        "UPDATE queue_items SET first_decided_at = decided_at "
        "WHERE outcome IN ('hidden', 'kept')"
    )
    _find_first_of_restored()
    op.create_index(
        "ix_queue_items_first_decided_at_channel",
        "queue_items",
        ["first_decided_at", "channel"],
    )


def _find_first_of_restored() -> None:
    """Restoring wrote over the time of the hiding; the log still knows it."""
    restored = sa.text(
        "SELECT q.comment_id AS comment_id, c.channel AS channel, "
        "c.external_id AS external_id FROM queue_items AS q "
        "JOIN comments AS c ON c.id = q.comment_id WHERE q.outcome = 'restored'"
    )
    update = sa.text(
        "UPDATE queue_items SET first_decided_at = :at WHERE comment_id = :comment_id"
    ).bindparams(sa.bindparam("at", type_=UtcDateTime()))
    bind = op.get_bind()
    for row in bind.execute(restored).all():
        if at := _first_decision(row):
            bind.execute(update, {"at": at, "comment_id": row.comment_id})


def _first_decision(item: AnyRow) -> datetime | None:
    query = sa.text(
        "SELECT at, payload FROM log_entries WHERE channel = :channel "
        "AND external_id = :external_id AND action IN ('hide', 'keep') ORDER BY number"
    )
    chosen = {"channel": item.channel, "external_id": item.external_id}
    for row in op.get_bind().execute(query, chosen):
        try:
            if json.loads(row.payload)["comment_id"] == item.comment_id:
                return datetime.fromisoformat(row.at)
        except (ValueError, TypeError, KeyError, RecursionError):
            # Somebody has damaged the entry: it tells nothing.
            continue
    return None
