"""The one read layer: every function takes a generation and a scope, binds its parameters, and returns a small frame."""

from dashboard.reads.company import Card, Company, Place, cards, choices, company, weeks
from dashboard.reads.data import freshness_words, sources
from dashboard.reads.profit import profit_bands, profit_page, profit_rows, profit_weeks
from dashboard.reads.views import (
    bands,
    entry_bands,
    events,
    held_by,
    move_counts,
    moves,
    reasons,
    red_ages,
    totals,
)
from dashboard.reads.warehouse import EVERYTHING, Generation, NothingBuilt, Scope, Warehouse

__all__ = [
    "EVERYTHING",
    "Card",
    "Company",
    "Generation",
    "NothingBuilt",
    "Place",
    "Scope",
    "Warehouse",
    "bands",
    "cards",
    "choices",
    "company",
    "entry_bands",
    "events",
    "freshness_words",
    "held_by",
    "move_counts",
    "moves",
    "profit_bands",
    "profit_page",
    "profit_rows",
    "profit_weeks",
    "reasons",
    "red_ages",
    "sources",
    "totals",
    "weeks",
]
