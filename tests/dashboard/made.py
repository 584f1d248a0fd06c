"""A small warehouse with the read tables of a build, made of random walks: for screens and their edge cases.

It knows no measure and no score rule; it writes what a build would have left. `Made` says what kind of company it is.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from data.generations import new_generation, publish
from tests.dashboard.made_five import put_five
from tests.dashboard.made_groups import put_groups
from tests.dashboard.made_measures import MEASURES
from tests.dashboard.made_money import put_money
from tests.dashboard.made_more import put_goals, put_moved, put_openings, put_parents, put_renewals
from tests.dashboard.made_overrides import put_by_hand

AS_OF = date(2026, 11, 15)
VIEWS = (
    "vendor_outcomes",
    "vendor_risk",
    "vendor_expansion",
    "client_outcomes",
    "client_experience",
    "client_engagement",
    "client_maturity",
)
QUESTIONS = {
    "vendor_outcomes": "Will they stay, grow, speak for us?",
    "vendor_risk": "What could make them leave?",
    "vendor_expansion": "What could they still buy?",
    "client_outcomes": "Do they get what they came for?",
    "client_experience": "Is it good to work with us?",
    "client_engagement": "Do they take part?",
    "client_maturity": "How far along are they?",
}
FIRST = (
    "Kestrel", "Harbour", "Alder", "Granite", "Meridian", "Northgate", "Silverline", "Bluewater", "Oakhurst", "Redfern",
)  # fmt: skip
LAST = (
    "Foods", "Motors", "Logistics", "Pharma", "Circuits", "Dairy", "Freight", "Components", "Labs", "Parcel",
)  # fmt: skip
OWNERS = {"Support": "Imani Okafor", "Product": "Luis Ferrer", "Finance": "Mei Tanaka", "Marketing": "Hanna Weiss"}
NAMES = {"na": "na", "stale": "stale", "none": "no data"}


@dataclass(frozen=True)
class Made:
    """What kind of company to make. The defaults are a healthy one with a step in support load four weeks ago."""

    accounts: int = 400
    weeks: int = 60
    seed: int = 8
    step: float = 2.6
    """How far cases and their age step up in the last four weeks, in multiples of their noise; 0 is a quiet one."""
    drift: float = 1.0
    """Sign of the step: −1 turns what got worse into what got better."""
    margin: float = 0.16
    losers: float = 0.25
    """Share of the accounts whose margin is drawn below zero."""
    has_invoices: bool = True
    has_names: bool = True
    """Whether accounts have segment, region, industry and people."""
    has_arr: bool = True
    profit_missing: str | None = None
    unconnected: tuple[str, ...] = ()
    """Sources without which the measures that need them are not connected."""
    names: tuple[str, ...] = ()
    """Names of the first accounts, whatever they hold."""
    currency: str = "USD"
    locale: str = "en_US"
    owners: dict[str, str] = field(default_factory=lambda: dict(OWNERS))
    aim: str = ""


def make(folder: Path, made: Made = Made()) -> Path:
    """A company folder whose warehouse holds the read tables of one such company; the folder comes back."""
    folder.mkdir(parents=True, exist_ok=True)
    path = new_generation(folder)
    con = duckdb.connect(str(path))
    rng = np.random.default_rng(made.seed)
    accounts = _accounts(made, rng)
    weeks = [AS_OF - timedelta(weeks=made.weeks - 1 - i) for i in range(made.weeks)]
    entries = _entries(made)
    recent, bands, views = _scores(made, accounts, entries, weeks, rng)
    tables = {
        "accounts": accounts,
        "weeks": pd.DataFrame({"as_of": weeks, "week_no": range(1, len(weeks) + 1), "is_shown": True}),
        "settings": pd.DataFrame(
            [
                {
                    "inactive_after_weeks": 52,
                    "profit_window_weeks": 52,
                    "profit_band": 0.02,
                    "late_after_weeks": 4,
                    "aim": made.aim,
                }
            ]
        ),
        "scorecard": entries,
        "definitions": _definitions(),
        "account_recent": recent,
        "entry_bands": bands,
        "view_scores": views,
        "account_profit": _profit(made, accounts, weeks[-14:], rng),
        "generation": _generation(made, path, weeks),
        "events": pd.DataFrame(
            {
                "event_id": ["e1"],
                "happened_on": [AS_OF - timedelta(days=27)],
                "name": ["firmware 4.2"],
                "account_id": pd.array([None], dtype="Int64"),
            }
        ),
        **_reports(made, accounts),
        "products": pd.DataFrame(
            {"product_id": ["P1", "P2"], "name": ["Picker", "<b>Academy</b>"], "list_price": [10.0, None]}
        ),
        **_sources(accounts, rng),
    }
    for name, frame in tables.items():
        _store(con, name, frame)
    _read_tables(con, made, folder)
    con.close()
    publish(path, keep=3)
    return folder


def _store(con: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    con.register("given", frame)
    days = [c for c in frame.columns if c in ("as_of",) or c.endswith("_on")]
    picked = ", ".join(f"cast({c} as date) as {c}" if c in days else f'"{c}"' for c in frame.columns)
    con.execute(f"create table {name} as select {picked} from given").fetchall()
    con.unregister("given")


def _accounts(made: Made, rng: np.random.Generator) -> pd.DataFrame:
    n = made.accounts
    pool = [f"{a} {b}" for a in FIRST for b in LAST]
    names = [pool[i % len(pool)] + ("" if i < len(pool) else f" {i // len(pool) + 1}") for i in rng.permutation(n)]
    names[: len(made.names)] = made.names[:n]
    arr = np.sort(rng.lognormal(11.45, 0.98, n))[::-1].round(-2)
    made_of = pd.DataFrame(
        {
            "account_id": np.arange(1, n + 1, dtype="int32"),
            "account_code": pd.array([f"{1000 + i:06d}" for i in range(n)], dtype="str"),
            "name": pd.array(names, dtype="str"),
            "segment": pd.array(rng.choice(["Enterprise", "Mid-market", "Small business"], n), dtype="str"),
            "region": pd.array(rng.choice(["Americas", "EMEA", "APAC"], n, p=[0.5, 0.32, 0.18]), dtype="str"),
            "industry": pd.array(rng.choice(["Automotive", "Food", "Logistics"], n), dtype="str"),
            "country": pd.array(rng.choice(["US", "DE", "JP"], n), dtype="str"),
            "csm": pd.array(rng.choice(["A. Lindqvist", "B. Osei", "C. Marchetti", "D. Park"], n), dtype="str"),
            "sales_rep": pd.array(rng.choice(["J. Whitfield", "K. Sato"], n), dtype="str"),
            "joined_on": pd.to_datetime([AS_OF - timedelta(days=int(d)) for d in rng.integers(90, 2500, n)]),
            "arr": arr if made.has_arr else np.full(n, np.nan),
            "seats": rng.integers(3, 400, n),
        }
    )
    if not made.has_names:
        made_of[["segment", "region", "industry", "country", "csm", "sales_rep"]] = None
    return made_of


def _entries(made: Made) -> pd.DataFrame:
    rows = []
    for view, grp, measure, label, unit, owner, red, green, _, _, needs, says in MEASURES:
        missing = [need for need in needs.split(", ") if need.split(".")[0] in made.unconnected]
        rows.append(
            {
                "view": view,
                "title": view.replace("_", " ").title(),
                "question": QUESTIONS[view],
                "side": view.split("_")[0],
                "audience": "account managers and the client" if view == "client_outcomes" else "internal and board",
                "ours": view.startswith("client_m"),
                "is_expansion": view == "vendor_expansion",
                "grp": grp,
                "grp_title": grp.replace("_", " ").capitalize(),
                "grp_weight": 1.0,
                "entry": measure,
                "measure": measure,
                "item": "",
                "label": label,
                "unit": unit,
                "says": says,
                "owner": owner,
                "weight": 1.0,
                "red": float(red),
                "green": float(green),
                "valid_days": None,
                "why": "a default",
                "exceptions": "[]",
                "is_connected": not missing,
                "missing_columns": ", ".join(missing),
            }
        )
    return pd.DataFrame(rows).astype({"valid_days": "Int64"})


def _walks(
    made: Made, n: int, weeks: int, rng: np.random.Generator, start: float, noise: float, steps: bool, worse: int
):  # type: ignore[no-untyped-def]
    """One walk per account around its own level: accounts differ by twice what a week moves."""
    level = start - worse * 0.8 * noise + rng.normal(0, 2.0 * noise, (n, 1))
    values = level + rng.normal(0, 0.14 * noise, (n, weeks))
    if steps and made.step:
        hit = rng.random((n, 1)) < 0.5
        last = np.array([0.45, 0.7, 0.9, 1.1])[-weeks:]
        values[:, -4:] += worse * made.drift * hit * made.step * noise * last
    return np.clip(values, 0, None)


def _scores(made: Made, accounts: pd.DataFrame, entries: pd.DataFrame, weeks: list[date], rng: np.random.Generator):  # type: ignore[no-untyped-def]
    """Long frames: every measure's points by account and week, its bands, and every view's points."""
    n, parts = len(accounts), []
    for row, (_, _, measure, _, unit, _, red, green, start, noise, _, _) in zip(
        entries.itertuples(), MEASURES, strict=True
    ):
        values = _walks(
            made, n, len(weeks), rng, start, noise, measure in ("open_cases", "case_age_days"), 1 if red > green else -1
        )
        values = np.clip(values, 0, 1) if unit == "ratio" else values
        points = np.clip((values - red) / (green - red), 0, 1) * 100
        state = np.where(rng.random((n, 1)) < 0.03, "stale", np.where(rng.random((n, 1)) < 0.03, "no data", "ok"))
        state = np.broadcast_to(state, points.shape)
        status = np.where(points <= 0, "red", np.where(points < 100, "amber", "green"))
        parts.append(
            pd.DataFrame(
                {
                    "account_id": np.repeat(accounts["account_id"].to_numpy(), len(weeks)),
                    "view": row.view,
                    "grp": row.grp,
                    "entry": row.entry,
                    "measure": measure,
                    "item": "",
                    "as_of": np.tile(weeks, n),
                    "numerator": values.ravel(),
                    "denominator": 1.0,
                    "value": values.ravel(),
                    "points": np.where(state == "ok", points, np.nan).ravel(),
                    "status": np.where(state == "ok", status, state).ravel(),
                    "evidence_on": np.tile(weeks, n),
                    "is_connected": row.is_connected,
                }
            )
        )
    long = pd.concat([*parts, _items(parts)]) if n else _no_scores()
    return long, long[["view"]].head(0), long[["view"]].head(0)


def _items(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Rows per product of the one measure that has them; who owns nothing has none."""
    whole = next(part for part in parts if part["entry"].iloc[0] == "product_penetration")
    owned = whole[(whole["numerator"] > 0.3) & whole["points"].notna()]
    return owned.assign(item="P1", numerator=3.0, value=3.0, points=100.0, status="green")


