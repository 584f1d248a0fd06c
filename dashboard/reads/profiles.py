"""Reads of the ideal profile: which kinds of accounts are our most profitable, and who else is of those kinds."""

from datetime import date

import pandas as pd

from dashboard.reads.plan import Group, group
from dashboard.reads.warehouse import Generation, Scope

TRAITS = ("segment", "industry", "region", "channel", "size")
"""What an account is known by before it ever pays; size in employees, in the classes of `SIZE`."""
SIZE = """
    case
        when a.employees < 50 then 'below 50 people'
        when a.employees < 250 then '50 to 249 people'
        when a.employees < 1000 then '250 to 999 people'
        when a.employees is not null then '1,000 people or more'
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
IDEAL = (
    "Ideal: fit at least the median of the most profitable fifth, not in it, and unprofitable, marginal or below the "
    "median revenue"
)


def _book(condition: str) -> str:
    """Steps up to `fits`: every account of the scope with its fit, and whether it is among the best."""
    traits = "\n            union all ".join(
        f"select account_id, '{name}' as trait, {name} as kind, is_best, has_profit from traits "
        f"where {name} is not null"
        for name in TRAITS
    )
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
                k.account_id is not null as has_profit,
                coalesce(k.nth <= ceil({BEST} * k.n) and k.profit > 0, false) as is_best
            from accounts as a left join known as k on k.account_id = a.account_id
            where {condition}
        ),
        long as (
            {traits}
        ),
        base as (
            select count(case when is_best then 1 end) / nullif(cast(count(*) as double), 0) as share
            from traits where has_profit
        ),
        kinds as (
            select trait, kind, count(case when has_profit then 1 end) as n, count(case when is_best then 1 end) as best
            from long group by trait, kind
        ),
        rates as (
            select k.trait, k.kind, k.n, k.best, (k.best + {PULL} * b.share) / (k.n + {PULL}) as rate
            from kinds as k cross join base as b
            where k.trait in (select trait from kinds group by trait having count(*) > 1)
        ),
        fits as (
            select l.account_id, avg(r.rate) as fit, count(*) as known_traits
            from long as l join rates as r on r.trait = l.trait and r.kind = l.kind
            group by l.account_id
        )"""


def kinds(generation: Generation, scope: Scope, week: date) -> pd.DataFrame:
    """Every kind of account: `trait`, `kind`, `n`, `best` (of the most profitable fifth), `rate`; the best kinds first.

    Empty where no profit is known, or nothing tells accounts apart.
    """
    condition, params = scope.clause("a.")
    return generation.ask(
        f"{_book(condition)} select trait, kind, n, best, rate from rates where n > 0 order by rate desc, trait, kind",
        params | {"week": week},
    )


def ideal(generation: Generation, scope: Scope, week: date, limit: int) -> pd.DataFrame:
    """Accounts of the best kinds that are not there yet, the best fit first; accounts that never paid among them.

    `fit`, `profit`, `revenue` (missing without a line in the window), `is_prospect`, and in every row `total`,
    `prospects`, and `floor`: the fit it takes.
    """
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""{_book(condition)},
        floors as (
            select median(f.fit) as floor from fits as f join traits as t on t.account_id = f.account_id where t.is_best
        ),
        middle as (select median(revenue) as revenue from known),
        found as (
            select a.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm, f.fit, o.floor,
                cast(k.profit as double) as profit, cast(k.revenue as double) as revenue,
                w.account_id is null as is_prospect
            from fits as f
            join traits as t on t.account_id = f.account_id
            join accounts as a on a.account_id = f.account_id
            cross join floors as o
            cross join middle as m
            left join known as k on k.account_id = f.account_id
            left join first_paid as w on w.account_id = f.account_id
            where not t.is_best and f.fit >= o.floor and (a.closed_on is null or a.closed_on > $week)
                and (w.account_id is null or k.band in ('unprofitable', 'marginal') or k.revenue < m.revenue)
        )
        select *, count(*) over () as total, count(case when is_prospect then 1 end) over () as prospects
        from found order by fit desc, revenue desc nulls last, account_id limit $limit
        """,
        params | {"week": week, "limit": limit},
    )


def ideal_group(generation: Generation, scope: Scope, week: date) -> Group:
    """All accounts that `ideal` lists, as the group a strategy can be for."""
    rows = ideal(generation, scope, week, 10_000_000)
    as_text = rows["profit"].map(lambda amount: None if amount != amount else str(round(amount, 4)))
    return group(generation, week, rows.assign(profit=as_text, has_line=rows["revenue"].notna()))
