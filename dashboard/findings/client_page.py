"""What the page for one client says, in words to the client: goals reached, what they brought, what is next."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.format import Formats, missing
from dashboard.voice import counted, fitting

WORDS = {
    "return_received": "of what you spent on the goals you reached came back from them",
    "return_seen": "is your own rating of the goals you reached",
    "client_cost_share": "of a year’s fee is what you spent on the goals yourselves",
    "goals_reached": "of the goals that are due are reached",
    "time_to_value_days": "from the first goal agreed to the first goal reached",
}
"""What a measure says to the client; the definitions speak to ourselves."""


def title(goals: Sequence[Mapping[str, Any]], f: Formats) -> str:
    """How many of the goals agreed are reached, and what they brought."""
    if not goals:
        return "No goal is agreed yet"
    reached = [goal for goal in goals if goal["state"] == "reached"]
    if not reached:
        return f"{counted(len(goals), 'goal', f)} {'is' if len(goals) == 1 else 'are'} agreed, none reached yet"
    verb = "is" if len(reached) == 1 else "are"
    n = f"{f.count(len(reached))} of {counted(len(goals), 'goal', f)} {verb} reached"
    brought = sum(float(goal["value"]) for goal in reached if not missing(goal["value"]))
    return fitting(f"{n}, worth {f.money(brought)} to you", n) if brought else n


def measure(value: float | None, name: str, label: str, unit: str, f: Formats) -> tuple[str, str]:
    """A measure's value, and what it says; a dash where nothing is known yet."""
    return f.measured(value, unit), WORDS.get(name, "") if not missing(value) else "not known yet"