def _no_scores() -> pd.DataFrame:
    text = dict.fromkeys(("view", "grp", "entry", "measure", "item", "status"), "str")
    real = dict.fromkeys(("numerator", "denominator", "value", "points"), "float64")
    kinds = {
        "account_id": "int32",
        **text,
        "as_of": "datetime64[s]",
        **real,
        "evidence_on": "datetime64[s]",
        "is_connected": "bool",
    }
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def _profit(made: Made, accounts: pd.DataFrame, weeks: list[date], rng: np.random.Generator) -> pd.DataFrame:
    n = len(accounts)
    size = accounts["arr"].to_numpy() if made.has_arr else rng.lognormal(11, 1, n)
    revenue = np.round(size * rng.uniform(0.93, 1.12, n), 2)
    margin = np.where(rng.random(n) < made.losers, -rng.gamma(2, 0.08, n), rng.normal(made.margin, 0.1, n))
    frames = []
    for week in weeks:
        margin = margin + rng.normal(0, 0.012, n)
        profit = np.round(revenue * margin, 2)
        band = np.where(margin > 0.02, "profitable", np.where(margin < -0.02, "unprofitable", "marginal"))
        frame = pd.DataFrame(
            {
                "as_of": week,
                "account_id": accounts["account_id"],
                "revenue": revenue,
                "product_cost": np.round(revenue * 0.5, 2),
                "service_cost": np.round(revenue - profit - np.round(revenue * 0.5, 2), 2),
                "profit": profit,
                "margin": margin,
                "band": band,
            }
        )
        if made.profit_missing:
            frame[["product_cost", "service_cost", "profit", "margin"]] = np.nan
            frame["band"] = pd.array([None] * n, dtype="str")
        frames.append(frame)
    return pd.concat(frames).head(None if made.has_invoices else 0)


