"""The figures of customer value of one day, computed from the sources: what `sevenviews numbers` prints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from metrics.engines import Engine
from metrics.value.acquisition import CAC, NOT_BY_PART, Margin, cac_figures, gross_margin, last_quarters
from metrics.value.figure import Figure, none
from metrics.value.lifetime import LifetimeValue, lifetime_values
from metrics.value.retention import NO_LINES, SUMS, Sources, retention_figures
from metrics.value.survival import FEWEST_ENDED, Life, curve, life
from metrics.value.tables import make_figure_tables

MONEY = "money"
TOO_FEW_LEFT = f"fewer than {FEWEST_ENDED} accounts have left, so nobody knows how long they stay"
LABELS = {
    # name: label, unit, over how long
    "arr": ("Annual recurring revenue (ARR)", MONEY, "day"),
    "paying_accounts": ("Paying accounts", "accounts", "day"),
    "arpa": ("ARR per account (ARPA)", MONEY, "day"),
    "nrr": ("Net revenue retention (NRR)", "ratio", "year"),
    "grr": ("Gross revenue retention (GRR)", "ratio", "year"),
    "logo_churn": ("Logo churn", "ratio", "year"),
    "quick_ratio": ("Quick ratio", "ratio", "year"),
    "earned_growth": ("Earned growth rate (NRR + earned new ARR − 100 %)", "ratio", "year"),
    "cac": ("Cost of winning an account (CAC), fully loaded, blended", MONEY, "quarter"),
    "cac_media": ("Cost of winning an account (CAC), media only", MONEY, "quarter"),
    "cac_payback": ("CAC payback", "months", "quarter"),
    "new_cac_ratio": ("New CAC ratio (cost per unit of new ARR)", "ratio", "quarter"),
    "blended_cac_ratio": ("Blended CAC ratio (cost per unit of new and expansion ARR)", "ratio", "quarter"),
    "cac_year": ("Cost of winning an account (CAC), fully loaded, blended, four quarters", MONEY, "quarters"),
    "expected_years": ("Years an account is expected to stay", "years", "life"),
}


@dataclass(frozen=True)
class NamedFigure:
    """A figure with its name, label, unit and period in words."""

    name: str
    label: str
    unit: str
    period: str
    figure: Figure


@dataclass(frozen=True)
class Day:
    """What the value of one day is told from, over all accounts or one segment."""

    sources: Sources
    sums: Mapping[str, Any]
    margin: Margin
    costs: pd.DataFrame
    """Rows of `cac` of the last four whole quarters."""
    life: Life | None
    is_part: bool

    @property
    def last_quarter(self) -> pd.DataFrame:
        last: pd.DataFrame = self.costs[self.costs["closes_on"] == self.costs["closes_on"].max()]
        return last


def value_figures(engine: Engine, as_of: date, segment: str | None, fiscal_year_starts: int) -> Iterator[NamedFigure]:
    """Every figure of a day. CAC is that of the last whole quarter; lifetime values take that of four quarters.

    Makes its tables with `engine` and leaves them there.
    """
    make_figure_tables(engine, as_of, fiscal_year_starts)
    day = _day(engine, as_of, segment)
    retained = retention_figures(day.sums, day.sources)
    cac, year = _cac(day, day.last_quarter), _cac(day, day.costs)["cac"]
    found = retained | cac | {"cac_year": year, "expected_years": _years(day)}
    periods = _periods(as_of, day)
    for name, (label, unit, over) in LABELS.items():
        yield NamedFigure(name, label, unit, periods[over], found[name])
    for way in lifetime_values(retained, day.margin, year, day.life, _no_life(day)):
        yield from _named(way, periods["year"])


def _day(engine: Engine, as_of: date, segment: str | None) -> Day:
    values = {"segment": segment}
    sources = Sources.of(engine.rows("select * from value_sources"))
    sums: Mapping[str, Any] = {str(name): value for name, value in _retained(engine, as_of, segment).items()}
    return Day(
        sources=sources,
        sums=sums,
        margin=gross_margin(engine.rows(MARGINS, values | {"as_of": as_of})),
        costs=last_quarters(engine.rows("select * from cac where kind = 'quarter' order by closes_on")),
        life=life(curve(engine.rows(TENURES, values))) if sources.is_contractual else None,
        is_part=segment is not None,
    )


def _retained(engine: Engine, as_of: date, segment: str | None) -> "pd.Series[Any]":
    sums = ", ".join(f"cast(sum({name}) as double) as {name}" for name in SUMS)
    select = f"select {sums} from retention_now where as_of = $as_of and ($segment is null or segment = $segment)"
    return engine.rows(select, {"as_of": as_of, "segment": segment}).iloc[0]


MARGINS = """
    select * from margins
    where as_of = $as_of and ($segment is null or (not from_ledger and segment = $segment))
    """
TENURES = """
    select t.days, t.has_ended, count(*) as n
    from tenures as t
    join accounts as a on a.account_id = t.account_id
    where $segment is null or a.segment = $segment
    group by t.days, t.has_ended
    """


def _cac(day: Day, rows: pd.DataFrame) -> dict[str, Figure]:
    return dict.fromkeys(CAC, none(NOT_BY_PART)) if day.is_part else cac_figures(rows, day.margin, day.sources)


def _no_life(day: Day) -> str:
    return TOO_FEW_LEFT if day.sources.is_contractual else NO_LINES


def _years(day: Day) -> Figure:
    if day.life is None:
        return none(_no_life(day))
    return Figure(day.life.years, None, day.life.low, day.life.high, basis=day.life.words)


def _periods(as_of: date, day: Day) -> dict[str, str]:
    names = list(dict.fromkeys(day.costs["period"]))
    return {
        "day": f"on {as_of}",
        "year": f"12 months to {as_of}",
        "quarter": names[-1] if names else f"quarter before {as_of}",
        "quarters": f"{names[0]} to {names[-1]}" if names else f"four quarters before {as_of}",
        "life": f"all tenures to {as_of}",
    }


def _named(way: LifetimeValue, period: str) -> Iterator[NamedFigure]:
    label = f"Lifetime value (LTV), {way.label[0].lower()}{way.label[1:]}: {way.formula}"
    if way.name == "article":
        yield NamedFigure("ltv_article", label, MONEY, period, way.net)
    else:
        yield NamedFigure(f"ltv_{way.name}", f"{label}, before CAC", MONEY, period, way.gross)
    ratio = f"LTV ÷ CAC, LTV before CAC ({way.label[0].lower()}{way.label[1:]})"
    yield NamedFigure(f"ltv_{way.name}_to_cac", ratio, "ratio", period, way.ratio)
