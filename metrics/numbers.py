"""Every number of the company as a whole, by name, with its unit, its period, and why it is missing when it is."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from data.company import Company
from data.errors import UserError
from data.generations import current, generation_name
from metrics import profit
from metrics.catalog import VIEWS
from metrics.engines import DuckEngine
from metrics.nps import net_promoter_score
from metrics.people import people_figures
from metrics.profit.overheads import overhead_figures
from metrics.value import NamedFigure, value_figures

NO_INVOICES = "not connected: invoices"
SCORED = ("green", "amber", "red")


class NoSuchNumber(UserError):
    """A week or a segment the warehouse does not know."""


@dataclass(frozen=True)
class Number:
    """One number of the company. `missing` says in words why `value` is None, or what it leaves out."""

    name: str
    label: str
    value: float | None
    unit: str
    period: str
    n: int | None = None
    low: float | None = None
    high: float | None = None
    status: str = "ok"
    missing: str | None = None


@dataclass(frozen=True)
class CompanyNumbers:
    """All numbers of one week end, with the generation of the warehouse they were read from."""

    company: str
    as_of: date
    generation: str
    numbers: list[Number]

    def __getitem__(self, name: str) -> Number:
        return next(number for number in self.numbers if number.name == name)

    def as_dict(self) -> dict[str, Any]:
        """What `sevenviews numbers --json` prints."""
        return {
            "as_of": self.as_of.isoformat(),
            "generation": self.generation,
            "numbers": [asdict(number) for number in self.numbers],
        }


def company_numbers(company: Company, day: date | None = None, segment: str | None = None) -> CompanyNumbers:
    """The numbers of the last shown week end on or before `day` (default: the latest), for one segment or all.

    Raises `NoSuchNumber` for a day before the history or a segment no account has, and before the first build.
    """
    path = current(company.folder)
    if path is None:
        raise NoSuchNumber(f"{company.folder} has no warehouse yet. Run: sevenviews build {company.folder}")
    with _opened(str(path)) as engine:
        as_of = _week_end(engine, day)
        _check_segment(engine, segment)
        engine.table("chosen", CHOSEN, {"segment": segment})
        found = [
            *_accounts(engine, as_of),
            *_profit(engine, as_of, company),
            *_named(value_figures(engine, as_of, segment, company.fiscal_year_starts), company),
            *_named(people_figures(engine, as_of, segment), company),
            _nps(engine, as_of, segment),
            *_views(engine, as_of),
        ]
    return CompanyNumbers(company.name, as_of, generation_name(path), found)


CHOSEN = """
    select account_id from accounts
    where $segment is null or segment = $segment
    """


@contextmanager
def _opened(path: str) -> Iterator[DuckEngine]:
    """The warehouse, read-only, with room in memory for what is computed on the way."""
    connection = duckdb.connect()
    try:
        connection.execute(f"attach '{path.replace(chr(39), chr(39) * 2)}' as warehouse (read_only)").fetchall()
        connection.execute("set search_path = 'memory.main,warehouse.main'").fetchall()
        yield DuckEngine(connection)
    finally:
        connection.close()


def _week_end(engine: DuckEngine, day: date | None) -> date:
    weeks: list[date] = [
        week.date() for week in engine.rows("select as_of from weeks where is_shown order by as_of")["as_of"]
    ]
    before = [week for week in weeks if day is None or week <= day]
    if not before:
        raise NoSuchNumber(f"The history begins on {weeks[0]}; {day} is before it. Raise `history_weeks`.")
    return before[-1]


def _check_segment(engine: DuckEngine, segment: str | None) -> None:
    known = engine.rows("select distinct segment from accounts where segment is not null order by segment")["segment"]
    if segment is not None and segment not in set(known):
        raise NoSuchNumber(f"No account has the segment '{segment}'. There are: {', '.join(known) or 'none'}.")


def _accounts(engine: DuckEngine, as_of: date) -> Iterator[Number]:
    counts = engine.rows(
        """
        select
            (select count(*) from chosen) as loaded,
            (select count(*) from scored_weeks as s join chosen as c using (account_id) where s.as_of = $as_of) as live
        """,
        {"as_of": as_of},
    ).iloc[0]
    yield Number("accounts", "Accounts", int(counts["loaded"]), "accounts", "loaded")
    yield Number("active_accounts", "Active accounts", int(counts["live"]), "accounts", f"on {as_of}")


PROFIT_NUMBERS = {
    # name: attribute of ProfitFigures, label, unit
    "revenue": ("revenue", "Revenue", "money"),
    "profit": ("profit", "Customer profit", "money"),
    "profitable_accounts": ("n_plus", "Profitable accounts", "accounts"),
    "marginal_accounts": ("n_zero", "Marginal accounts", "accounts"),
    "unprofitable_accounts": ("n_minus", "Unprofitable accounts", "accounts"),
    "cpr_count": ("cpr_count", "Profitable accounts to one unprofitable", "ratio"),
    "customer_profit_ratio": ("cpr_money", "Customer profit ratio (earned to one lost)", "ratio"),
    "profit_erosion": ("erosion", "Profit erosion", "ratio"),
    "whale_peak": ("whale_peak", "Whale peak", "ratio"),
    "break_even_prize": ("break_even_prize", "Break-even prize", "money"),
    "accounts_to_80_percent": ("accounts_to_80", "Accounts to 80 % of revenue", "accounts"),
    "top_20_percent_share": ("top_20_share", "Revenue of the top 20 % of accounts", "ratio"),
    "top_20_percent_profit_share": ("top_20_profit_share", "Profit of the top 20 % of accounts", "ratio"),
}


def _profit(engine: DuckEngine, as_of: date, company: Company) -> Iterator[Number]:
    engine.table("profit_ends", "select cast($as_of as date) as as_of", {"as_of": as_of})
    profit.make_account_profit(engine)
    rows = engine.rows("select p.* from account_profit as p join chosen as c using (account_id)")
    figures = profit.profit_figures(rows, profit.missing_words(engine))
    period = (
        f"{company.profit_window_weeks} weeks to {as_of}" if company.profit_window_weeks else f"all time to {as_of}"
    )
    connected = not engine.rows("select 1 from invoices limit 1").empty
    for name, (attribute, label, unit) in PROFIT_NUMBERS.items():
        value = getattr(figures, attribute)
        words = figures.missing.get(attribute) if connected else NO_INVOICES
        left_out = f"without {figures.n_unknown} accounts for which a cost is missing" if figures.n_unknown else None
        yield Number(
            name,
            label,
            value,
            company.currency if unit == "money" else unit,
            period,
            n=figures.accounts,
            status="ok" if value is not None else _status(words),
            missing=words if value is None else left_out if attribute not in REVENUE_ONLY else None,
        )
    lacks = None if figures.profit is not None else figures.missing.get("profit") if connected else NO_INVOICES
    yield from _named(overhead_figures(engine, as_of, "warehouse.main.account_profit", period, lacks), company)


REVENUE_ONLY = ("revenue", "accounts_to_80", "top_20_share")


def _named(figures: Iterable[NamedFigure], company: Company) -> Iterator[Number]:
    for named in figures:
        figure = named.figure
        yield Number(
            named.name,
            named.label,
            figure.value,
            company.currency if named.unit == "money" else named.unit,
            f"{named.period}; {figure.basis}" if figure.basis else named.period,
            n=figure.n,
            low=figure.low,
            high=figure.high,
            status="ok" if figure.value is not None else _status(figure.missing),
            missing=figure.missing,
        )


def _status(words: str | None) -> str:
    return "not connected" if words and words.startswith("not connected") else "no data"


LAST_ANSWERS = """
    with known as (
        select
            s.score,
            row_number() over (
                partition by s.account_id, coalesce(cast(s.contact_id as varchar), s.response_id)
                order by s.answered_on desc, s.response_id desc
            ) as nth
        from surveys as s
        where
            s.kind = 'nps' and s.answered_on <= $as_of and s.answered_on > $as_of - cast(364 as int)
            and ($segment is null or s.account_id in (select account_id from chosen))
    )
    select
        count(*) as n,
        coalesce(sum(case when score >= 9 then 1 else 0 end), 0) as promoters,
        coalesce(sum(case when score <= 6 then 1 else 0 end), 0) as detractors
    from known
    where nth = 1
    """


def _nps(engine: DuckEngine, as_of: date, segment: str | None) -> Number:
    """Last answer of every person in 52 weeks; answers that name no account count too."""
    period, label = f"52 weeks to {as_of}", "Net promoter score (NPS)"
    asked = engine.rows("select count(*) as n from surveys where kind = 'nps'")["n"].iloc[0]
    if not asked:
        words = "not connected: surveys (kind nps)"
        return Number("nps", label, None, "points", period, n=0, status="not connected", missing=words)
    found = engine.rows(LAST_ANSWERS, {"as_of": pd.Timestamp(as_of).date(), "segment": segment}).iloc[0]
    if not found["n"]:
        return Number("nps", label, None, "points", period, n=0, status="no data", missing="no answer in the period")
    score = net_promoter_score(int(found["promoters"]), int(found["detractors"]), int(found["n"]))
    return Number("nps", label, score.value, "points", period, n=int(found["n"]), low=score.low, high=score.high)


def _views(engine: DuckEngine, as_of: date) -> Iterator[Number]:
    rows = engine.rows(
        """
        select v.view, v.status, count(*) as accounts, sum(s.weight_arr) as weight
        from view_scores as v
        join scored_weeks as s on s.account_id = v.account_id and s.as_of = v.as_of
        join chosen as c on c.account_id = v.account_id
        where v.as_of = $as_of
        group by v.view, v.status
        """,
        {"as_of": as_of},
    )
    cards = engine.rows(
        """
        select
            view, title, bool_or(is_connected) as is_on,
            string_agg(distinct nullif(missing_columns, ''), ', ') as lacking
        from scorecard
        group by view, title
        """
    )
    titles = {row.view: row for row in cards.itertuples()}
    has_arr = bool(engine.rows("select has_arr from generation")["has_arr"].iloc[0])
    for view in VIEWS:
        yield from _view(view, titles.get(view), rows[rows["view"] == view], as_of, "ARR" if has_arr else "accounts")


def _view(view: str, card: Any, rows: pd.DataFrame, as_of: date, of: str) -> Iterator[Number]:
    title = card.title if card else view.replace("_", " ").title()
    total, n = float(rows["weight"].sum()), int(rows["accounts"].sum())
    words = _why_unscored(card, n, total)
    weights = {name: float(rows.loc[rows["status"] == name, "weight"].sum()) for name in SCORED}
    share = {name: weight / total if total else None for name, weight in weights.items()}
    known = [value for value in share.values() if value is not None]
    coverage = round(sum(known), 12) if total else None
    all_shares: Mapping[str, float | None] = {
        **{name: None if words else value for name, value in share.items()},
        "unscored": None if coverage is None else round(1 - coverage, 12) + 0.0,
        "coverage": coverage,
    }
    for name, value in all_shares.items():
        yield Number(
            f"{view}_{name}",
            f"{title}: {name}",
            value,
            f"share of {of}",
            f"on {as_of}",
            n=n,
            status="ok" if value is not None else _status(words),
            missing=words if value is None else None,
        )


def _why_unscored(card: Any, n: int, total: float) -> str | None:
    """Why no band of a view can be said; None where it can."""
    if card is None:
        return "switched off: views in company.toml"
    if not card.is_on:
        return f"not connected: {card.lacking}"
    if not n:
        return "no account is scored"
    return None if total else "the scored accounts have no ARR"
