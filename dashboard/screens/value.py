"""Value: what a customer is worth and costs to win, how revenue moved, what cohorts keep, and what is due next."""

from importlib import import_module

from dashboard.look import Look
from dashboard.screens.value_top import part_of


def show(look: Look) -> None:
    """Draw the part of the screen the address names."""
    import_module(f"dashboard.screens.value_{part_of(look)}").show(look)
