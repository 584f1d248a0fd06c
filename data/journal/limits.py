"""What entries may be: what a form asks for, without the database behind it."""

POINTS = {"red": 25.0, "amber": 62.5, "green": 87.5}
"""A person picks a band; the points are its middle."""

DAYS, MOST_DAYS = 30, 365
"""How long an override stands unless one says otherwise, and at most."""

LONGEST_REASON, LONGEST_NAME = 1_000, 80
"""Characters."""

TYPES = ("retention", "growth", "pricing")
"""What a strategy of the profit plan is after."""

GROUPS = ("segment", "region", "industry", "band", "profile")
"""By what a strategy can name a group of accounts; without one it is for a single account."""

ENDINGS = ("done", "dropped")
"""How a strategy is closed; until then it is open."""

LONGEST_STRATEGY, LONGEST_GROUP = 500, 200
"""Characters."""

MOST_EXPECTED = 1_000_000_000_000
"""Profit a year no strategy is expected to pass."""

MOST_ASSUMPTIONS = 40
"""Assumptions in one scenario, at most."""
