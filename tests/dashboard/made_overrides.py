"""Values by hand of a made-up company: entered in a journal of its own, taken by its warehouse as a build does."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from data.company import read_company
from data.journal.loading import put_overrides
from data.journal.opening import open_journal
from data.journal.overrides import Entry, enter
from metrics.reads import READS_FOLDER

VIEW = "client_engagement"
AUTHOR, REASON = "M. <b>Curie</b>", "They <i>told</i> us they stay"
ENDED = timedelta(weeks=6)
"""How long ago the one that has ended was made."""


def put_by_hand(con: duckdb.DuckDBPyConnection, folder: Path, as_of: date) -> None:
    """Three accounts are green by hand in the last week, and one was six weeks ago; `view_scores` has them."""
    (folder / "company.toml").write_text('name = "Made"\n', encoding="utf-8")
    company = read_company(folder)
    journal = open_journal(company)
    for account, week, days in _chosen(con, as_of):
        code, points, status = account
        entry = Entry(code, VIEW, week, points, status, "green", REASON, AUTHOR, days=days)
        enter(journal, entry, datetime(week.year, week.month, week.day, 12, tzinfo=UTC))
    con.execute("create table account_aliases (alias varchar, account_id integer)").fetchall()
    put_overrides(company, con)
    con.execute(_OVERRIDDEN).fetchall()
    con.execute(_SCORES).fetchall()
    con.execute("create table scored_weeks as select distinct account_id, as_of from view_scores").fetchall()
    con.execute(f"create table override_ends as {(READS_FOLDER / 'override_ends.sql').read_text()}").fetchall()


def _chosen(con: duckdb.DuckDBPyConnection, as_of: date) -> list[tuple[tuple[str, float, str], date, int]]:
    """Account, week and days of each: code, points and status as the rule has them."""
    low = """
        select a.account_code, v.points, v.status from view_scores as v join accounts as a using (account_id)
        where v.view = $view and v.status in ('red', 'amber') and v.as_of = $week order by account_id desc limit $n
        """
    standing = con.execute(low, {"view": VIEW, "week": as_of, "n": 3}).fetchall()
    ended = con.execute(low, {"view": VIEW, "week": as_of - ENDED, "n": 5}).fetchall()
    codes = {code for code, *_ in standing}
    others = [account for account in ended if account[0] not in codes][:1]
    return [*((one, as_of - ENDED, 14) for one in others), *((one, as_of, 20) for one in standing)]


_OVERRIDDEN = """
    create table overridden as
    select v.view, v.account_id, v.as_of, o.override_id, v.points as rule_points, v.status as rule_status,
        o.points, o.status, o.expires_on, o.author, o.reason
    from view_scores as v
    join overrides as o on o.view = v.view and o.account_id = v.account_id
        and o.starts_on <= v.as_of and v.as_of < o.ends_on
    """
_SCORES = """
    update view_scores as v set points = o.points, status = o.status from overridden as o
    where o.view = v.view and o.account_id = v.account_id and o.as_of = v.as_of
    """
