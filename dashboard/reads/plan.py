"""Reads of the profit plan and of what-ifs: costs by account, strategies and scenarios of the journal."""

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.overrides import journal_of
from dashboard.reads.warehouse import Generation, Scope

if TYPE_CHECKING:
    from data.journal.scenarios import Scenario


def cost_rows(generation: Generation, scope: Scope, week: date) -> pd.DataFrame:
    """Every account's revenue, service cost, profit and band in the window that ends with the week."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select p.account_id, cast(p.revenue as double) as revenue, cast(p.service_cost as double) as service_cost,
            cast(p.profit as double) as profit, p.band
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.as_of = $week and {condition}
        order by p.account_id
        """,
        params | {"week": week},
    )


def scenarios(generation: Generation) -> "list[Scenario]":
    """The what-ifs saved by name, newest first; none before the first. Raises `JournalError`."""
    journal = journal_of(generation)
    if journal is None:
        return []
    from data.journal.scenarios import every_scenario

    return every_scenario(journal)
