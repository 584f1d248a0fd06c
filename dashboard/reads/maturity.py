"""Reads of maturity against health: how many accounts stand in each pair of bands, and what they weigh."""

from datetime import date

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope


def pairs(generation: Generation, scope: Scope, week: date, maturity: str, health: str) -> pd.DataFrame:
    """One row per pair of states of two views: `maturity`, `health`, `accounts`, `arr`; only pairs that are met."""
    condition, params = scope.clause()
    return generation.ask(
        f"""
        select {maturity}_status as maturity, {health}_status as health, count(*) as accounts,
            cast(sum(weight_arr) as double) as arr
        from view_now where as_of = $week and {condition}
        group by {maturity}_status, {health}_status
        """,
        params | {"week": week},
    )
