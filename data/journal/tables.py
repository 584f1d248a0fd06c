"""The tables of the journal. Moments are in UTC and days where the company is; how a table became what it is stands in
`migrations/versions`.
"""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Float, Index, Integer, MetaData, Table, Text, text

NEWEST = "0002"
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

strategies = Table(
    "strategies",
    metadata,
    Column("strategy_id", Integer, primary_key=True, autoincrement=True),
    Column("account_code", Text),
    Column("group_by", Text),
    Column("group_value", Text),
    Column("members", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("expected_units", BigInteger, nullable=False),
    Column("profit_then_units", BigInteger),
    Column("week", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("is_verified", Boolean, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("closed_at", DateTime),
    Column("closed_on", Date),
    Column("closed_by", Text),
    sqlite_autoincrement=True,
)
"""What is done for profit, for one account or a group of them; the rows stay.

`members` are the codes of its accounts when it was made, as a JSON list: a group by band would else lose whoever left
it for the better. Money is in whole ten-thousandths of the company's currency, which both databases keep exactly.
`profit_then_units` is the profit of the members in the window that ended with `week`; missing where it was not known.
"""

scenarios = Table(
    "scenarios",
    metadata,
    Column("scenario_id", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("assumptions", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("is_verified", Boolean, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("replaced_at", DateTime),
    Index(
        "one_scenario_of_a_name",
        "name_key",
        unique=True,
        sqlite_where=text("replaced_at is null"),
        postgresql_where=text("replaced_at is null"),
    ),
    sqlite_autoincrement=True,
)
"""Assumptions saved by name, as a JSON object. A later one of the same name, whatever its case, replaces the one
before, which stays with the moment it was replaced at.
"""
