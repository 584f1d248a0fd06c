"""A value at as_of rests on what was known by then (contract rule 1): changing the future never changes the past."""

from datetime import date, timedelta

import duckdb
import pandas as pd
import pytest

from metrics.catalog import Measure, measures
from tests.measures.conftest import STAGING, Laboratory
from tests.measures.made import AS_OF, Tables, company, known_by

CUTS = [AS_OF - timedelta(weeks=n) for n in (40, 21, 6)]
SEEDS = [1, 2]


def without_lines(tables: Tables) -> Tables:
    """The same company without subscriptions: who is live and what is owned comes from invoices."""
    return {name: rows for name, rows in tables.items() if name != "subscriptions"}


COMPANIES = {f"company {seed}": company(seed) for seed in SEEDS} | {"without lines": without_lines(company(3))}


def computed(tables: Tables) -> dict[str, pd.DataFrame]:
    """All values of all measures, and who is scored."""
    laboratory = Laboratory()
    laboratory.fill(tables)
    for name, sql in STAGING.items():
        laboratory.run(f"create table {name} as {sql}")
    values = {name: values_of(measure, laboratory.connection) for name, measure in measures().items()}
    scored = laboratory.connection.execute("select * from account_weeks order by account_id, as_of").df()
    laboratory.connection.close()
    return {**values, "account_weeks": scored}


def values_of(measure: Measure, connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The values of one measure as the joint holds them, in a fixed order."""
    return connection.execute(
        f"""
        select account_id, item, as_of, cast(numerator as double) as numerator,
            cast(denominator as double) as denominator, evidence_on
        from ({measure.sql}) as value
        order by account_id, item, as_of
        """
    ).df()


@pytest.fixture(scope="module", params=COMPANIES)
def made(request: pytest.FixtureRequest) -> tuple[Tables, dict[str, pd.DataFrame]]:
    tables = COMPANIES[request.param]
    return tables, computed(tables)


@pytest.mark.parametrize("day", CUTS, ids=str)
def test_forgetting_everything_later_than_a_day_changes_no_value_up_to_it(
    made: tuple[Tables, dict[str, pd.DataFrame]], day: date
) -> None:
    tables, whole = made
    then = computed(known_by(tables, day))
    changed = [name for name, rows in whole.items() if not _up_to(rows, day).equals(_up_to(then[name], day))]
    assert changed == []


def test_the_made_company_reaches_every_measure(made: tuple[Tables, dict[str, pd.DataFrame]]) -> None:
    tables, whole = made
    reached = {name for name, rows in whole.items() if len(rows)}
    needs_lines = {name for name, m in measures().items() if any(n.startswith("subscriptions.") and " or " not in n for n in m.needs)}
    assert set(whole) - reached <= (set() if "subscriptions" in tables else needs_lines)


def _up_to(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    return rows[rows["as_of"] <= pd.Timestamp(day)].reset_index(drop=True)
