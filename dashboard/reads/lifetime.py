"""Reads of lifetime value with all it rests on: the ways side by side, and how long accounts of a segment stay."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.reads import value
from dashboard.reads.warehouse import Generation, Scope
from metrics.value import TOO_FEW_LEFT, Figure, Life, LifetimeValue, Margin, Sources, lifetime_values, survival
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
