"""The tables of the journal. Moments are in UTC and days where the company is; how a table became what it is stands in
`migrations/versions`.
"""

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Index, Integer, MetaData, Table, Text

NEWEST = "0001"
"""The revision these tables are of."""

VERSIONS = "sevenviews_journal_version"
"""The table that holds the revision; a name of our own, as a server's database may serve others too."""

metadata = MetaData()

overrides = Table(
    "overrides",
    metadata,
    Column("override_id", Integer, primary_key=True, autoincrement=True),
    Column("account_code", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("week", Date, nullable=False),
    Column("author", Text, nullable=False),
    Column("is_verified", Boolean, nullable=False),
    Column("rule_points", Float),
    Column("rule_status", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("points", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("withdrawn_at", DateTime),
    Column("withdrawn_by", Text),
    Column("withdrawn_week", Date),
    Index("overrides_by_account", "account_code", "view"),
    sqlite_autoincrement=True,
)
"""Values a person set in the place of the rule's.

`week` is the week whose value the person saw: it is the first by hand. `withdrawn_week` is the first that is the rule's
again after a withdrawal; the rows stay.
"""