def _definitions() -> pd.DataFrame:
    rows = [
        {
            "measure": m[2],
            "label": m[3],
            "unit": m[4],
            "owner": m[5],
            "rollup": "mean",
            "absent": "no data",
            "valid_days": None,
            "needs": m[10],
            "reads": m[10].split(".")[0],
            "source": m[10].split(".")[0],
            "na": "",
            "says": m[11],
            "words": f"{m[3]} of an account, as its rows say.",
            "sql": f"select 1 as {m[2]}\nfrom weeks",
        }
        for m in MEASURES
    ]
    return pd.DataFrame(rows).astype({"valid_days": "Int64"})


def _generation(made: Made, path: Path, weeks: list[date]) -> pd.DataFrame:
    row = {
        "generation": path.stem.split("-", 1)[1],
        "built_at": datetime(2026, 11, 16, 5, 12),
        "as_of": weeks[-1],
        "first_week": weeks[0],
        "company": "Corvane Robotics",
        "currency": made.currency,
        "locale": made.locale,
        "week_ends": "sunday",
        "fiscal_year_starts": 1,
        "profit_window_weeks": 52,
        "profit_band": 0.02,
        "has_arr": made.has_arr and made.accounts > 0,
        "owners": json.dumps(made.owners),
        "scorecards_hash": "7c1e94ab0001",
        "profit_missing": made.profit_missing,
    }
    return pd.DataFrame([row]).astype({"profit_missing": "str"})


