"""The table `benchmark_rows`: shipped rows, the company's own beside them, and which it picks."""

from datetime import date

import pandas as pd

from data.company import FILE, Company, CompanyError
from data.errors import did_you_mean
from metrics.benchmarks.rows import Row, shipped
from metrics.engines import Engine

BENCHMARK_TABLES = ("benchmark_rows",)
ALIASES = {"average": "mean", "50th percentile": "median", "p50": "median"}


def put_benchmarks(engine: Engine, company: Company, as_of: date) -> None:
    """Put every row to compare with into `benchmark_rows`: the fields of `Row`.

    Reads the sources `benchmarks` and `rates`. Money in a foreign currency takes the rate of `as_of`; without one the
    row keeps its currency and is not comparable. Raises `CompanyError` for a pick that names no row.
    """
    rows = benchmark_rows(company, _own(engine, company.currency))
    frame = pd.DataFrame([_converted(row, company.currency, _rates(engine, as_of)).model_dump() for row in rows])
    engine.put("benchmark_rows", frame.astype({"year": "Int64"}))


def benchmark_rows(company: Company, own: list[Row]) -> list[Row]:
    """Own rows and the shipped ones they do not replace, by metric; picked ones marked. Raises `CompanyError`."""
    replaced = {(row.metric, *row.key) for row in own}
    rows = [*own, *(row for row in shipped() if (row.metric, *row.key) not in replaced)]
    picked = {(metric, *_picked(company, metric, pick, rows)) for metric, pick in company.benchmarks.items()}
    return [row.model_copy(update={"is_picked": (row.metric, *row.key) in picked}) for row in rows]


def _picked(company: Company, metric: str, pick: str, rows: list[Row]) -> tuple[str, str, str]:
    """The key of the row a line of company.toml names, whatever its case and spaces."""
    where = f'{company.folder / FILE}: benchmarks.{metric} = "{pick}"'
    metrics = sorted({row.metric for row in rows})
    if metric not in metrics:
        near = did_you_mean(metric, metrics)
        raise CompanyError(f"{where}: no benchmark is known for '{metric}'.{near} They are {', '.join(metrics)}.")
    known = {row.pick: row for row in rows if row.metric == metric}
    found = next((row for name, row in known.items() if _folded(name) == _folded(pick)), None)
    if found is None:
        near = did_you_mean(pick, known)
        raise CompanyError(f"{where} names no row of {metric}.{near} They are: {'; '.join(known)}.")
    return found.key


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _own(engine: Engine, currency: str) -> list[Row]:
    """The company's own rows, in the units their metrics are shipped in; money is in its own currency."""
    units = {row.metric: row.unit for row in shipped() if row.statistic == "median" or row.unit != "ratio"}
    found = engine.rows("select metric, population, year, statistic, value, source from benchmarks order by all")
    rows = []
    for values in found.to_dict("records"):
        unit = units.get(values["metric"], "number")
        statistic = ALIASES.get(_folded(values["statistic"]), values["statistic"])
        named = {"statistic": statistic, "unit": currency if unit.isupper() else unit, "is_own": True}
        rows.append(Row.model_validate({str(name): value for name, value in values.items()} | named))
    return rows


def _rates(engine: Engine, as_of: date) -> dict[str, float]:
    """Units of the reporting currency for one unit of each other, on a day."""
    found = engine.rows(
        "select currency, rate from rates where valid_from <= $as_of order by currency, valid_from", {"as_of": as_of}
    )
    return dict(zip(found["currency"].str.upper(), found["rate"].astype(float), strict=True))


def _converted(row: Row, currency: str, rates: dict[str, float]) -> Row:
    """The row in the reporting currency, with the rate beside it."""
    if not row.unit.isupper() or row.unit == currency:
        return row
    if row.unit not in rates:
        return row.model_copy(update={"is_comparable": False})
    note = f"{row.note + ', ' if row.note else ''}{row.value:,.0f} {row.unit} at {rates[row.unit]:g}"
    return row.model_copy(update={"value": row.value * rates[row.unit], "unit": currency, "note": note})
