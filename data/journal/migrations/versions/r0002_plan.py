"""Strategies of the profit plan, and scenarios saved by name."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make both tables."""
    _make_strategies()
    _make_scenarios()


def _make_strategies() -> None:
    op.create_table(
        "strategies",
        sa.Column("strategy_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("account_code", sa.Text),
        sa.Column("group_by", sa.Text),
        sa.Column("group_value", sa.Text),
        sa.Column("members", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("expected_units", sa.BigInteger, nullable=False),
        sa.Column("profit_then_units", sa.BigInteger),
        sa.Column("week", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("is_verified", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("closed_on", sa.Date),
        sa.Column("closed_by", sa.Text),
        sqlite_autoincrement=True,
    )


def _make_scenarios() -> None:
    op.create_table(
        "scenarios",
        sa.Column("scenario_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("assumptions", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("is_verified", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("replaced_at", sa.DateTime),
        sqlite_autoincrement=True,
    )
    current = sa.text("replaced_at is null")
    op.create_index(
        "one_scenario_of_a_name", "scenarios", ["name_key"],
        unique=True, sqlite_where=current, postgresql_where=current,
    )  # fmt: skip


def downgrade() -> None:
    """Remove them."""
    op.drop_table("scenarios")
    op.drop_table("strategies")