def _reports(made: Made, accounts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    n = len(accounts)
    sources = ["accounts", "subscriptions", "tickets", "surveys", "invoices", "usage", "goals"]
    report = pd.DataFrame(
        [
            {
                "source": s,
                "file": f"sources/{s}.csv",
                "is_connected": s not in made.unconnected,
                "rows_in": 12 * n + 7 * (s == "tickets"),
                "loaded": 12 * n,
                "refused": 3 * (s == "tickets"),
                "unmatched": 2 * (s == "tickets"),
                "duplicates": 2 * (s == "tickets"),
                "first_on": date(2024, 1, 1),
                "complete_to": AS_OF - timedelta(days=9 * (s == "surveys")),
                "complete_to_is_declared": s == "usage",
                "note": "complete to its last row",
            }
            for s in sources
        ]
    )
    refused = pd.DataFrame(
        [
            {
                "source": "tickets",
                "file": "sources/tickets.csv",
                "line": i,
                "column_name": "opened_at",
                "value": "=cmd()" if i == 4 else "31.31.2026",
                "reason": "not a moment: write it as 2026-12-31 09:30",
                "kind": k,
            }
            for i, k in [
                (4, "refused"),
                (17, "refused"),
                (90, "refused"),
                (91, "unmatched"),
                (92, "unmatched"),
                (93, "duplicate"),
                (94, "duplicate"),
            ]
        ]
    )
    return {
        "load_report": report,
        "refused_rows": refused,
        "connected_columns": pd.DataFrame(
            {"source": ["tickets"], "column_name": ["opened_at"], "rows_with_value": [n]}
        ),
        "load_notes": pd.DataFrame(
            {
                "source": ["tickets"],
                "file": ["sources/tickets.csv"],
                "note": ["column 'mood' is not in the contract and was left out"],
            }
        ),
        "source_days": report[["source", "first_on", "complete_to"]].rename(columns={"complete_to": "last_on"}),
    }


def _sources(accounts: pd.DataFrame, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Source rows an account's measures open: cases of everybody, a term of everybody."""
    ids = np.repeat(accounts["account_id"].to_numpy(), 4)
    opened = [datetime(2026, 11, 14) - timedelta(days=int(d)) for d in rng.integers(0, 300, len(ids))]
    tickets = pd.DataFrame(
        {
            "ticket_id": [f"T{i}" for i in range(len(ids))],
            "account_id": ids,
            "product_id": "P1",
            "opened_at": pd.Series(opened, dtype="datetime64[s]"),
            "priority": "high",
            "kind": "defect",
        }
    )
    terms = pd.DataFrame(
        {
            "subscription_id": [f"S{i}" for i in accounts["account_id"]],
            "account_id": accounts["account_id"],
            "product_id": "P1",
            "starts_on": pd.Timestamp("2025-04-01"),
            "arr": accounts["arr"],
            "term_months": 24,
        }
    )
    return {"tickets": tickets, "subscriptions": terms}


def _read_tables(con: duckdb.DuckDBPyConnection, made: Made, folder: Path) -> None:
    """The rest in SQL, from the long frame of points: view scores, bands, `view_now` and the account tables."""
    con.execute("alter table account_recent rename to points").fetchall()
    con.execute(
        """
        create or replace table view_scores as
        select view, account_id, as_of, avg(points) filter (where is_connected) as points,
            coalesce(count(points) filter (where is_connected) / nullif(count(*) filter (where is_connected), 0), 0)
                as coverage,
            count(points) filter (where is_connected) as n_measures, count(*) filter (where is_connected) as n_connected
        from points where item = '' group by all
        """
    ).fetchall()
    con.execute(
        """
        create or replace table view_scores as
        select view, account_id, as_of, case when coverage >= 0.5 then points end as points,
            case when n_connected = 0 then 'not connected' when points is null then 'stale'
                when coverage < 0.5 then 'insufficient data'
                when points <= 50 then 'red' when points <= 75 then 'amber' else 'green' end as status,
            coverage, n_measures, n_connected
        from view_scores order by view, as_of
        """
    ).fetchall()
    put_by_hand(con, folder, AS_OF)
    weight = "coalesce(a.arr, 0)" if made.has_arr else "1.0"
    groups = "coalesce(a.segment, '') as segment, coalesce(a.region, '') as region, coalesce(a.csm, '') as csm"
    con.execute(
        f"""
        create or replace table view_bands as
        select v.view, v.as_of, {groups}, v.status, count(*) as accounts, sum({weight}) as arr
        from view_scores as v join accounts as a using (account_id) group by all order by view, as_of
        """
    ).fetchall()
    con.execute(
        f"""
        create or replace table entry_bands as
        select p.view, p.grp, p.entry, p.as_of, {groups}, p.status, count(*) as accounts, sum({weight}) as arr,
            sum(numerator) as numerator, sum(denominator) as denominator
        from points as p join accounts as a using (account_id)
        where p.is_connected and p.item = '' and p.as_of > date '{AS_OF}' - 53 * 7 group by all order by view, as_of
        """
    ).fetchall()
    con.execute(
        f"""
        create table account_recent as select * exclude (is_connected) from points
        where is_connected and as_of > date '{AS_OF}' - 14 * 7 order by account_id, as_of, view, entry
        """
    ).fetchall()
    con.execute(
        f"""
        create table account_views as select account_id, view, as_of, points, status from view_scores
        where as_of > date '{AS_OF}' - 26 * 7 order by account_id
        """
    ).fetchall()
    con.execute(_view_now(weight)).fetchall()
    put_groups(con, AS_OF, weight)
    put_goals(con, "goals" not in made.unconnected)
    put_openings(con, AS_OF, "subscriptions" not in made.unconnected)
    put_parents(con)
    put_moved(con, AS_OF)
    put_renewals(con, AS_OF)
    put_money(con, AS_OF, made.profit_missing is None, "tickets" not in made.unconnected)
    put_five(con, AS_OF, made.profit_missing is None, "tickets" not in made.unconnected, made.has_arr)
    con.execute("drop table points").fetchall()


def _view_now(weight: str) -> str:
    columns = ", ".join(
        f"""max(case when v.view = '{w}' then v.status end) as {w}_status,
        max(case when v.view = '{w}' then v.points end) as {w}_points,
        max(case when v.view = '{w}' then v.coverage end) as {w}_coverage,
        max(case when v.view = '{w}' then v.n_measures end) as {w}_n,
        max(case when v.view = '{w}' then v.n_connected end) as {w}_of,
        max(case when v.view = '{w}' then worst.entry end) as {w}_worst,
        max(case when v.view = '{w}' then b.status end) as {w}_was,
        max(case when v.view = '{w}' then m.points end) as {w}_points_4w,
        max(case when v.view = '{w}' and v.as_of = date '{AS_OF}' then
            case when m.points - v.points > 18 then 'down' when v.points - m.points > 18 then 'up' else '' end
        end) as {w}_signal,
        max(case when v.view = '{w}' then greatest(v.points - 12, 0) end) as {w}_low,
        max(case when v.view = '{w}' then least(v.points + 15, 100) end) as {w}_high,
        max(case when v.view = '{w}' and '{w}' = 'vendor_risk' and v.points = 50 then 'sponsor gone' end) as {w}_cap"""
        for w in VIEWS
    )
    named = ("segment", "region", "industry", "country", "csm", "sales_rep")
    texts = ", ".join(f"coalesce(a.{name}, '') as {name}" for name in named)
    return f"""
        create table view_now as
        with worst as (
            select account_id, view, as_of, arg_min(entry, points) as entry
            from points where is_connected and item = '' and points < 100 group by all
        )
        select v.as_of, v.account_id, a.account_code, a.name, {texts}, a.arr, a.seats, a.joined_on,
            {weight} as weight_arr, {columns}
        from view_scores as v
        join accounts as a using (account_id)
        left join view_scores as b on b.view = v.view and b.account_id = v.account_id and b.as_of = v.as_of - 7
        left join view_scores as m on m.view = v.view and m.account_id = v.account_id and m.as_of = v.as_of - 28
        left join worst on worst.view = v.view and worst.account_id = v.account_id and worst.as_of = v.as_of
        where v.as_of > date '{AS_OF}' - 14 * 7
        group by v.as_of, v.account_id, a.account_code, a.name, a.segment, a.region, a.industry, a.country, a.csm,
            a.sales_rep, a.arr, a.seats, a.joined_on, {weight}
        order by v.as_of, weight_arr desc, v.account_id
        """


if __name__ == "__main__":
    import sys

    make(Path(sys.argv[1]))
