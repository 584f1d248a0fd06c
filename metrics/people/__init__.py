"""Return on People: net income over full-time-equivalent employees, its goal, and what moved it.

Named and defined by Anne C. Graham: net income, not EBITDA and not revenue, over the people who earned it.
"""

from metrics.people.books import BOOKS, last_day, last_month, months
from metrics.people.figures import people_figures
from metrics.people.returns import AVERAGING, NOT_CONNECTED, Month, Return, returns
from metrics.people.split import Split, split
from metrics.people.tables import PEOPLE_TABLES, make_people
from metrics.people.targets import target

__all__ = [
    "AVERAGING",
    "BOOKS",
    "NOT_CONNECTED",
    "PEOPLE_TABLES",
    "Month",
    "Return",
    "Split",
    "last_day",
    "last_month",
    "make_people",
    "months",
    "people_figures",
    "returns",
    "split",
    "target",
]
