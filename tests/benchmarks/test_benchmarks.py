"""What others reach: shipped rows, the company's own beside them, ranges, picks, and where a value stands."""

import tomllib
from datetime import date

import pandas as pd
import pytest

from dashboard.format import Formats
from data.company import Company, CompanyError
from data.templates import TABLES
from metrics.benchmarks import Row, Standing, benchmark_rows, compare, put_benchmarks, shipped
from metrics.engines import DuckEngine

F = Formats()
WRITERS = {"ratio": F.share, "months": F.number, "number": F.number, "USD": F.money}


def table(*own, picks=None):
    company = Company(name="Acme", benchmarks=picks or {})
    return pd.DataFrame([row.model_dump() for row in benchmark_rows(company, list(own))]).astype({"year": "Int64"})


def row(value, statistic="median", year=2026, metric="return_on_people", unit="USD", **more):
    named = {"population": "Acme's peers", "source": "our own survey"} | more
    return Row(metric=metric, year=year, statistic=statistic, value=value, unit=unit, is_own=True, **named)


@pytest.mark.parametrize("shipped_row", shipped(), ids=lambda r: f"{r.metric}: {r.pick}")
def test_every_comparison_names_year_population_and_source(shipped_row):
    found = compare(table(), shipped_row.metric, shipped_row.pick)
    words = found.words(WRITERS[shipped_row.unit])
    assert shipped_row.population in words
    assert shipped_row.source in words
    assert ("year not given" if shipped_row.year is None else str(shipped_row.year)) in words


@pytest.mark.parametrize("metric", sorted({row.metric for row in shipped()}))
def test_every_metric_has_something_to_compare_with_and_no_row_twice(metric):
    rows = [r for r in shipped() if r.metric == metric]
    assert len({r.key for r in rows}) == len(rows)
    found = compare(table(), metric)
    assert found.low <= found.high
    assert len({r.statistic for r in found.rows}) == 1, "medians are not mixed with means"


def test_sources_that_disagree_are_a_range():
    found = compare(table(), "net_revenue_retention")
    assert found.short(F.share) == "median 101–106\u00a0%, 2023–2025, three sources"
    assert (found.low, found.high) == (1.01, 1.06), "130 % of 2017 is history, contract sizes are parts"


def test_a_range_of_money_keeps_its_unit_on_both_ends():
    found = compare(table(), "return_on_people")
    assert found.short(F.money) == "median $25K–$28K, 2017 or not given, two sources"


def test_a_picked_row_is_the_only_one_compared_with():
    picked = table(picks={"return_on_people": " Manufacturing, 2017,  MEAN"})
    assert compare(picked, "return_on_people").words(F.money) == "mean $71K, 2017, manufacturing (AME Target Online)"


@pytest.mark.parametrize(
    ("picks", "nearest"),
    [
        ({"return_on_peple": "manufacturing, 2017, median"}, "Did you mean 'return_on_people'?"),
        ({"return_on_people": "manufacturing, 2017, medain"}, "Did you mean 'manufacturing, 2017, median'?"),
    ],
)
def test_a_wrong_pick_is_an_error_that_names_the_nearest(picks, nearest):
    with pytest.raises(CompanyError, match=r"company\.toml: benchmarks\.") as trouble:
        table(picks=picks)
    assert nearest in str(trouble.value)


def test_own_rows_stand_beside_shipped_ones_and_replace_their_own_kind():
    beside = compare(table(row(1.10, metric="net_revenue_retention", unit="ratio")), "net_revenue_retention")
    assert beside.short(F.share) == "median 101–110\u00a0%, 2024–2026, three sources", "2023 is three years older"
    same = row(30_000, year=2017, population="manufacturing", source="read anew")
    found = compare(table(same), "return_on_people", "manufacturing, 2017, median")
    assert found.words(F.money) == "median $30K, 2017, manufacturing (read anew)"
    assert compare(table(), "nobody_knows") is None


def test_a_percentile_is_told_only_between_two_given_statistics():
    spread = table(row(10, "p25"), row(30), row(70, "p75"), picks={"return_on_people": "Acme's peers, 2026, median"})
    found = compare(spread, "return_on_people")
    between = found.standing(40)
    assert (between.percentile, between.is_above) == (56.25, True)  # 50 + 25 × (40 − 30) ÷ (70 − 30)
    assert between.words == "56th percentile, on a straight line between the 50th and the 75th"
    assert found.standing(20).percentile == 37.5
    assert (found.standing(71).percentile, found.standing(71).words) == (None, "above the 75th percentile")
    assert (found.standing(-5).percentile, found.standing(-5).words) == (None, "below the 25th percentile")


def test_nothing_finer_is_pretended_where_only_a_median_is_known():
    found = compare(table(row(30), picks={"return_on_people": "Acme's peers, 2026, median"}), "return_on_people")
    assert [found.standing(value).words for value in (29, 30, 31)] == [
        "below the median", "at the median", "above the median",
    ]  # fmt: skip
    assert found.standing(31).percentile is None


def test_a_value_within_a_range_is_neither_above_nor_below():
    found = compare(table(), "net_revenue_retention")
    assert found.standing(1.03) == Standing(None, "between the lowest and the highest median")
    assert found.standing(1.07).words == "above every median"
    assert found.standing(1.00).is_above is False


def warehouse(connection, own=(), rates=()):
    columns = "metric varchar, population varchar, year bigint, statistic varchar, value double, source varchar"
    connection.execute(f"create table benchmarks ({columns})")
    connection.execute("create table rates (currency varchar, valid_from date, rate double)")
    for name, rows in (("benchmarks", own), ("rates", rates)):
        for values in rows:
            connection.execute(f"insert into {name} values ({', '.join('?' * len(values))})", values)
    return DuckEngine(connection)


def test_foreign_money_takes_the_rate_of_the_day_and_is_not_compared_without_one(connection):
    engine = warehouse(connection, rates=[("USD", "2025-01-01", 0.5), ("USD", "2027-01-01", 9)])
    put_benchmarks(engine, Company(name="Acme", currency="EUR"), date(2026, 6, 28))
    found = compare(engine.rows("select * from benchmark_rows"), "return_on_people", "manufacturing, 2017, mean")
    assert (found.low, found.unit) == (35_500, "EUR")
    assert "71,000 USD at 0.5" in found.words(F.money)

    engine.connection.execute("delete from rates")
    put_benchmarks(engine, Company(name="Acme", currency="JPY"), date(2026, 6, 28))
    found = compare(engine.rows("select * from benchmark_rows"), "return_on_people")
    assert found.standing(1).words.startswith("not comparable: in USD")
    assert found.short(F.money).startswith("median 25,000–28,000\u00a0USD"), "never in the sign of another currency"


def test_own_rows_take_the_unit_of_their_metric(connection):
    own = [("return_on_people", "makers", 2026, "Average", 10, "us"), ("nps", "makers", 2026, "median", 36, "us")]
    engine = warehouse(connection, own=own)
    put_benchmarks(engine, Company(name="Acme", currency="EUR"), date(2026, 6, 28))
    kept = engine.rows("select metric, statistic, unit from benchmark_rows where is_own order by metric")
    assert kept.values.tolist() == [["nps", "median", "number"], ["return_on_people", "mean", "EUR"]]


def test_the_example_in_a_new_company_toml_picks_a_row():
    line = next(line for line in TABLES.splitlines() if line.startswith("# net_revenue_retention"))
    pick = tomllib.loads(line.removeprefix("# "))
    assert compare(table(picks=pick), "net_revenue_retention").rows[0].is_picked
