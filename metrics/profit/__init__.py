"""Profit per account: the table `account_profit`, the figures of a company, and the curves drawn from them.

Our definition, for which no author published one: net revenue − product cost − service cost, before overheads.
"""

from metrics.profit.bands import BANDS, bands
from metrics.profit.curves import Pareto, Point, Whale, pareto, top_accounts, whale
from metrics.profit.figures import ProfitFigures, profit_figures
from metrics.profit.table import PROFIT_TABLES, make_account_profit, make_profit, missing_words, notes

__all__ = [
    "BANDS",
    "PROFIT_TABLES",
    "Pareto",
    "Point",
    "ProfitFigures",
    "Whale",
    "bands",
    "make_account_profit",
    "make_profit",
    "missing_words",
    "notes",
    "pareto",
    "profit_figures",
    "top_accounts",
    "whale",
]
