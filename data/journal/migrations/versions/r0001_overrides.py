"""Overrides: values a person set in the place of the rule's."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "overrides",
        sa.Column("override_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("account_code", sa.Text, nullable=False),
        sa.Column("view", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("week", sa.Date, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("is_verified", sa.Boolean, nullable=False),
        sa.Column("rule_points", sa.Float),
        sa.Column("rule_status", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("points", sa.Float, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("expires_on", sa.Date, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_week", sa.Date),
        sqlite_autoincrement=True,
    )
    op.create_index("overrides_by_account", "overrides", ["account_code", "view"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("overrides")
