"""Reads of lifetime value with all it rests on: the ways side by side, and how long accounts of a segment stay."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.reads import value
from dashboard.reads.warehouse import Generation, Scope
from metrics.value import (
    INTEREST,
    TOO_FEW_LEFT,
    Figure,
    Life,
    LifetimeValue,
    Margin,
    Sources,
    lifetime_values,
    survival,
    trend,
)
from metrics.value.retention import NO_LINES


@dataclass(frozen=True)
class LifetimeCard:
    """The ways to a lifetime value on the last day, and the figures all of them are made of."""

    ways: list[LifetimeValue]
    sources: Sources
    retained: dict[str, Figure]
    margin: Margin
    cac: Figure
    """Fully loaded, over all channels, of the last four whole quarters."""
    life: Life | None
    interest: float


def lifetime_card(generation: Generation, scope: Scope, interest: float, horizon_years: float) -> LifetimeCard:
    """The card of the accounts in a scope, at a year's interest and with a horizon for the survival curve."""
    sources = value.value_sources(generation)
    retained = value.retention_figures(generation, scope, date.max)
    margin, cac = value.margin(generation, scope), value.year_cac(generation, scope)
    curve = value.survival_curve(generation, scope) if sources.is_contractual else None
    life = survival.life(curve, horizon_years) if curve is not None else None
    no_life = TOO_FEW_LEFT if sources.is_contractual else NO_LINES
    ways = lifetime_values(retained, margin, cac, life, no_life, interest)
    return LifetimeCard(ways, sources, retained, margin, cac, life, interest)


def survival_curves(generation: Generation, scope: Scope) -> dict[str, pd.DataFrame]:
    """The share of accounts that stay, by segment ('' where none is named), the largest first: see `survival.curve`."""
    condition, params = scope.clause("a.")
    tenures = generation.ask(
        f"""
        select coalesce(a.segment, '') as segment, t.days, t.has_ended, count(*) as n
        from tenures as t join accounts as a on a.account_id = t.account_id
        where {condition} group by 1, t.days, t.has_ended order by 1, t.days, t.has_ended
        """,
        params,
    )
    sizes = tenures.groupby("segment")["n"].sum().sort_values(ascending=False, kind="stable")
    parts = {str(name): rows for name, rows in tenures.groupby("segment")}
    return {str(name): survival.curve(parts[str(name)].reset_index(drop=True)) for name in sizes.index}


def repeat_sums(generation: Generation, scope: Scope) -> dict[str, float]:
    """Over the accounts of a scope: how many there are, how many are probably alive, purchases and revenue expected."""
    condition, params = scope.clause("a.")
    rows = generation.ask(
        f"""
        select count(*) as accounts, count(case when v.alive >= 0.5 then 1 end) as alive,
            coalesce(sum(v.purchases), 0) as purchases, coalesce(sum(v.revenue), 0) as revenue
        from account_clv as v join accounts as a on a.account_id = v.account_id
        where {condition}
        """,
        params,
    )
    return {str(name): float(found) for name, found in rows.iloc[0].items()}


def ratio_trend(generation: Generation, way: str = "discounted", interest: float = INTEREST) -> pd.DataFrame:
    """LTV, CAC and their ratio at each quarter's end with the effect of either: see `metrics.value.ratio_trend`."""
    everything = Scope()
    costs = value.acquisition_costs(generation, "quarter")
    rows, sources = value.retained(generation, everything), value.value_sources(generation)
    return trend.ratio_trend(rows, value.margins(generation, everything), costs, sources, way, interest)


def repeat_model(generation: Generation) -> pd.DataFrame:
    """One row: both repeat-purchase models of a company without subscriptions, or in `refused` why there are none."""
    return generation.ask("select * from clv_model")


def repeat_buyers(generation: Generation, scope: Scope, limit: int, offset: int = 0) -> pd.DataFrame:
    """Accounts by the revenue expected of them in the next 52 weeks, largest first.

    `alive` is the probability that the account still buys, `purchases` × `mean_value` = `revenue`.
    """
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select v.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm, v.alive, v.purchases, v.mean_value,
            v.revenue
        from account_clv as v join accounts as a on a.account_id = v.account_id
        where {condition}
        order by v.revenue desc, v.account_id
        limit $limit offset $offset
        """,
        params | {"limit": limit, "offset": offset},
    )
