"""Reads of the ideal profile: which kinds of accounts are our most profitable, and who else is of those kinds."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from dashboard.reads.plan import Group, group
from dashboard.reads.warehouse import Generation, Scope
from data.company import SIZES

TRAITS = ("segment", "industry", "region", "channel", "size")
"""What an account is known by before it ever pays; size in employees, in the classes of `SIZE`."""
SIZE = f"""
    case
        when a.employees < 50 then '{SIZES[0]}'
        when a.employees < 250 then '{SIZES[1]}'
        when a.employees < 1000 then '{SIZES[2]}'
        when a.employees is not null then '{SIZES[3]}'
    end"""
BEST = 0.2
"""The share of accounts with a profit that count as the most profitable."""
PULL = 5
"""How many accounts of the average kind every kind is mixed with: of a kind with two accounts little is known."""
SAYS = (
    "Our proposal, computed from your accounts: of the accounts of the same segment, industry, region, channel and "
    "size, the share that is among the most profitable fifth; the mean of what is known, each share drawn to the "
    "average of all by the weight of five accounts"
)
DECLARED = "The profile in company.toml: of its rules that can be told for an account, the share the account meets"
IDEAL = (
    "Ideal: fit at least the median of the most profitable fifth, not in it, and unprofitable, marginal or below the "
    "median revenue"
)


def declared(generation: Generation) -> Mapping[str, Sequence[str]]:
    """The rules of `[profile]` in company.toml: kinds by trait; empty where none is declared."""
    rules = generation.ask("select * from settings").iloc[0].get("profile")
    return json.loads(rules) if isinstance(rules, str) else {}


def _traits(condition: str) -> str:
    """Steps up to `traits`: every account of the scope with what it is known by, and whether it is among the best."""
    return f"""
        with known as (
            select p.account_id, p.profit, p.revenue, p.band,
                row_number() over (order by p.profit desc, p.account_id) as nth, count(*) over () as n
            from account_profit as p join accounts as a on a.account_id = p.account_id
            where p.as_of = $week and p.profit is not null and {condition}
        ),
        traits as (
            select a.account_id, nullif(a.segment, '') as segment, nullif(a.industry, '') as industry,
                nullif(a.region, '') as region, nullif(a.channel, '') as channel, {SIZE} as size,
                a.closed_on, k.profit, k.revenue, k.band, k.account_id is not null as has_profit,
                coalesce(k.nth <= ceil({BEST} * k.n) and k.profit > 0, false) as is_best
            from accounts as a left join known as k on k.account_id = a.account_id
            where {condition}
        )"""


def kinds(generation: Generation, scope: Scope, week: date) -> pd.DataFrame:
    """Every kind of account: `trait`, `kind`, `n`, `best` (of the most profitable fifth), `rate`; the best kinds first.

    The rate is the share of the best, or 1 and 0 for kinds a declared profile names and does not. Empty where no profit
    is known, or nothing tells accounts apart.
    """
    condition, params = scope.clause("a.")
    sets = ", ".join(f"({name})" for name in TRAITS)
    chosen = " ".join(f"when grouping({name}) = 0 then '{name}'" for name in TRAITS)
    rows = generation.ask(
        f"""{_traits(condition)}
        select case {chosen} end as trait, coalesce({", ".join(TRAITS)}) as kind,
            count(case when has_profit then 1 end) as n, count(case when is_best then 1 end) as best
        from traits group by grouping sets ({sets}, ())
        """,
        params | {"week": week},
    )
    whole, parts = rows[rows["trait"].isna()], rows[rows["kind"].notna()]
    rules = declared(generation)
    if rules and whole["n"].sum():
        named = [float(kind in rules.get(trait, ())) for trait, kind in zip(parts["trait"], parts["kind"], strict=True)]
        return _ordered(parts.assign(rate=named)[parts["trait"].isin(list(rules))])
    several = parts.groupby("trait")["kind"].transform("size") > 1
    average = whole["best"].sum() / max(whole["n"].sum(), 1)
    told = parts[several & (parts["n"] > 0)].assign(
        rate=lambda part: (part["best"] + PULL * average) / (part["n"] + PULL)
    )
    return _ordered(told) if whole["n"].sum() else _ordered(told)[:0]


def _ordered(told: pd.DataFrame) -> pd.DataFrame:
    return told.sort_values(["rate", "trait", "kind"], ascending=[False, True, True], ignore_index=True)


def ideal(generation: Generation, scope: Scope, week: date, limit: int) -> pd.DataFrame:
    """Accounts of the best kinds that are not there yet, the best fit first; accounts that never paid among them.

    `fit`, `profit`, `revenue` (missing without a line in the window), `is_prospect`, and in every row `total`,
    `prospects`, and `floor`: the fit it takes.
    """
    condition, params = scope.clause("a.")
    rates = kinds(generation, scope, week)
    joins = "\n".join(
        f"left join rates as {name}s on {name}s.trait = '{name}' and {name}s.kind = t.{name}" for name in TRAITS
    )
    every = ", ".join(f"{name}s.rate" for name in TRAITS)
    return generation.ask(
        f"""{_traits(condition)},
        rates as (select unnest($traits) as trait, unnest($kinds) as kind, unnest($rates) as rate),
        fits as (
            select t.account_id, t.closed_on, t.profit, t.revenue, t.band, t.is_best,
                list_avg([{every}]) as fit
            from traits as t
            {joins}
        ),
        floors as (select median(fit) as floor from fits where is_best),
        middle as (select median(revenue) as revenue from known),
        found as (
            select f.account_id, f.fit, o.floor, f.profit, f.revenue, w.account_id is null as is_prospect
            from fits as f
            cross join floors as o
            cross join middle as m
            left join first_paid as w on w.account_id = f.account_id
            where not f.is_best and f.fit >= o.floor and f.fit > 0 and (f.closed_on is null or f.closed_on > $week)
                and (w.account_id is null or f.band in ('unprofitable', 'marginal') or f.revenue < m.revenue)
        ),
        first as (
            select *, count(*) over () as total, count(case when is_prospect then 1 end) over () as prospects
            from found order by fit desc, revenue desc nulls last, account_id limit $limit
        )
        select f.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm, f.fit, f.floor,
            cast(f.profit as double) as profit, cast(f.revenue as double) as revenue, f.is_prospect, f.total,
            f.prospects
        from first as f join accounts as a on a.account_id = f.account_id
        order by f.fit desc, f.revenue desc nulls last, f.account_id
        """,
        params
        | {"week": week, "limit": limit}
        | {f"{name}s": tuple(rates[name]) for name in ("trait", "kind", "rate")},
    )


def ideal_group(generation: Generation, scope: Scope, week: date) -> Group:
    """All accounts that `ideal` lists, as the group a strategy can be for."""
    rows = ideal(generation, scope, week, 10_000_000)
    as_text = rows["profit"].map(lambda amount: None if amount != amount else str(round(amount, 4)))
    return group(generation, week, rows.assign(profit=as_text, has_line=rows["revenue"].notna()))
