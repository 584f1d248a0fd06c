"""Profit: the ratio with its curves, overheads beside it, the behaviour behind it, and what rests on few accounts."""

from importlib import import_module

from dashboard.look import Look
from dashboard.screens.profit_book import Book, part_of


def show(look: Look) -> None:
    """Draw the part of the screen the address names."""
    import_module(f"dashboard.screens.profit_{part_of(look)}").show(look, Book(look))
