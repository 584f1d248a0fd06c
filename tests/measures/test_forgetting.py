"""A value at as_of rests on what was known by then (contract rule 1): changing the future never changes the past."""

from datetime import date, timedelta
from typing import Any

import pytest

from metrics.catalog import measures
from tests.measures.conftest import STAGING, Laboratory
from tests.measures.made import AS_OF, Tables, company, known_by

Values = list[tuple[Any, ...]]
CUTS = [AS_OF - timedelta(weeks=n) for n in (40, 21, 6)]


def without_lines(tables: Tables) -> Tables:
    """The same company without subscriptions: who is live and what is owned comes from invoices."""
    return {name: rows for name, rows in tables.items() if name != "subscriptions"}


def late_to_begin(tables: Tables) -> Tables:
    """The same company with its first invoice, line and touchpoints within the weeks shown."""
    begins = {"invoices": ("invoiced_on", 45), "subscriptions": ("starts_on", 30), "touchpoints": ("happened_on", 30)}
    late = {
        name: [row for row in tables[name] if row[column] > AS_OF - timedelta(weeks=weeks)]
        for name, (column, weeks) in begins.items()
    }
    return {**tables, **late}


COMPANIES = {
    "company 1": company(1),
    "company 2": company(2),
    "without lines": without_lines(company(3)),
    "late to begin": late_to_begin(company(4)),
}


def computed(tables: Tables) -> dict[str, Values]:
    """All values of all measures, and who is scored."""
    laboratory = Laboratory()
    laboratory.fill(tables)
    for name, sql in STAGING.items():
        laboratory.run(f"create table {name} as {sql}")
    values = {name: laboratory.run(_SIX_COLUMNS.format(sql=measure.sql)) for name, measure in measures().items()}
    scored = laboratory.run("select account_id, week_no, as_of, arr, seats, age_days from account_weeks order by all")
    laboratory.connection.close()
    return {**values, "account_weeks": scored}


_SIX_COLUMNS = """
    select account_id, item, as_of, cast(numerator as double), cast(denominator as double), evidence_on
    from ({sql}) as value
    order by all
    """


@pytest.fixture(scope="module", params=COMPANIES)
def made(request: pytest.FixtureRequest) -> tuple[Tables, dict[str, Values]]:
    tables = COMPANIES[request.param]
    return tables, computed(tables)


@pytest.mark.parametrize("day", CUTS, ids=str)
def test_forgetting_everything_later_than_a_day_changes_no_value_up_to_it(
    made: tuple[Tables, dict[str, Values]], day: date
) -> None:
    tables, whole = made
    then = computed(known_by(tables, day))
    assert [name for name, rows in whole.items() if _up_to(rows, day) != _up_to(then[name], day)] == []


def test_the_made_company_reaches_every_measure(made: tuple[Tables, dict[str, Values]]) -> None:
    tables, whole = made
    without_rows = {name for name, rows in whole.items() if not rows}
    connected = {f"{name}.{column}" for name, rows in tables.items() for row in rows for column in row}
    unconnected = {
        name
        for name, measure in measures().items()
        if any("subscriptions." in need for need in measure.missing(connected))
    }
    assert without_rows <= unconnected


def _up_to(rows: Values, day: date) -> Values:
    return [row for row in rows if row[2] <= day]
