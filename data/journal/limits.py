"""What an override may be: what a form asks for, without the database behind it."""

POINTS = {"red": 25.0, "amber": 62.5, "green": 87.5}
"""A person picks a band; the points are its middle."""

DAYS, MOST_DAYS = 30, 365
"""How long an override stands unless one says otherwise, and at most."""

LONGEST_REASON, LONGEST_NAME = 1_000, 80
"""Characters."""
