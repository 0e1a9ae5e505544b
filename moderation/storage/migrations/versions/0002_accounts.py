"""Accounts: what is done to them, sessions that end, two steps, failed sign-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make everything."""
    row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    moment = sa.DateTime(timezone=True)
    _widen_users()
    _create_events(row_id, moment)
    _create_second_factors(moment)
    _create_failures(moment)


def _widen_users() -> None:
    for column in (
        sa.Column("must_change_password", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("session_generation", sa.Integer, nullable=False, server_default="0"),
        sa.Column("demands_second_factor", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("channels", sa.JSON, nullable=False, server_default="[]"),
    ):
        op.add_column("users", column)


def _create_events(row_id: sa.types.TypeEngine[int], moment: sa.DateTime) -> None:
    op.create_table(
        "account_events",
        sa.Column("id", row_id, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("change", sa.String(20), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_account_events_name_id", "account_events", ["name", "id"])


def _create_second_factors(moment: sa.DateTime) -> None:
    op.create_table(
        "second_factors",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("confirmed_at", moment),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_second_factors"),
        sa.ForeignKeyConstraint(["name"], ["users.name"], name="fk_second_factors_name"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", "digest", name="pk_recovery_codes"),
        sa.ForeignKeyConstraint(["name"], ["users.name"], name="fk_recovery_codes_name"),
    )
    op.create_table(
        "second_factor_roles",
        sa.Column("role", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("role", name="pk_second_factor_roles"),
    )


def _create_failures(moment: sa.DateTime) -> None:
    op.create_table(
        "sign_in_failures",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("blocked_until", moment),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_failures"),
    )
    op.create_index("ix_sign_in_failures_last_at", "sign_in_failures", ["last_at"])
